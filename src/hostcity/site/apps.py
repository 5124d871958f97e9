"""The site as a Django application: its commands and its own pages."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Nothing but a name."""

    name = "hostcity.site"
    label = "site"
    verbose_name = "site"
