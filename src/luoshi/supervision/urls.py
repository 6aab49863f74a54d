from django.urls import path

from luoshi.supervision.views import checks, intake, papers, relaying, sampling, slips

app_name = "supervision"
urlpatterns = [
    path("", checks.desk, name="desk"),
    path("chase/", checks.chase, name="chase"),
    path("intake/", intake.intake, name="intake"),
    path("paper/", papers.papers, name="papers"),
    path("paper/new/", papers.new, name="paper_new"),
    path("paper/<uuid:paper_id>/", papers.paper, name="paper"),
    path("report/<uuid:report_id>/", papers.report, name="report"),
    path("chat/", relaying.chat, name="chat"),
    path("slip/", slips.slips, name="slips"),
    path("slip/print/", slips.print_slips, name="print_slips"),
    path("slip/<uuid:task_id>/receipt/", slips.receipt, name="receipt"),
    path("said/", relaying.said, name="said"),
    path("said/<uuid:report_id>/confirm/", relaying.confirm, name="confirm"),
    path("task/<uuid:task_id>/", checks.of_task, name="of_task"),
    path("task/<uuid:task_id>/verify/", checks.verify, name="verify"),
    path("task/<uuid:task_id>/return/", checks.return_for_rework, name="return_for_rework"),
    path("task/<uuid:task_id>/extension/", checks.ask_extension, name="ask_extension"),
    *(
        path(
            f"task/<uuid:task_id>/extension/{verb.value.split('_')[0]}/",
            checks.decide,
            {"verb": verb},
            name=verb.value,
        )
        for verb in checks.DECISIONS
    ),
    path("sample/", sampling.samples, name="samples"),
    path("sample/new/", sampling.new, name="draw_sample"),
    path("sample/<uuid:draw_id>/", sampling.sample, name="sample"),
    path("sample/<uuid:draw_id>/end/", sampling.end, name="end_sample"),
    path("sample/item/<uuid:item_id>/check/", sampling.check, name="check_sample"),
]
