"""Addresses of an edition that core itself has."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
