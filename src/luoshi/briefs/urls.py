from django.urls import path

from luoshi.briefs import views

app_name = "briefs"
urlpatterns = [
    path("", views.listing, name="list"),
    path("plan/<uuid:plan_id>/write/", views.write, name="write"),
    path("brief/<uuid:brief_id>/", views.show, name="show"),
    path("brief/<uuid:brief_id>/docx/", views.docx, name="docx"),
    path("brief/<uuid:brief_id>/finish/", views.finish, name="finish"),
    path("brief/<uuid:brief_id>/paragraph/<int:number>/", views.paragraph, name="paragraph"),
    path("brief/<uuid:brief_id>/fact/<str:fact_id>/", views.fact, name="fact"),
    path("brief/<uuid:brief_id>/line/<uuid:line_id>/", views.line, name="line"),
]
