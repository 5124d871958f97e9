"""What core itself puts into its registries; imported once, when the application is ready."""

# F401: nothing is used of these modules, importing them is what hands their entries in.

from hostcity.core import subjects as _subjects  # noqa: F401
from hostcity.core.calendar import registered as _calendar  # noqa: F401
from hostcity.core.changes import registered as _changes  # noqa: F401
from hostcity.core.editions import registered as _editions  # noqa: F401
from hostcity.core.files import registered as _files  # noqa: F401
from hostcity.core.home import registered as _home  # noqa: F401
from hostcity.core.jobs import registered as _jobs  # noqa: F401
from hostcity.core.people import registered as _people  # noqa: F401
from hostcity.core.plan_rows import registered as _plan_rows  # noqa: F401
from hostcity.core.tokens import registered as _tokens  # noqa: F401
from hostcity.core.walls import registered as _walls  # noqa: F401
