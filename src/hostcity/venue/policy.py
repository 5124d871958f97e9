"""Who may see the place."""

from django.utils.translation import gettext_lazy as _

from hostcity.core.policy import STAFF, all_of, declare

SEE_MAP = declare("venue.see", all_of(*STAFF), _("see the map of the venue, and search it"))
