"""Addresses of the frame: the living style page and the choices of display."""

from django.urls import path

from luoshi.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.style, name="style"),
    path("choose/", views.choose, name="choose"),
]
