"""The core as a Django application."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Fills the registries with what core itself owns."""

    name = "hostcity.core"
    label = "core"
    verbose_name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself."""
        from hostcity.core import registered  # noqa: F401
