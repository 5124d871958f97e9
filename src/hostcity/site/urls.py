"""Every address of the site. Everything of an edition stands under /e/CODE/."""

from django.urls import include, path

urlpatterns = [
    path("", include("hostcity.core.urls")),
    path("accounts/", include("hostcity.core.accounts.urls")),
    path("e/<slug:edition>/", include("hostcity.core.edition_urls")),
    path("e/<slug:edition>/rehearsals/", include("hostcity.rehearsal.urls")),
    path("e/<slug:edition>/findings/", include("hostcity.rehearsal.finding_urls")),
]
