"""目标责任书: one job for all units, the same items as the ledger, nothing outside the lists."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document as Paper

from luoshi.briefs import actions
from luoshi.briefs.models import Contract
from luoshi.domain.base import Refused
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.queries import Roles
from luoshi.org.models import DutyItem
from tests.cast import TODAY

NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)


@pytest.fixture
def plan(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    told = {"actor": cast.actor("lin"), "today": TODAY, "now": NOW}
    made = goals.create_plan(actor=cast.actor("lin"), today=TODAY, unit=cast.town, year=2026)
    plan = Plan.objects.get(pk=made.id)
    for unit, title in (
        (cast.economy, "规上工业增加值增长"), (cast.economy, "开展燃气企业安全检查"),
        (cast.office, "办文办会"), (cast.east, "修路"),
    ):  # fmt: skip
        new = NewTask(
            title=title, roles=Roles(lead_unit=unit.pk), due_on=date(2026, 12, 20),
            target_value=Decimal("8.5"), target_unit="%", target_op=">=", acceptance="以统计口径为准",
        )  # fmt: skip
        ledger.register_task(**told, new=new, plan=plan)
    goals.approve_plan(**told, plan=Plan.objects.get(pk=plan.pk))
    DutyItem.objects.create(
        jurisdiction=plan.jurisdiction, unit=cast.town, list="withdrawn", position=1,
        text="燃气企业安全检查", department="县住建局",
    )  # fmt: skip
    return Plan.objects.get(pk=plan.pk)


def make(client, plan, **ticked):
    fields = {"key": f"k{ticked}"} | ticked
    answer = client.post(reverse("briefs:make_contracts", args=[plan.pk]), fields, follow=True)
    jobs.run_waiting(timezone.now)
    return answer


def test_one_job_makes_every_offices_contract(cast, plan, signed_in):
    client = signed_in("lin")
    assert "已开始生成" in make(client, plan).content.decode()
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    rows = {row.unit: row for row in Contract.objects.all()}
    assert set(rows) == {cast.office, cast.economy}
    economy = rows[cast.economy]
    assert [item["title"] for item in economy.items] == ["规上工业增加值增长"]
    assert economy.outside == ["开展燃气企业安全检查"]
    page = client.get(reverse("briefs:contracts", args=[plan.pk])).content.decode()
    assert "有1项与上级收回事项相近" in page


def test_papers_come_together_and_say_what_the_ledger_says(cast, plan, signed_in):
    client = signed_in("lin")
    make(client, plan)
    box = ZipFile(BytesIO(client.get(reverse("briefs:contracts_zip", args=[plan.pk])).content))
    assert len(box.namelist()) == 2
    paper = Paper(BytesIO(box.read(next(name for name in box.namelist() if "经发办" in name))))
    cells = [cell.text for row in paper.tables[0].rows for cell in row.cells]
    assert "规上工业增加值增长" in cells
    assert "不少于8.5%；以统计口径为准" in cells
    assert "12月20日" in cells
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "一票否决" not in text
    assert "签字" in text


def test_villages_sign_only_where_asked_and_a_second_run_keeps_one_contract(cast, plan, signed_in):
    client = signed_in("lin")
    make(client, plan)
    make(client, plan, villages="1")
    assert Contract.objects.filter(unit=cast.east).count() == 1
    assert Contract.objects.filter(unit=cast.economy).count() == 1


def test_draft_plan_has_nothing_to_sign_and_no_second_job_begins(cast, plan, signed_in):
    client = signed_in("lin")
    there = reverse("briefs:make_contracts", args=[plan.pk])
    client.post(there, {"key": "a"})
    assert "正在生成" in client.post(there, {"key": "b"}, follow=True).content.decode()
    assert Job.objects.count() == 1
    cancel = reverse("briefs:cancel_contracts", args=[plan.pk])
    assert "已取消" in client.post(cancel, follow=True).content.decode()
    jobs.run_waiting(timezone.now)
    assert not Contract.objects.exists()
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.DRAFT)
    assert "草案" in client.post(there, {"key": "c"}, follow=True).content.decode()


def test_other_towns_neither_read_nor_make(cast, plan, signed_in):
    there = reverse("briefs:contracts", args=[plan.pk])
    assert signed_in("fang").get(there).status_code == 404
    assert signed_in("ma").get(there).status_code == 403
    with pytest.raises(Refused):
        actions.ask_contracts(actor=cast.actor("zhou"), today=TODAY, now=NOW, plan=plan)
