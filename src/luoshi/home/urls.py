from django.urls import path

from luoshi.home.views import (
    anchors,
    county,
    coverage,
    journal,
    load,
    meeting,
    owing,
    pages,
    search,
)

app_name = "home"
urlpatterns = [
    path("", pages.start, name="start"),
    path("home/wall/", pages.wall, name="wall"),
    path("home/wall/indicators/", pages.gauges, name="gauges"),
    path("home/daily/", pages.daily, name="daily"),
    path("home/owed/", owing.owed, name="owed"),
    path("home/year/", pages.year, name="year"),
    path("home/year/<uuid:post_id>/", pages.year, name="year_of"),
    path("home/line/<uuid:line_id>/", pages.line, name="line"),
    path("home/load/", load.even, name="load"),
    path("home/load/accept/", load.accept, name="accept_load"),
    path("home/coverage/", coverage.coverage, name="coverage"),
    path("home/coverage/remedy/", coverage.remedy, name="remedy"),
    path("home/coverage/force/", coverage.put_in_force, name="put_in_force"),
    path("home/meeting/", meeting.meetings, name="meetings"),
    path("home/meeting/<uuid:meeting_id>/", meeting.meeting, name="meeting"),
    path("home/meeting/<uuid:meeting_id>/call/", meeting.call, name="call"),
    path("home/county/", county.county, name="county"),
    path("home/journal/", journal.journal, name="journal"),
    path("home/journal/export/", journal.export, name="journal_export"),
    path("home/journal/verify/", journal.verify, name="journal_verify"),
    path("home/journal/anchors/", anchors.listed, name="anchors"),
    path("home/journal/anchors/<str:on>/", anchors.printed, name="anchor"),
    path("home/journal/anchors/<str:on>/file/", anchors.taken, name="anchor_file"),
    path("home/search/", search.search, name="search"),
    path("home/nothing/", pages.nothing, name="nothing"),
]
