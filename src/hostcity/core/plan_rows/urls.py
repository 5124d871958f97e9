"""Addresses of an edition's plan."""

from django.urls import path, re_path

from hostcity.core.plan_rows import import_views, views

urlpatterns = [
    path("", views.show_plan, name="plan"),
    path("begin/", views.begin_plan, name="plan-begin"),
    path("check/", views.check_plan, name="plan-check"),
    path("changes/", views.show_changes, name="plan-changes"),
    path("codes/", views.find_codes, name="plan-codes"),
    path("undo/<int:number>/", views.undo, name="plan-undo"),
    re_path(r"^export\.(?P<form>xlsx|json|xml)$", views.export_plan, name="plan-export"),
    path("import/", import_views.import_plan, name="plan-import"),
    path("import/<uuid:public_id>/", import_views.show_import, name="plan-import-job"),
    path("import/<uuid:public_id>/apply/", import_views.apply_import, name="plan-import-apply"),
    path("import/<uuid:public_id>/again/", import_views.try_again, name="plan-import-again"),
    path("sheets/<str:sheet>/", views.show_sheet, name="plan-sheet"),
    path("sheets/<str:sheet>/add/", views.add_row, name="plan-row-add"),
    path("sheets/<str:sheet>/rows/<path:key>/", views.show_row, name="plan-row"),
    path("sheets/<str:sheet>/history/<path:key>/", views.show_history, name="plan-row-history"),
    path("sheets/<str:sheet>/remove/<path:key>/", views.remove_row, name="plan-row-remove"),
    path("sheets/<str:sheet>/move/<path:key>/", views.move_row, name="plan-row-move"),
]
