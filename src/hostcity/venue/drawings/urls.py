"""Addresses of drawings."""

from django.urls import path

from hostcity.venue.drawings import views

urlpatterns = [
    path("drawings/", views.list_drawings, name="drawings"),
    path("drawings/network/", views.derive_network, name="network-derive"),
    path("drawings/plan.imdf.zip", views.download_archive, name="drawing-archive"),
    path("drawings/levels/<path:level>.dxf", views.download_level, name="drawing-level"),
    path("drawings/<uuid:public_id>/", views.show_drawing, name="drawing"),
    path("drawings/<uuid:public_id>/layers/", views.map_layers, name="drawing-layers"),
    path("drawings/<uuid:public_id>/approve/", views.approve, name="drawing-approve"),
    path("drawings/<uuid:public_id>/return/", views.send_back, name="drawing-return"),
    path("drawings/<uuid:public_id>/again/", views.try_again, name="drawing-again"),
    path("drawings/<uuid:public_id>/levels/<path:level>.svg", views.show_picture, name="drawing-picture"),
]
