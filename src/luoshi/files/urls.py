from django.urls import path

from luoshi.files import views

app_name = "files"
urlpatterns = [
    path("attachment/<uuid:attachment_id>/", views.download, name="download"),
    path("attachment/<uuid:attachment_id>/small/", views.thumb, name="thumb"),
]
