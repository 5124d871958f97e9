"""What drawings put into core's registries."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.registries import JobKind, MenuEntry, registries
from hostcity.venue.drawings import words
from hostcity.venue.drawings.services import DERIVE, JOB, MAP, NETWORK, RETURN, SUBJECT, UPLOAD

registries.menu.append(
    MenuEntry(label=_("Drawings"), url_name="drawings", action=policy.IMPORT_PLAN, icon="drawing", order=27)
)
registries.job_kinds[JOB] = JobKind(
    name=JOB, title=_("Reading a drawing"), run="hostcity.venue.drawings.reading.run", most_mib=1536, most_seconds=60,
)  # fmt: skip
registries.job_kinds[NETWORK] = JobKind(
    name=NETWORK, title=_("Deriving the walkable network"), run="hostcity.venue.drawings.deriving.run", most_mib=2048,
    most_seconds=1800,
)  # fmt: skip
registries.act_words.update({UPLOAD: words.uploaded, MAP: words.mapped, RETURN: words.returned, DERIVE: words.derived})
registries.act_names.update(
    {
        UPLOAD: _("drawing brought in"),
        MAP: _("layers of a drawing named"),
        RETURN: _("drawing sent back"),
        DERIVE: _("walkable network derived"),
    }
)
registries.kind_words[SUBJECT] = _("Drawing")
registries.kind_words[NETWORK] = words.NETWORK_NAME
registries.subject_urls[SUBJECT] = lambda edition, key: reverse("drawing", args=[edition.code, key])
