"""What core itself puts into its registries; imported once, when the application is ready."""

from hostcity.core.jobs import registered as _jobs  # noqa: F401
