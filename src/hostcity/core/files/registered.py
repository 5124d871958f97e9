"""What files put into core's registries."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.files.documents import KIND, documents_of
from hostcity.core.registries import MenuEntry, registries

registries.menu.append(MenuEntry(label=_("Files"), url_name="files", action=policy.SEE_FILES, icon="file", order=65))
registries.search_sources[KIND] = documents_of
registries.kind_words[KIND] = _("Files")
registries.act_words["file.add"] = lambda act: format_lazy(_("added a file ({kind})"), kind=act.body["kind"])
registries.act_words["file.remove"] = lambda act: format_lazy(_("removed a file ({kind})"), kind=act.body["kind"])
