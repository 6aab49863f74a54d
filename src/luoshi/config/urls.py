"""Every room's addresses, in the order of the river."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

ROOMS = (
    "ui",
    "jobs",
    "journal",
    "org",
    "files",
    "documents",
    "goals",
    "ledger",
    "adoption",
    "supervision",
    "briefs",
)

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *(
        path(f"{room}/", include(f"luoshi.{room}.urls"))
        for room in ROOMS
        if find_spec(f"luoshi.{room}.urls")
    ),
]
if find_spec("luoshi.home.urls"):
    urlpatterns.append(path("", include("luoshi.home.urls")))
if settings.LUOSHI_DEMO and find_spec("luoshi.config.demo.urls"):
    urlpatterns.append(path("demo/", include(import_module("luoshi.config.demo.urls"))))
