"""Addresses of an edition's people."""

from django.urls import path

from hostcity.core.people import code_views, import_views, party_views, views

urlpatterns = [
    path("people/", views.list_people, name="people"),
    path("people/add/", views.add_person, name="person-add"),
    path("people/import/", import_views.import_people, name="people-import"),
    path("people/import/<uuid:public_id>/", import_views.show_import, name="people-import-job"),
    path("people/import/<uuid:public_id>/apply/", import_views.apply_import, name="people-import-apply"),
    path("people/import/<uuid:public_id>/again/", import_views.try_again, name="people-import-again"),
    path("people/codes/", code_views.make_codes, name="people-codes"),
    path("people/undo/<int:number>/", views.undo, name="people-undo"),
    path("people/<slug:person>/", views.show_person, name="person"),
    path("people/<slug:person>/change/", views.change_person, name="person-change"),
    path("people/<slug:person>/roles/", views.give_role, name="person-give-role"),
    path("people/<slug:person>/roles/<int:assignment>/take/", views.take_role, name="person-take-role"),
    path("people/<slug:person>/deactivate/", views.deactivate, name="person-deactivate"),
    path("people/<slug:person>/reactivate/", views.reactivate, name="person-reactivate"),
    path("people/<slug:person>/erase/", views.erase, name="person-erase"),
    path("bureaus/", party_views.list_parties, {"kind": "bureau"}, name="bureaus"),
    path("bureaus/add/", party_views.add_party, {"kind": "bureau"}, name="bureau-add"),
    path("bureaus/<slug:code>/", party_views.change_party, {"kind": "bureau"}, name="bureau"),
    path("organizations/", party_views.list_parties, {"kind": "organization"}, name="organizations"),
    path("organizations/add/", party_views.add_party, {"kind": "organization"}, name="organization-add"),
    path("organizations/<slug:code>/", party_views.change_party, {"kind": "organization"}, name="organization"),
    path("roles/", views.show_roles, name="roles"),
]
