"""Addresses of coming to a shift."""

from django.urls import path

from hostcity.volunteers.duty.views import own, staff

urlpatterns = [
    path("duty/", staff.show_today, name="duty"),
    path("duty/post/", staff.show_post, name="duty-post"),
    path("duty/post/check/", staff.check, name="duty-check"),
    path("duty/code/", staff.show_code, name="duty-code"),
    path("duty/come/", own.come, name="duty-come"),
    path("duty/leave/", own.leave, name="duty-leave"),
]
