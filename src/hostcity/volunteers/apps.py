"""The volunteers capability as a Django application."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Hands its sheet and its pages to core's registries."""

    name = "hostcity.volunteers"
    label = "volunteers"
    verbose_name = "volunteers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself."""
        from hostcity.volunteers import registered  # noqa: F401 -- importing it registers
