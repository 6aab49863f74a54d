"""Adopt, set aside, merge, split, sort and undo: a person's decisions, each reversible."""

import re
from datetime import date
from decimal import Decimal

import pytest

from luoshi.adoption import queries
from luoshi.adoption.models import Act
from luoshi.adoption.page import line_of
from luoshi.documents.models import DraftItem, Passage
from luoshi.goals.models import Note, Plan, PlanDocument
from luoshi.indicators.models import Indicator, Target
from luoshi.journal.models import Entry
from luoshi.ledger.models import Assignment, Task


def undo(signed_in, act=None, who="lin"):
    act = act or Act.objects.order_by("-at", "-id").first()
    return signed_in(who).post(f"/adoption/act/{act.pk}/undo/", follow=True)


class TestAdopting:
    def test_many_at_once_join_the_plan_with_its_source(self, at, send, plan, document):
        drafts = [at("标准厂房"), at("新签约"), at("生活污水")]
        answer = send(do="adopt", pick=drafts, plan=plan)
        assert "已立项 3 项" in answer.content.decode()
        assert Task.objects.count() == 3
        assert PlanDocument.objects.get().document == document
        assert {task.passage_id for task in Task.objects.all()} == {d.passage_id for d in drafts}

    def test_whole_section_is_adopted_without_principles(self, send, plan, document):
        number = next(i for i, s in enumerate(document.outline) if s["mark"] == "二")
        send(all_of=number, plan=plan, reason="年初已办")
        left = DraftItem.objects.filter(state="draft").exclude(kind="boilerplate")
        assert Task.objects.count() >= 5
        assert all("以人民为中心" in d.title or d.passage.path[:1] != ["二"] for d in left)

    def test_indicator_goes_into_the_register_and_back(self, at, send, plan, signed_in):
        draft = at("收入增长8%")
        send(one=draft, plan=plan)
        target = Target.objects.get()
        assert (target.value, target.comparison, target.basis) == (Decimal(8), ">=", "own")
        assert target.passage_id == draft.passage_id
        assert target.indicator.definitions.get().measure == "%"
        assert not Task.objects.exists()
        draft.refresh_from_db()
        assert (draft.adopted_kind, draft.adopted_id) == ("indicators.target", target.pk)
        undo(signed_in, Act.objects.get())
        draft.refresh_from_db()
        assert draft.state == "draft"
        assert not Indicator.objects.exists()

    def test_masked_target_stays_missing(self, at, send, plan):
        draft = at("招引到位资金")
        send(one=draft, plan=plan)
        task = Task.objects.get()
        assert task.target_value is None
        assert draft.masked

    def test_achievement_and_gap_become_paired_notes(self, at, send, plan):
        good, gap = at("农村公路建设"), at("养护不到位")
        assert good.pk != gap.pk
        send(do="adopt", pick=[good, gap], plan=plan)
        kinds = dict(Note.objects.values_list("kind", "text"))
        assert set(kinds) == {"achievement", "gap"}
        assert Note.objects.get(kind="gap").pair == Note.objects.get(kind="achievement")

    def test_problem_can_become_a_task_beside_its_note(self, at, send, plan, signed_in):
        send(one=at("养护不到位"), plan=plan, remedies="1")
        task, note = Task.objects.get(), Note.objects.get()
        assert task.problem == note
        assert task.title.startswith("整改：")
        assert at("养护不到位").adopted_id == note.pk
        undo(signed_in)
        assert not Task.objects.exists()
        assert not Note.objects.exists()

    def test_goal_becomes_a_goal(self, at, send, plan):
        draft = at("标准厂房")
        send(do="change_kind", pick=[draft], to_kind="goal")
        send(one=draft, plan=plan)
        assert plan.goals.get().passage_id == draft.passage_id
        assert not Task.objects.exists()

    def test_principle_alone_is_refused(self, at, send, plan):
        answer = send(one=at("以人民为中心"), plan=plan)
        assert "不能立项" in answer.content.decode()
        assert not Act.objects.exists()

    def test_line_is_taken_and_must_be_of_the_plan(self, cast, at, send, plan, today):
        from luoshi.goals import actions as goals
        from luoshi.goals.models import WorkLine

        actor = cast.actor("lin")
        other = goals.create_plan(actor=actor, today=today, unit=cast.town, year=2027)
        mine = goals.add_line(actor=actor, today=today, plan=plan, name="项目专线")
        goals.add_line(
            actor=actor, today=today, plan=Plan.objects.get(pk=other.id), name="别的专线"
        )
        foreign = WorkLine.objects.get(name="别的专线")
        send(one=at("标准厂房"), plan=plan, line=foreign)
        assert not Task.objects.exists()
        send(one=at("标准厂房"), plan=plan, line=mine.id)
        assert Task.objects.get().line_id == mine.id

    def test_past_due_date_asks_for_a_reason(self, at, send, plan):
        draft = at("河道清理")
        answer = send(one=draft, plan=plan)
        assert "时限已过" in answer.content.decode()
        assert not Task.objects.exists()
        send(one=draft, plan=plan, reason="会前已部署，补录")
        task = Task.objects.get()
        assert task.due_on == date(2026, 3, 31)
        assert Entry.objects.filter(reason="会前已部署，补录", subject_id=task.pk).exists()

    def test_double_click_adopts_once(self, at, send, plan):
        draft = at("标准厂房")
        for _ in range(2):
            send(one=draft, plan=plan, key="22222222-2222-2222-2222-222222222222")
        assert Task.objects.count() == 1

    def test_decided_draft_is_refused_and_nothing_is_half_done(self, at, send, plan):
        send(one=at("标准厂房"), plan=plan)
        answer = send(do="adopt", pick=[at("标准厂房"), at("生活污水")], plan=plan)
        assert "已处理" in answer.content.decode()
        assert Task.objects.count() == 1

    def test_nothing_chosen_and_no_plan_are_told(self, at, send):
        assert "尚未选择" in send(do="adopt", plan="new", confirm_plan="1").content.decode()
        assert "年度计划" in send(one=at("标准厂房"), plan="").content.decode()

    def test_new_plan_that_is_there_by_now_is_used(self, at, send, plan):
        send(one=at("标准厂房"), plan="new", confirm_plan="1", plan_year="2026")
        assert Plan.objects.get() == plan
        assert Task.objects.get().plan == plan


