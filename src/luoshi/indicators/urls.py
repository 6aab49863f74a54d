from django.urls import path

from luoshi.indicators.views import (
    grid,
    handing,
    importing,
    indicator,
    listing,
    pace,
    sharing,
)

app_name = "indicators"
urlpatterns = [
    path("", listing.index, name="list"),
    path("new/", listing.create, name="new"),
    path("grid/", grid.page, name="grid"),
    path("grid/check/", grid.check, name="check"),
    path("grid/save/", grid.save, name="save"),
    path("import/", importing.page, name="import"),
    path("indicator/<uuid:indicator_id>/", indicator.page, name="indicator"),
    path("indicator/<uuid:indicator_id>/define/", indicator.define, name="define"),
    path("indicator/<uuid:indicator_id>/mend/", indicator.mend, name="mend"),
    path("indicator/<uuid:indicator_id>/reporters/", indicator.reporting, name="reporters"),
    path("indicator/<uuid:indicator_id>/end/", indicator.end, name="end"),
    path("indicator/<uuid:indicator_id>/target/", indicator.new_target, name="new_target"),
    path("indicator/<uuid:indicator_id>/benchmark/", indicator.new_benchmark, name="benchmark"),
    path("target/<uuid:target_id>/", indicator.target, name="target"),
    path("target/<uuid:target_id>/at/", indicator.adopted, name="adopted"),
    path("target/<uuid:target_id>/withdraw/", indicator.withdraw_target, name="withdraw_target"),
    path(
        "benchmark/<uuid:benchmark_id>/remove/",
        indicator.remove_benchmark,
        name="remove_benchmark",
    ),
    path("reading/<uuid:reading_id>/verify/", indicator.verify, name="verify"),
    path("reading/<uuid:reading_id>/withdraw/", indicator.withdraw, name="withdraw"),
    path("pace/", pace.pace, name="pace"),
    path("pace/rules/", pace.rules, name="rules"),
    path("quarter/", pace.quarter, name="quarter"),
    path("disparity/", pace.disparity, name="disparity"),
    path("hand-out/", handing.hand_out, name="hand_out"),
    path("indicator/<uuid:indicator_id>/course/", pace.course, name="course"),
    path("target/<uuid:target_id>/divide/", sharing.divide, name="divide"),
    path("target/<uuid:target_id>/divide/preview/", sharing.preview, name="divide_preview"),
    path("target/<uuid:target_id>/divide/again/", sharing.again, name="divide_again"),
]
