"""The venue capability as a Django application."""

from django.apps import AppConfig


class VenueConfig(AppConfig):
    """Hands its pages to core's registries."""

    name = "hostcity.venue"
    label = "venue"
    verbose_name = "venue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself."""
        from hostcity.venue import registered  # noqa: F401 -- importing it registers
