"""The `hostcity` command, one file for what its commands are for."""

from hostcity.site.command.entry import app, main

__all__ = ["app", "main"]