class TestProposals:
    def values(self, cast, today, document, draft):
        known = queries.names(cast.actor("lin"), today, document)
        return [p.value for p in line_of(draft, known).proposals]

    def test_nobody_is_named_without_a_tick(self, at, send, plan):
        send(one=at("标准厂房"), plan=plan)
        assert not Assignment.objects.exists()

    def test_ticked_units_carry_the_task(self, cast, today, document, at, send, plan):
        draft = at("标准厂房")
        values = self.values(cast, today, document, draft)
        assert values[0] == f"lead_unit:{cast.economy.pk}"
        send(one=draft, plan=plan, role=[f"{draft.pk}|{value}" for value in values if value])
        held = {(a.role, a.unit) for a in Assignment.objects.select_related("unit")}
        assert held == {
            ("lead_unit", cast.economy),
            ("supporting_unit", cast.east),
            ("supporting_unit", cast.west),
        }
        assert Task.objects.get().unit == cast.economy

    def test_generic_actor_stands_for_every_village_of_the_town(
        self, cast, today, document, at, send, plan
    ):
        draft = at("生活污水")
        values = self.values(cast, today, document, draft)
        assert "supporting_unit:villages" in values
        send(one=draft, plan=plan, role=[f"{draft.pk}|supporting_unit:villages"])
        assert set(Assignment.objects.values_list("unit__name", flat=True)) == {"东村", "西村"}

    def test_foreign_unit_in_the_form_is_ignored(self, cast, at, send, plan):
        draft = at("标准厂房")
        send(one=draft, plan=plan, role=[f"{draft.pk}|lead_unit:{cast.other_village.pk}"])
        assert not Assignment.objects.exists()


