from __future__ import annotations

from django.urls import path

from luoshi.notices.views import office, own

app_name = "notices"
urlpatterns = [
    path("", office.places, name="places"),
    path("mine/", own.mine, name="mine"),
    path("log/", office.log, name="log"),
    path("office/<uuid:unit_id>/", office.office, name="office"),
    path("office/<uuid:unit_id>/channel/", office.add_channel, name="add_channel"),
    path("office/<uuid:unit_id>/stop/", office.stop, name="stop"),
    path("channel/<uuid:channel_id>/", office.channel, name="channel"),
    path("channel/<uuid:channel_id>/test/", office.test_channel, name="test_channel"),
    path("channel/<uuid:channel_id>/end/", office.end_channel, name="end_channel"),
]
