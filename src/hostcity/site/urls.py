"""Every address of the site. Everything of an edition stands under /e/CODE/."""

from django.urls import include, path

from hostcity.site import api
from hostcity.site.operations.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("hostcity.core.urls")),
    path("api/", include(api.urlpatterns())),
    path("accounts/", include("hostcity.core.accounts.urls")),
    path("e/<slug:edition>/", include("hostcity.core.edition_urls")),
    path("e/<slug:edition>/venue/", include("hostcity.venue.urls")),
    path("p/<slug:edition>/venue/", include("hostcity.venue.public.urls")),
    path("p/<slug:edition>/join/", include("hostcity.volunteers.joining.public_urls")),
    path("p/<slug:edition>/certificates/", include("hostcity.volunteers.certificates.public_urls")),
    path("e/<slug:edition>/readiness/", include("hostcity.readiness.urls")),
    path("e/<slug:edition>/volunteers/", include("hostcity.volunteers.urls")),
    path("e/<slug:edition>/rehearsals/", include("hostcity.rehearsal.urls")),
    path("e/<slug:edition>/findings/", include("hostcity.rehearsal.finding_urls")),
]
handler500 = "hostcity.site.operations.views.server_error"
