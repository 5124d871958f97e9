"""Addresses of swaps."""

from django.urls import path

from hostcity.volunteers.swaps.views import own, staff

urlpatterns = [
    path("swaps/", staff.list_swaps, name="swaps"),
    path("swaps/rule/", staff.change_rule, name="swap-rule"),
    path("swaps/<int:offer>/approve/", staff.approve, name="swap-approve"),
    path("swaps/<int:offer>/decline/", staff.decline, name="swap-decline"),
    path("swaps/<int:offer>/undo/", staff.undo, name="swap-undo"),
    path("offers/", own.list_offers, name="swap-offers"),
    path("offers/new/", own.offer, name="swap-offer"),
    path("offers/<int:offer>/take/", own.take, name="swap-take"),
    path("offers/<int:offer>/withdraw/", own.withdraw, name="swap-withdraw"),
]
