"""What the calendar puts into core's registries."""

from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.calendar.plan_times import plan_times
from hostcity.core.calendar.queries import edition_days
from hostcity.core.registries import MenuEntry, registries

registries.menu.append(
    MenuEntry(label=_("Calendar"), url_name="calendar", action=policy.SEE_CALENDAR, icon="calendar", order=50)
)
registries.calendar_sources.extend([edition_days, plan_times])
registries.act_words.update(
    {
        "calendar.renew": lambda act: _("made a secret address for their calendar"),
        "calendar.revoke": lambda act: _("took back the secret address of their calendar"),
    }
)
