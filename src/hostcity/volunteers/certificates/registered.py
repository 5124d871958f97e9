"""What certificates of service put into core's registries."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import MenuEntry, registries
from hostcity.volunteers import policy
from hostcity.volunteers.certificates.services import ISSUE, ISSUED, REISSUE, REVOKE, REVOKED, SUBJECT


def _path(edition: Any, _key: str) -> str:
    return reverse("certificates", args=[edition.code])


registries.menu.append(
    MenuEntry(
        label=_("Certificates of service"),
        url_name="certificates",
        action=policy.ISSUE_CERTIFICATES,
        icon="file",
        order=32,
    )
)
registries.act_words.update(
    {
        ISSUE: lambda _act: _("issued certificates of service"),
        REVOKE: lambda _act: _("revoked a certificate of service"),
        REISSUE: lambda _act: _("issued a certificate of service anew"),
    }
)
registries.act_names.update(
    {
        ISSUE: _("certificates of service issued"),
        REVOKE: _("certificates of service revoked"),
        REISSUE: _("certificates of service issued anew"),
    }
)
registries.kind_words.update(
    {
        SUBJECT: _("Certificate of service"),
        ISSUE: _("Certificates of service issued"),
        REVOKE: _("Certificate of service revoked"),
        REISSUE: _("Certificate of service issued anew"),
    }
)
registries.notice_words[ISSUED] = _("Your certificate of service is there: print it from the page of your hours.")
registries.notice_words[REVOKED] = _("Your certificate of service was revoked. Ask the coordinator why.")
registries.subject_urls[SUBJECT] = _path
