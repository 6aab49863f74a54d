from django.urls import path

from luoshi.goals.views import meetings, plans

app_name = "goals"
urlpatterns = [
    path("meeting/new/", meetings.new_meeting, name="new_meeting"),
    path("meeting/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meeting/<uuid:meeting_id>/reading/", meetings.reading, name="reading"),
    path("plan/", plans.plans, name="plans"),
    path("plan/<uuid:plan_id>/", plans.plan, name="plan"),
    path("plan/<uuid:plan_id>/approve/", plans.approve, name="approve"),
    path("plan/<uuid:plan_id>/baseline/", plans.compared, name="baseline"),
    path("plan/<uuid:plan_id>/close/", plans.close, name="close"),
    path("plan/<uuid:plan_id>/line/", plans.line, name="new_line"),
    path("plan/<uuid:plan_id>/line/<uuid:line_id>/", plans.line, name="line"),
]
