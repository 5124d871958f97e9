"""Addresses of an edition's volunteers."""

from django.urls import path

from hostcity.volunteers.acceptance.urls import urlpatterns as acceptance
from hostcity.volunteers.certificates.urls import urlpatterns as certificates
from hostcity.volunteers.duty.urls import urlpatterns as duty
from hostcity.volunteers.feedback.urls import urlpatterns as feedback
from hostcity.volunteers.hours.urls import urlpatterns as hours
from hostcity.volunteers.joining.urls import urlpatterns as joining
from hostcity.volunteers.mending import views as mending
from hostcity.volunteers.swaps.urls import urlpatterns as swaps
from hostcity.volunteers.views import acts, drafts, heat, own, publishing
from hostcity.volunteers.whatif.urls import urlpatterns as whatif

urlpatterns = [
    path("", drafts.list_drafts, name="rosters"),
    path("make/", acts.make, name="roster-make"),
    path("lock/", acts.lock, name="roster-lock"),
    path("unlock/", acts.unlock, name="roster-unlock"),
    path("undo/<int:number>/", publishing.undo, name="roster-undo"),
    path("mine/", own.show_own, name="my-shifts"),
    path("mend/", mending.list_mended, name="roster-mend"),
    path("mend/ask/", mending.ask, name="roster-mend-ask"),
    path("mend/<int:result>/", mending.show_mended, name="roster-mended"),
    path("mend/<int:result>/now/", mending.make_so, name="roster-mended-now"),
    path("rosters/<int:result>/", drafts.show_board, name="roster"),
    path("rosters/<int:result>/map/", heat.show_map, name="roster-map"),
    path("rosters/<int:result>/cell/", drafts.show_cell, name="roster-cell"),
    path("rosters/<int:result>/conflicts/", drafts.show_conflicts, name="roster-conflicts"),
    path("rosters/<int:result>/publish/", publishing.show_difference, name="roster-publish"),
    path("rosters/<int:result>/publish/now/", publishing.publish, name="roster-publish-now"),
    path("rosters/<int:result>/people/", drafts.find_person, name="roster-people"),
    path("rosters/<int:result>/people/<path:code>/", drafts.show_person, name="roster-person"),
    *duty,
    *joining,
    *swaps,
    *acceptance,
    *hours,
    *certificates,
    *feedback,
    *whatif,
]
