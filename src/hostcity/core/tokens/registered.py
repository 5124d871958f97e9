"""What tokens put into core's registries."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.registries import MenuEntry, registries

registries.menu.append(MenuEntry(label=_("Tokens"), url_name="tokens", action=policy.OWN_TOKENS, icon="key", order=920))
registries.act_words["token.make"] = lambda act: format_lazy(
    _("made a token that may do: {actions}"), actions=", ".join(act.body.get("actions", []))
)
registries.act_words["token.revoke"] = lambda _act: _("revoked a token")
