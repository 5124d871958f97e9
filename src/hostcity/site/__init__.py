"""The `hostcity` command."""
