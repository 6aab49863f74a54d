"""Every room's addresses, in the order of the river."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

ROOMS = (
    "ui",
    "jobs",
    "journal",
    "org",
    "files",
    "notices",
    "burden",
    "documents",
    "goals",
    "indicators",
    "ledger",
    "adoption",
    "supervision",
    "briefs",
)

handler500 = "luoshi.config.failing.failed"
urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *(
        path(f"{room}/", include(f"luoshi.{room}.urls"))
        for room in ROOMS
        if find_spec(f"luoshi.{room}.urls")
    ),
]
urlpatterns.append(path("api/", include("luoshi.api.urls")))
if find_spec("luoshi.home.urls"):
    urlpatterns.append(path("", include("luoshi.home.urls")))
if settings.LUOSHI_DEMO:
    urlpatterns.append(path("demo/", include("luoshi.config.demo_switcher")))
