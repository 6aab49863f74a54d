"""Addresses of the organisation."""

from __future__ import annotations

from django.urls import path

from luoshi.org import views

app_name = "org"
urlpatterns = [
    path("", views.list_units, name="list"),
    path("unit/<uuid:unit_id>/", views.show_unit, name="unit"),
    path("unit/<uuid:unit_id>/change/", views.change_unit, name="change_unit"),
    path("unit/<uuid:unit_id>/add-unit/", views.add_unit, name="add_unit"),
    path("unit/<uuid:unit_id>/add-post/", views.add_post, name="add_post"),
    path("unit/<uuid:unit_id>/begin-term/", views.begin_term, name="begin_term"),
    path("unit/<uuid:unit_id>/end-term/<uuid:term_id>/", views.end_term, name="end_term"),
    path("unit/<uuid:unit_id>/move/", views.move_unit, name="move_unit"),
    path("unit/<uuid:unit_id>/link/", views.link_unit, name="link_unit"),
    path("unit/<uuid:unit_id>/end-link/<uuid:link_id>/", views.end_link, name="end_link"),
    path("unit/<uuid:unit_id>/turnover/", views.turnover, name="turnover"),
    path("unit/<uuid:unit_id>/duties/", views.duties, name="duties"),
    path("unit/<uuid:unit_id>/duties/set/", views.set_duties, name="set_duties"),
    path("post/<uuid:post_id>/", views.post, name="post"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<uuid:account_id>/shut/", views.shut_account, name="shut_account"),
]
