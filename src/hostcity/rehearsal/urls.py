"""Addresses of an edition's rehearsals."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
