from django.urls import path

from luoshi.documents import views

app_name = "documents"
urlpatterns = [
    path("document/", views.listing, name="list"),
    path("document/new/", views.add, name="add"),
    path("document/<uuid:document_id>/", views.reading, name="reading"),
    path("document/<uuid:document_id>/progress/", views.progress, name="progress"),
    path("document/<uuid:document_id>/read/", views.read_again, name="read_again"),
    path("document/<uuid:document_id>/cancel/", views.cancel, name="cancel"),
]
