from django.urls import path

from luoshi.burden import views

app_name = "burden"
urlpatterns = [
    path("outside/", views.outside, name="outside"),
    path("opinion/", views.opinions, name="opinions"),
    path("opinion/<uuid:opinion_id>/", views.answer, name="answer"),
]
