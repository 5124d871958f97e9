"""The readiness capability as a Django application."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """Hands its pages to core's registries."""

    name = "hostcity.readiness"
    label = "readiness"
    verbose_name = "readiness"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself."""
        from hostcity.readiness import registered  # noqa: F401 -- importing it registers
