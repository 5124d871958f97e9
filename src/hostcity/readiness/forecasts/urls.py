"""Addresses of forecasts."""

from django.urls import path

from hostcity.readiness.forecasts import views

urlpatterns = [
    path("forecasts/", views.list_forecasts, name="forecasts"),
    path("forecasts/make/", views.make, name="forecast-make"),
    path("forecasts/<int:result>/", views.show_forecast, name="forecast"),
]
