from django.urls import path

from luoshi.documents.views import checking, ruling, texts

app_name = "documents"
urlpatterns = [
    path("document/", texts.listing, name="list"),
    path("document/new/", texts.add, name="add"),
    path("document/<uuid:document_id>/", texts.reading, name="reading"),
    path("document/<uuid:document_id>/progress/", texts.progress, name="progress"),
    path("document/<uuid:document_id>/read/", texts.read_again, name="read_again"),
    path("document/<uuid:document_id>/factcheck/", checking.factcheck, name="factcheck"),
    path("document/<uuid:document_id>/doubts/", checking.doubts, name="doubts"),
    path("document/<uuid:document_id>/doubt/dismiss/", checking.dismiss, name="dismiss"),
    path("document/<uuid:document_id>/doubt/raise/", checking.raise_again, name="raise_again"),
    path("document/<uuid:document_id>/opinion/", checking.opinion, name="opinion"),
    path("document/<uuid:document_id>/opinion/ask/", checking.ask_opinion, name="ask_opinion"),
    path(
        "document/<uuid:document_id>/opinion/cancel/",
        checking.cancel_opinion,
        name="cancel_opinion",
    ),
    path("rule/", ruling.rules, name="rules"),
    path("rule/new/", ruling.rule, name="new_rule"),
    path("rule/<uuid:rule_id>/", ruling.rule, name="rule"),
    path("rule/<uuid:rule_id>/remove/", ruling.remove_rule, name="remove_rule"),
    path("document/<uuid:document_id>/cancel/", texts.cancel, name="cancel"),
]
