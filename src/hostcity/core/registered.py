"""What core itself puts into its registries; imported once, when the application is ready."""

from hostcity.core.home import registered as home

__all__ = ["home"]
