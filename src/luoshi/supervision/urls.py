from django.urls import path

from luoshi.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("task/<uuid:task_id>/", views.of_task, name="of_task"),
    path("task/<uuid:task_id>/verify/", views.verify, name="verify"),
    path("task/<uuid:task_id>/return/", views.return_for_rework, name="return_for_rework"),
    path("task/<uuid:task_id>/extension/", views.ask_extension, name="ask_extension"),
    *(
        path(
            f"task/<uuid:task_id>/extension/{verb.value.split('_')[0]}/",
            views.decide,
            {"verb": verb},
            name=verb.value,
        )
        for verb in views.DECISIONS
    ),
]
