"""What tokens put into core's registries."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.models import Act
from hostcity.core.registries import MenuEntry, registries

registries.menu.append(MenuEntry(label=_("Tokens"), url_name="tokens", action=policy.OWN_TOKENS, icon="key", order=920))
MOST_NAMED = 3  # actions of a token that the ledger's line says in words; its count says that there are more


def made(act: Act) -> Any:
    """Somebody made a token."""
    actions = act.body.get("actions", [])
    said = SaidInOrder([policy.MEANINGS.get(each) or each for each in actions[:MOST_NAMED]])
    if len(actions) <= MOST_NAMED:
        return format_lazy(_("made a token that may do: {actions}"), actions=said)
    return format_lazy(
        _("made a token that may do {count} things, among them: {actions}"), count=len(actions), actions=said
    )


class SaidInOrder:
    """Lazy texts one behind the other, in the language of whoever reads them."""

    def __init__(self, texts: list[Any]) -> None:
        self.texts = texts

    def __str__(self) -> str:
        return str(_(", ")).join(map(str, self.texts))


registries.act_words["token.make"] = made
registries.act_words["token.revoke"] = lambda _act: _("revoked a token")
