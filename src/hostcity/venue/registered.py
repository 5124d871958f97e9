"""What the venue capability puts into core's registries."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.models import Edition
from hostcity.core.registries import JobKind, MenuEntry, PublicPage, Subject, registries
from hostcity.venue import policy
from hostcity.venue.drawings import registered as _drawings  # noqa: F401 -- importing it registers
from hostcity.venue.exits import registered as _exits  # noqa: F401 -- importing it registers
from hostcity.venue.facilities import registered as _facilities  # noqa: F401 -- importing it registers
from hostcity.venue.signs import registered as _signs  # noqa: F401 -- importing it registers
from hostcity.venue.ways.services import JOB


def _is_public(edition: Edition) -> bool:
    return edition.is_map_public


registries.menu.append(MenuEntry(label=_("Map"), url_name="map", action=policy.SEE_MAP, icon="map", order=25))
registries.menu.append(MenuEntry(label=_("Ways"), url_name="ways", action=policy.SEE_MAP, icon="way", order=26))
registries.public_pages.extend(
    (
        PublicPage(label=_("Map"), url_name="public-map", is_shown=_is_public, order=10, stands_for="map"),
        PublicPage(label=_("Ways"), url_name="public-ways", is_shown=_is_public, order=20, stands_for="ways"),
    )
)
registries.subjects.append(Subject("venue", _("Venue"), ("venue", "ways", "exits", "facilities", "signs"), order=35))
registries.job_kinds[JOB] = JobKind(
    name=JOB,
    title=_("Measuring the ways of the venue"),
    run="hostcity.venue.ways.jobs.make",
    complete="hostcity.venue.ways.jobs.done",
    most_mib=2048,
    most_seconds=1800,
)
registries.act_words["ways.make"] = lambda _act: _("had the ways of the venue measured")
registries.act_names["ways.make"] = _("ways measured")
registries.subject_urls["venue"] = lambda edition, _key: reverse("ways", kwargs={"edition": edition.code})
registries.kind_words["venue"] = _("Venue")
