from django.urls import path

from luoshi.home.views import pages

app_name = "home"
urlpatterns = [
    path("", pages.start, name="start"),
    path("home/wall/", pages.wall, name="wall"),
    path("home/daily/", pages.daily, name="daily"),
    path("home/nothing/", pages.nothing, name="nothing"),
]
