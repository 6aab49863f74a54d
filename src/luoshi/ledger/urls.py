from django.urls import path

from luoshi.ledger.views import considering, importing, listing, moves, procedures, task, timing

app_name = "ledger"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("export/", listing.export, name="export"),
    path("export/headers/", listing.headers, name="headers"),
    path("import/", importing.bring, name="import"),
    path("table/<uuid:table_id>/", importing.table, name="table"),
    path("table/<uuid:table_id>/columns/", importing.columns, name="table_columns"),
    path("table/<uuid:table_id>/decide/", importing.decide, name="table_decide"),
    path("table/<uuid:table_id>/write/", importing.write, name="table_write"),
    path("table/<uuid:table_id>/progress/", importing.progress, name="table_progress"),
    path("table/<uuid:table_id>/again/", importing.again, name="table_again"),
    path("table/<uuid:table_id>/undo/", importing.undo, name="table_undo"),
    path("table/<uuid:table_id>/drop/", importing.drop, name="table_drop"),
    path("bulk/", listing.bulk, name="bulk"),
    path("undo/", listing.undo, name="undo"),
    path("timetable/", timing.gantt, name="timetable"),
    path("timetable/consider/", considering.consider, name="consider"),
    path("my-week/", timing.week, name="my_week"),
    path("task/new/", task.new, name="new"),
    path("task/<uuid:task_id>/", task.task, name="task"),
    path("task/<uuid:task_id>/steps/", procedures.steps, name="steps"),
    path("task/<uuid:task_id>/edit/", task.edit, name="edit"),
    path("task/<uuid:task_id>/roles/", task.roles, name="roles"),
    path("task/<uuid:task_id>/milestones/", task.milestones, name="milestones"),
    path("task/<uuid:task_id>/depend/", task.depend, name="depend"),
    path("task/<uuid:task_id>/report/", moves.report, name="report"),
    path("task/<uuid:task_id>/move/<slug:verb>/", moves.move, name="move"),
    path("dependency/<uuid:dependency_id>/drop/", task.undepend, name="undepend"),
]
