from django.urls import path

from luoshi.adoption import views

app_name = "adoption"
urlpatterns = [
    path("document/<uuid:document_id>/", views.reader, name="reader"),
    path("document/<uuid:document_id>/coverage/", views.coverage, name="coverage"),
    path("document/<uuid:document_id>/decide/", views.decide, name="decide"),
    path("meeting/<uuid:meeting_id>/", views.same, name="same"),
    path("draft/<uuid:draft_id>/", views.draft, name="draft"),
    path("draft/<uuid:draft_id>/change/", views.change, name="change"),
    path("draft/<uuid:draft_id>/split/", views.split, name="split"),
    path("passage/<uuid:passage_id>/", views.passage, name="passage"),
    path("problem/<uuid:note_id>/", views.problem, name="problem"),
    path("problem/<uuid:note_id>/answer/", views.answer, name="answer"),
    path("problem/<uuid:note_id>/leave/", views.leave, name="leave"),
    path("act/<uuid:act_id>/undo/", views.undo, name="undo"),
]
