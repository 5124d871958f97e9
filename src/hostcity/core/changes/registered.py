"""What the ledger's pages put into core's registries."""

from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.registries import MenuEntry, registries

registries.menu.append(
    MenuEntry(label=_("Changes"), url_name="ledger", action=policy.SEE_LEDGER, icon="history", order=60)
)
registries.act_words["edition.renew-poll-key"] = lambda _act: _("renewed the key under which pages ask for changes")
