"""Addresses of an edition's rehearsals."""

from django.urls import include, path

from hostcity.rehearsal.looks import views as looks
from hostcity.rehearsal.views import comparisons, findings, rehearsals, stored

urlpatterns = [
    path("", rehearsals.list_rehearsals, name="rehearsals"),
    path("start/", rehearsals.start, name="rehearsal-start"),
    path("advice/", include("hostcity.rehearsal.advice.urls")),
    path("calibrations/", include("hostcity.rehearsal.calibrations.urls")),
    path("looks/", include("hostcity.rehearsal.looks.urls")),
    path("scenarios/", include("hostcity.rehearsal.scenarios.urls")),
    path("compare/", comparisons.compare, name="rehearsals-compare"),
    path("comparisons/start/", comparisons.start_comparison, name="comparison-start"),
    path("comparisons/<uuid:key>/", comparisons.show_comparison, name="comparison"),
    path("<uuid:key>/", rehearsals.show, name="rehearsal"),
    path("<uuid:key>/state/", rehearsals.show_state, name="rehearsal-state"),
    path("<uuid:key>/repeat/", rehearsals.repeat, name="rehearsal-repeat"),
    path("<uuid:key>/report/", stored.show_report, name="rehearsal-report"),
    path("<uuid:key>/files/<str:name>", stored.download, name="rehearsal-file"),
    path("<uuid:key>/remarks/", rehearsals.remark, name="rehearsal-remark"),
    path("<uuid:key>/looks/new/", looks.start, name="look-start"),
    path("<uuid:key>/places/", findings.find_places, name="rehearsal-places"),
    path("<uuid:key>/findings/new/", findings.mark, name="finding-mark"),
]