class TestReshaping:
    def test_set_aside_needs_a_reason(self, at, send):
        draft = at("以人民为中心")
        assert "须注明理由" in send(do="set_aside", pick=[draft]).content.decode()
        send(do="set_aside", pick=[draft], why_not="传达学习")
        draft.refresh_from_db()
        assert (draft.state, draft.why_not) == ("set_aside", "传达学习")

    def test_merge_keeps_every_passage(self, cast, today, at, send, plan):
        first, second = at("标准厂房"), at("新签约")
        send(do="merge", pick=[second, first])
        second.refresh_from_db()
        first.refresh_from_db()
        assert (second.state, second.merged_into) == ("merged", first)
        assert "标准厂房" in first.title
        assert "新签约" in first.title
        assert first.due_on == date(2026, 12, 31)
        send(one=first, plan=plan)
        task = Task.objects.get()
        sources = queries.sources_of(cast.actor("lin"), today, "ledger.task", [task.pk])
        assert [d.passage for d in sources[task.pk]] == [first.passage, second.passage]

    def test_merge_of_one_is_refused(self, at, send):
        assert "两项以上" in send(do="merge", pick=[at("标准厂房")]).content.decode()

    def split(self, signed_in, draft, at):
        return signed_in("lin").post(
            f"/adoption/draft/{draft.pk}/split/", {"version": draft.version, "at": at}, follow=True
        )

    def test_split_cuts_at_the_chosen_character(self, at, document, signed_in):
        draft = at("标准厂房")
        place = document.text.index("，同步完成") + 1
        self.split(signed_in, draft, place)
        left, right = at("标准厂房"), at("园区道路")
        assert left.pk == draft.pk != right.pk
        assert right.title.startswith("同步完成园区道路改造")
        assert left.due_on == date(2026, 9, 30)
        assert right.due_on is None
        for part in (left, right):
            passage = Passage.objects.get(pk=part.passage_id)
            assert document.text[passage.start : passage.end] == part.title
        order = list(
            queries.documents.drafts(
                queries.Actor.system(document.jurisdiction), date(2026, 6, 18), document.pk
            ).values_list("pk", flat=True)
        )
        assert order.index(right.pk) == order.index(left.pk) + 1

    def test_split_from_the_table_saves_what_was_typed_elsewhere(self, at, document, signed_in):
        draft, other = at("标准厂房"), at("新签约")
        signed_in("lin").post(
            f"/adoption/draft/{draft.pk}/split/",
            {
                "at": document.text.index("，同步完成"),
                f"v-{draft.pk}": draft.version,
                f"v-{other.pk}": other.version,
                f"title-{other.pk}": "新签约项目六个",
            },
        )
        assert at("园区道路").pk != draft.pk
        assert at("新签约").title == "新签约项目六个"

    @pytest.mark.parametrize("where", ["start", "end", "before", "beyond"])
    def test_split_outside_the_words_is_refused(self, at, signed_in, where):
        draft = at("标准厂房")
        place = {
            "start": draft.passage.start,
            "end": draft.passage.end,
            "before": 0,
            "beyond": 10**8,
        }[where]
        answer = self.split(signed_in, draft, place)
        assert "拆分处须在" in answer.content.decode()
        assert at("标准厂房").version == draft.version


