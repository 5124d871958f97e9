"""What the leader's screen puts into core's registries."""

from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import HomeCard, MenuEntry, registries
from hostcity.readiness import policy
from hostcity.readiness.leading import views

registries.menu.append(MenuEntry(label=_("Readiness"), url_name="leader", action=policy.LEAD, icon="ok", order=24))
registries.home_cards.append(
    HomeCard(
        code="readiness",
        template="readiness/card.html",
        look_up=views.card,
        action=policy.LEAD,
        order=12,
        on_paper=views.card_on_paper,
    )
)
