"""What screens put into core's registries."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import registries

registries.act_words.update(
    {
        "wall.add-screen": lambda act: format_lazy(_("hung the screen “{name}”"), name=act.body["name"]),
        "wall.revoke-screen": lambda act: format_lazy(_("took the screen “{name}” down"), name=act.body["name"]),
    }
)
registries.act_names.update({"wall.add-screen": _("screen hung"), "wall.revoke-screen": _("screen taken down")})
registries.subject_urls["wall"] = lambda edition, _key: reverse("wall-screens", kwargs={"edition": edition.code})
registries.kind_words["wall"] = _("Screens")