class TestUndo:
    def test_adoption_is_taken_back_whole(self, at, send, plan, signed_in):
        drafts = [at("标准厂房"), at("农村公路建设"), at("养护不到位")]
        send(do="adopt", pick=drafts, plan=plan)
        plan.refresh_from_db()
        assert plan.weight_sum > 0
        answer = undo(signed_in)
        assert "已撤销" in answer.content.decode()
        assert not Task.objects.exists()
        assert not Note.objects.exists()
        plan.refresh_from_db()
        assert plan.weight_sum == 0
        for draft in drafts:
            draft.refresh_from_db()
            assert (draft.state, draft.adopted_kind, draft.adopted_id) == ("draft", "", None)
        assert Entry.objects.filter(verb="adoption.act.undo").exists()

    def test_set_aside_merge_split_and_change_are_taken_back(self, at, send, document, signed_in):
        before = list(
            DraftItem.objects.order_by("id").values(
                "id", "state", "kind", "title", "due_on", "passage", "merged_into", "why_not",
                "responsible", "quantities",
            )
        )  # fmt: skip
        send(do="set_aside", pick=[at("以人民为中心")], why_not="传达学习")
        send(do="change_kind", pick=[at("新签约")], to_kind="goal")
        send(do="merge", pick=[at("河道清理"), at("督促检查")])
        draft = at("标准厂房")
        place = document.text.index("，同步完成")
        signed_in("lin").post(
            f"/adoption/draft/{draft.pk}/split/", {"version": draft.version, "at": place}
        )
        assert Act.objects.count() == 4
        for act in Act.objects.order_by("-at", "-id"):
            undo(signed_in, act)
        after = list(DraftItem.objects.order_by("id").values(*before[0]))
        assert after == before

    def test_refused_once_somebody_else_has_acted(self, cast, today, at, send, plan, signed_in):
        from luoshi.ledger import actions as ledger

        send(one=at("标准厂房"), plan=plan)
        task = Task.objects.get()
        ledger.edit_task(
            actor=cast.actor("chen"), today=today, now=_now(), task=task, version=task.version,
            measures="书记补充的举措",
        )  # fmt: skip
        answer = undo(signed_in)
        assert "他人办理过" in answer.content.decode()
        assert Task.objects.count() == 1
        assert at("标准厂房").state == "adopted"

    def test_refused_when_the_draft_was_changed_since(self, at, send, signed_in):
        send(do="change_kind", pick=[at("新签约")], to_kind="goal")
        first = Act.objects.get()
        send(do="change_kind", pick=[at("新签约")], to_kind="indicator")
        assert "后来的操作" in undo(signed_in, first).content.decode()
        assert at("新签约").kind == "indicator"

    def test_second_undo_is_refused(self, at, send, signed_in):
        send(do="set_aside", pick=[at("新签约")], why_not="已有安排")
        act = Act.objects.get()
        undo(signed_in, act)
        assert "已经撤销" in undo(signed_in, act).content.decode()

    def test_not_found_for_another_town(self, at, send, signed_in):
        send(do="set_aside", pick=[at("新签约")], why_not="已有安排")
        assert undo(signed_in, who="fang").status_code == 404
        assert at("新签约").state == "set_aside"


def _now():
    from django.utils import timezone

    return timezone.now()


class TestCoverage:
    def test_obligations_nobody_took_up_are_findings(self, cast, today, at, send, plan):
        send(one=at("标准厂房"), plan=plan)
        found = queries.findings(cast.actor("lin"), today, plan)
        labels = {finding.where.label for finding in found}
        assert {finding.code for finding in found} == {"C11"}
        assert at("生活污水").title in labels
        assert at("标准厂房").title not in labels
        assert not any("以人民为中心" in label for label in labels)

    def test_reason_and_adoption_leave_none(self, cast, today, document, send, plan):
        open_drafts = DraftItem.objects.filter(state="draft", kind__in=queries.OBLIGING)
        half = list(open_drafts)[::2]
        send(do="adopt", pick=half, plan=plan, reason="补录", remedies="1")
        send(do="set_aside", pick=list(open_drafts.filter(state="draft")), why_not="已有安排")
        assert queries.findings(cast.actor("lin"), today, plan) == ()

    def test_text_shows_the_gap_as_count_and_marks(self, document, signed_in):
        page = signed_in("lin").get(f"/adoption/document/{document.pk}/").content.decode()
        count = DraftItem.objects.filter(state="draft", kind__in=queries.OBLIGING).count()
        assert f"C11 尚无人认领 {count} / {count} 条要求" in page
        assert len(re.findall(r'class="p k-\w+ s-draft open', page)) >= count
