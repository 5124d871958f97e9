"""What the venue capability puts into core's registries."""

from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import MenuEntry, Subject, registries
from hostcity.venue import policy

registries.menu.append(MenuEntry(label=_("Map"), url_name="map", action=policy.SEE_MAP, icon="map", order=25))
registries.subjects.append(Subject("venue", _("Venue"), ("venue",), order=35))
