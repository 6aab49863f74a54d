from django.urls import path

from luoshi.documents import views

app_name = "documents"
urlpatterns = [
    path("document/", views.listing, name="list"),
    path("document/new/", views.add, name="add"),
    path("document/<uuid:document_id>/", views.reading, name="reading"),
    path("document/<uuid:document_id>/progress/", views.progress, name="progress"),
    path("document/<uuid:document_id>/read/", views.read_again, name="read_again"),
    path("document/<uuid:document_id>/factcheck/", views.factcheck, name="factcheck"),
    path("document/<uuid:document_id>/doubts/", views.doubts, name="doubts"),
    path("document/<uuid:document_id>/doubt/dismiss/", views.dismiss, name="dismiss"),
    path("document/<uuid:document_id>/doubt/raise/", views.raise_again, name="raise_again"),
    path("document/<uuid:document_id>/opinion/", views.opinion, name="opinion"),
    path("document/<uuid:document_id>/opinion/ask/", views.ask_opinion, name="ask_opinion"),
    path(
        "document/<uuid:document_id>/opinion/cancel/", views.cancel_opinion, name="cancel_opinion"
    ),
    path("document/<uuid:document_id>/cancel/", views.cancel, name="cancel"),
]
