from django.urls import path

from luoshi.briefs.views import bulletins, contracts, handing, writing

app_name = "briefs"
urlpatterns = [
    path("", writing.listing, name="list"),
    path("plan/<uuid:plan_id>/write/", writing.write, name="write"),
    path("plan/<uuid:plan_id>/contracts/", contracts.contracts, name="contracts"),
    path("plan/<uuid:plan_id>/contracts/make/", contracts.make, name="make_contracts"),
    path("plan/<uuid:plan_id>/contracts/cancel/", contracts.cancel, name="cancel_contracts"),
    path("plan/<uuid:plan_id>/contracts/zip/", contracts.together, name="contracts_zip"),
    path("brief/<uuid:brief_id>/", writing.show, name="show"),
    path("brief/<uuid:brief_id>/docx/", writing.docx, name="docx"),
    path("brief/<uuid:brief_id>/finish/", writing.finish, name="finish"),
    path("brief/<uuid:brief_id>/paragraph/<int:number>/", writing.paragraph, name="paragraph"),
    path("brief/<uuid:brief_id>/fact/<str:fact_id>/", writing.fact, name="fact"),
    path("brief/<uuid:brief_id>/line/<uuid:line_id>/", writing.line, name="line"),
    path("bulletin/", bulletins.listing, name="bulletins"),
    path("bulletin/new/", bulletins.draft, name="new_bulletin"),
    path("bulletin/<uuid:bulletin_id>/", bulletins.show, name="bulletin"),
    path("bulletin/<uuid:bulletin_id>/docx/", bulletins.docx, name="bulletin_docx"),
    path("bulletin/<uuid:bulletin_id>/fact/<str:fact_id>/", bulletins.figure, name="figure"),
    path(
        "bulletin/<uuid:bulletin_id>/paragraph/<int:number>/",
        bulletins.paragraph, name="bulletin_paragraph",
    ),
    path("bulletin/<uuid:bulletin_id>/circulate/", bulletins.circulate, name="circulate"),
    path("bulletin/<uuid:bulletin_id>/reply/", bulletins.reply, name="bulletin_reply"),
    path("bulletin/<uuid:bulletin_id>/issue/", bulletins.issue, name="issue_bulletin"),
    path("bulletin/reply/<uuid:reply_id>/settle/", bulletins.settle, name="settle_reply"),
    path("handover/terms/<uuid:key>/", handing.turnover, name="turnover"),
    *[
        found
        for kind in ("unit", "post")
        for found in (
            path(
                f"handover/{kind}/<uuid:key>/",
                handing.pack, {"kind": kind}, name=f"handover_{kind}",
            ),
            path(
                f"handover/{kind}/<uuid:key>/docx/",
                handing.docx, {"kind": kind}, name=f"handover_{kind}_docx",
            ),
            path(
                f"handover/{kind}/<uuid:key>/hand/",
                handing.hand, {"kind": kind}, name=f"hand_{kind}",
            ),
        )
    ],
]  # fmt: skip
