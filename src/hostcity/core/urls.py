"""Addresses that belong to no edition."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
