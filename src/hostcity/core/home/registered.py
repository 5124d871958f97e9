"""What the first screens put into core's registries."""

from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.registries import MenuEntry, registries

registries.menu.append(
    MenuEntry(label=_("Home"), url_name="edition-home", action=policy.SEE_EDITION, icon="home", order=0)
)
