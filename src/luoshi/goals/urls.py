from django.urls import path

from luoshi.goals import views

app_name = "goals"
urlpatterns = [
    path("plan/", views.plans, name="plans"),
    path("plan/<uuid:plan_id>/", views.plan, name="plan"),
    path("plan/<uuid:plan_id>/approve/", views.approve, name="approve"),
    path("plan/<uuid:plan_id>/baseline/", views.compared, name="baseline"),
    path("plan/<uuid:plan_id>/close/", views.close, name="close"),
    path("plan/<uuid:plan_id>/line/", views.line, name="new_line"),
    path("plan/<uuid:plan_id>/line/<uuid:line_id>/", views.line, name="line"),
]
