"""Addresses of signs."""

from django.urls import path

from hostcity.venue.signs.views import audit, comparing, faces, field, pictures, plans

urlpatterns = [
    path("signs/", faces.list_signs, name="signs"),
    path("signs/move/", faces.move, name="signs-move"),
    path("signs/levels/<path:level>.svg", pictures.show_level, name="signs-level"),
    path("signs/field/", field.show_field, name="signs-field"),
    path("signs/field.pdf", field.print_field, name="signs-field-paper"),
    path("signs/audit/", audit.show_audit, name="signs-audit"),
    path("signs/audit/start/", audit.audit, name="signs-audit-start"),
    path("signs/audit/levels/<path:level>.svg", audit.show_level, name="signs-audit-level"),
    path("signs/plans/", plans.list_plans, name="signs-plans"),
    path("signs/plans/start/", plans.start, name="signs-plan-start"),
    path("signs/plans/compare/", comparing.compare, name="signs-compare"),
    path("signs/plans/compare/levels/<path:level>.svg", comparing.show_difference, name="signs-compare-level"),
    path("signs/plans/<int:result>/", plans.show_plan, name="signs-plan"),
    path("signs/plans/<int:result>/take/", plans.take, name="signs-plan-take"),
    path("signs/plans/<int:result>/levels/<path:level>.svg", plans.show_level, name="signs-plan-level"),
    path("signs/plans/<int:result>/<str:name>", plans.send_file, name="signs-plan-file"),
    path("signs/check/<path:key>/", faces.check, name="sign-check"),
    path("signs/fault/<path:key>/", faces.report, name="sign-fault"),
    path("signs/mend/<path:key>/", faces.mend, name="sign-mend"),
    path("signs/back/<path:key>/", faces.go_back, name="sign-back"),
    path("signs/faces/<path:key>/", faces.show_sign, name="sign"),
    path("signs/faces/<path:key>.svg", pictures.show_face, name="sign-picture"),
]
