"""The rehearsal capability as a Django application."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """Hands its jobs, cards, words and pages to core's registries."""

    name = "hostcity.rehearsal"
    label = "rehearsal"
    verbose_name = "rehearsal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself."""
        from hostcity.rehearsal import registered  # noqa: F401
