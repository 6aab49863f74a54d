"""Addresses of the organisation."""

from __future__ import annotations

from django.urls import path

from luoshi.org.views import delegating, phones, roster
from luoshi.org.views import organisation as views

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
    path("delegation/", delegating.delegations, name="delegations"),
    path("delegation/stand-down/", delegating.stand_down, name="stand_down"),
    path("delegation/<uuid:delegation_id>/stand-in/", delegating.stand_in, name="stand_in"),
    path("delegation/<uuid:delegation_id>/take-back/", delegating.take_back, name="take_back"),
    path("person/<uuid:person_id>/", phones.person, name="person"),
    path("person/<uuid:person_id>/phone/see/", phones.see_phone, name="see_phone"),
    path("person/<uuid:person_id>/phone/change/", phones.change_phone, name="change_phone"),
    path("post/<uuid:post_id>/", views.post, name="post"),
    path("import/", roster.bring, name="roster"),
    path("import/template/", roster.template, name="roster_template"),
    path("export/", roster.export, name="roster_export"),
    path("import/<uuid:table_id>/", roster.table, name="roster_table"),
    path("import/<uuid:table_id>/columns/", roster.columns, name="roster_columns"),
    path("import/<uuid:table_id>/write/", roster.write, name="roster_write"),
    path("import/<uuid:table_id>/drop/", roster.drop, name="roster_drop"),
    path("import/<uuid:table_id>/undo/", roster.undo, name="roster_undo"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<uuid:account_id>/shut/", views.shut_account, name="shut_account"),
]
