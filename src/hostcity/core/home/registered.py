"""What the first screens put into core's registries."""

from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.home import day_cards, own_cards
from hostcity.core.registries import HomeCard, MenuEntry, registries

registries.menu.extend(
    [
        MenuEntry(label=_("Home"), url_name="edition-home", action=policy.SEE_EDITION, icon="home", order=0),
        MenuEntry(label=_("Wall"), url_name="wall", action=policy.SEE_WALL, icon="wall", order=80),
    ]
)
registries.home_cards.extend([
    HomeCard(
        code="countdown", template="core/home/countdown.html", look_up=own_cards.countdown,
        action=policy.SEE_EDITION, order=10, on_wall=True, on_paper=own_cards.countdown_on_paper,
    ),
    HomeCard(
        code="next-steps", template="core/home/next_steps.html", look_up=own_cards.next_steps,
        action=policy.SEE_PLAN, order=15,
    ),
    HomeCard(
        code="calendar", template="core/home/calendar.html", look_up=day_cards.calendar,
        action=policy.SEE_CALENDAR, order=40, on_wall=True, on_paper=day_cards.calendar_on_paper,
    ),
    HomeCard(
        code="changes", template="core/home/changes.html", look_up=day_cards.changes,
        action=policy.SEE_LEDGER, order=50, on_wall=True, on_paper=day_cards.changes_on_paper,
    ),
    HomeCard(
        code="notices", template="core/home/notices.html", look_up=own_cards.notices,
        action=policy.SEE_NOTICES, order=45,
    ),
    HomeCard(
        code="jobs", template="core/home/jobs.html", look_up=own_cards.jobs, action=policy.SEE_JOBS, order=60,
    ),
])  # fmt: skip
