"""Addresses of signing up, for anybody."""

from django.urls import path

from hostcity.volunteers.joining.views import public

urlpatterns = [
    path("", public.apply, name="joining"),
    path("mine/", public.show_mine, name="joining-mine"),
    path("mine/code/", public.renew_code, name="joining-code"),
    path("mine/close/", public.close, name="joining-close"),
    path("mine/withdraw/", public.withdraw, name="joining-withdraw"),
]
