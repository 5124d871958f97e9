"""What trying changes puts into core's registries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import registries
from hostcity.volunteers.whatif import services

registries.act_words[services.KEEP] = lambda _act: _("locked seats that were tried on a draft of the roster")
registries.act_names[services.KEEP] = _("changes kept for the next roster")
