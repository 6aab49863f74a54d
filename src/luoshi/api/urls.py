from django.urls import path

from luoshi.api import views

app_name = "api"
urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<uuid:feed_id>/<str:secret>.ics", views.feed, name="feed"),
]
