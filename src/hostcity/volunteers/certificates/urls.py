"""Addresses of certificates of service."""

from django.urls import path

from hostcity.volunteers.certificates.views import staff

urlpatterns = [
    path("certificates/", staff.list_certificates, name="certificates"),
    path("certificates/issue/", staff.issue, name="certificates-issue"),
    path("certificates/print/", staff.print_all, name="certificates-print"),
    path("certificates/<int:certificate>/", staff.show, name="certificate"),
    path("certificates/<int:certificate>/revoke/", staff.revoke, name="certificate-revoke"),
    path("certificates/<int:certificate>/again/", staff.issue_again, name="certificate-again"),
    path("certificates/<int:certificate>/print/", staff.print_one, name="certificate-print"),
    path("certificates/mine/", staff.print_own, name="my-certificate"),
]
