"""Addresses of the ledger within an edition."""

from django.urls import URLPattern, path

from hostcity.core.changes import views

urlpatterns: list[URLPattern] = [
    path("changes/", views.list_changes, name="ledger"),
    path("changes/chain/", views.check_chain, name="ledger-chain"),
    path("changes/chain/key/", views.renew_key, name="poll-key"),
    path("changes/ledger.jsonl", views.export_ledger, name="ledger-export"),
]
