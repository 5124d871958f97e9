"""What core itself puts into its registries; imported once, when the application is ready."""

from hostcity.core.calendar import registered as calendar

__all__ = ["calendar"]
