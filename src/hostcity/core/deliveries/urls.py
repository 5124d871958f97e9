"""Addresses of webhooks and messages, under /e/CODE/."""

from django.urls import path

from hostcity.core.deliveries import views

urlpatterns = [
    path("webhooks/", views.list_webhooks, name="webhooks"),
    path("webhooks/add/", views.add_webhook, name="webhook-add"),
    path("webhooks/<uuid:public_id>/", views.show_webhook, name="webhook"),
    path("webhooks/<uuid:public_id>/switch/", views.switch_webhook, name="webhook-switch"),
    path("webhooks/<uuid:public_id>/renew/", views.renew_secret, name="webhook-renew"),
    path("webhooks/<uuid:public_id>/test/", views.send_test, name="webhook-test"),
    path("deliveries/", views.list_deliveries, name="deliveries"),
    path("deliveries/<uuid:public_id>/replay/", views.replay_delivery, name="delivery-replay"),
]
