"""Tags answer with escaped HTML in the language of the page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.http import HttpRequest, QueryDict
from django.template import Context, Template
from django.utils.translation import override

from luoshi.domain.base import Finding, Where, say
from luoshi.ui import shown
from luoshi.ui.lists import Page

HOSTILE = "<script>alert(1)</script>\"'&"


def render(source: str, **context: object) -> str:
    request = HttpRequest()
    request.GET = QueryDict(context.pop("query", ""))
    return Template(source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    "source",
    [
        "{{ x|zh }}",
        "{% zh x %}",
        "{{ x|prose }}",
        "{{ x|missing }}",
        "{% sentence x %}",
        "{{ x|sentence }}",
        '{% light "late" x %}',
        "{% unit_chip x href=x role=x %}",
        "{% person_chip x post=x href=x %}",
        "{% quote x cite=x href=x %}",
        "{% timeline items label=x %}",
        "{% conflict rows %}",
        "{% empty_state x %}{% endempty_state %}",
        "{% filter_line chips %}{% endfilter_line %}",
        "{% sort_link 'due' x %}",
        "{% progress 1 2 x %}",
        "{% spark series x %}",
        "{% finding f href=x %}{% endfinding %}",
        "{% status_word row %}",
        "{% field form.text hint=x label=x %}",
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_tag_with_hostile_text_escapes_it(source: str, language: str):
    class Form(forms.Form):
        text = forms.CharField(label=HOSTILE, help_text=HOSTILE)

    with override(language):
        page = render(
            source,
            x=HOSTILE,
            items=[{"title": HOSTILE, "who": HOSTILE, "text": HOSTILE}],
            rows=[(HOSTILE, HOSTILE, HOSTILE)],
            chips=[(HOSTILE, HOSTILE, HOSTILE)],
            series=[1, 2],
            f=Finding("C01", "error", Where("k", None, HOSTILE), say("access.out_of_scope")),
            row=SimpleNamespace(state="x", get_state_display=lambda: HOSTILE),
            form=Form({"text": HOSTILE}),
        )
    assert "<script>" not in page
    assert "&lt;script&gt;" in page or "script" not in page
    assert '""' not in page.replace('=""', "")


def test_zh_marks_data_on_an_english_page_only():
    assert render("{{ '东村'|zh }}") == "东村"
    with override("en"):
        assert render("{{ '东村'|zh }}") == '<span lang="zh-Hans">东村</span>'
        assert render("{{ 'East'|zh }}") == "East"
        assert render("{{ x|prose }}", x="Ask 党政办 today") == (
            'Ask <span lang="zh-Hans">党政办</span> today'
        )


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0.0"), (5236, "52.4"), (5235, "52.4"), (5234, "52.3"), (10_000, "100.0"), (-640, "−6.4")],
)
def test_tenths_round_halves_away_from_zero(share: int, text: str):
    assert shown.tenths(share) == text


def test_small_negative_share_has_no_sign():
    assert shown.tenths(-4) == "0.0"
    assert shown.points(4) == "0.0"
    assert shown.points(180) == "+1.8"


@pytest.mark.parametrize("name", ["pct", "points", "days", "day", "missing"])
def test_missing_value_is_said_and_never_zero(name: str):
    page = render("{{ x|" + name + " }}", x=None)
    assert "待补" in page
    assert "0" not in page


def test_zero_is_a_value():
    assert "0.0%" in render("{{ x|pct }}", x=0)
    assert "0天" in render("{{ x|days }}", x=0)
    assert render("{{ x|missing }}", x=0) == "0"


def test_day_in_a_table_and_in_a_sentence():
    day = date(2026, 6, 5)
    assert ">2026-06-05</time>" in render("{{ d|day }}", d=day)
    assert ">6月5日</time>" in render('{{ d|day:"sentence" }}', d=day)
    with override("en"):
        assert ">5 June</time>" in render('{{ d|day:"sentence" }}', d=day)
        assert ">1 day<" in render("{{ 1|days }}")
    late = datetime(2026, 6, 5, 17, 30, tzinfo=UTC)
    assert ">2026-06-06 01:30</time>" in render("{{ d|day }}", d=late)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("ok", "正常"),
        ("slow", "偏慢"),
        ("late", "滞后"),
        ("silent", "到期未报"),
        ("done", "已销号"),
        ("none", "无数据"),
        ("not_started", "未开始"),
        ("what?", "无数据"),
    ],
)
def test_light_has_a_word_and_a_mark(state: str, word: str):
    page = render("{% light s %}", s=state)
    assert word in page
    assert "<i " in page


@pytest.mark.parametrize("share", [-1, 0, 1, 4999, 10_000, 99_999])
@pytest.mark.parametrize("width", [60, 180, 300])
def test_share_bar_stays_inside_its_width(share: int, width: int):
    import re

    page = render("{% share_bar v e 'slow' w %}", v=share, e=share, w=width)
    fill = re.search(r'class="fill[^"]*" y="7" width="([\d.]+)"', page)
    tick = re.search(r'x="([\d.]+)"', page)
    assert fill
    assert tick
    assert 0 <= float(fill[1]) <= width
    assert 0 <= float(tick[1]) <= width - 2
    assert "style=" not in page


def test_share_bar_without_a_value_draws_no_fill():
    assert "fill" not in render("{% share_bar None 5000 %}")


def test_form_guard_gives_every_form_its_own_key():
    row = SimpleNamespace(version=7)
    first, second = (render("{% form_guard row %}", row=row) for _ in range(2))
    assert 'name="version" value="7"' in first
    assert first != second
    assert "version" not in render("{% form_guard %}")


def test_field_with_an_error_is_tied_to_it():
    class Form(forms.Form):
        text = forms.CharField(label="进展", help_text="一句话")

    page = render("{% field form.text %}", form=Form({"text": ""}))
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_text-hint id_text-error"' in page
    assert 'id="id_text-error"' in page
    assert 'for="id_text"' in page


def test_field_of_data_choices_marks_them_chinese_in_english():
    class Form(forms.Form):
        unit = forms.ChoiceField(choices=[("1", "东村"), ("2", "East")])

    with override("en"):
        page = render("{% field form.unit %}", form=Form())
    assert '<option lang="zh-Hans" value="1">东村' in page
    assert '<option value="2">East' in page


def test_ticks_of_data_choices_are_marked_chinese_in_english():
    class Form(forms.Form):
        units = forms.MultipleChoiceField(
            choices=[("1", "东村"), ("2", "East")], widget=forms.CheckboxSelectMultiple
        )

    with override("en"):
        page = render("{% field form.units %}", form=Form())
    assert '<label lang="zh-Hans" for="id_units_0">' in page
    assert '<label for="id_units_1">' in page


def test_sort_link_turns_and_drops_the_cursor():
    assert "?sort=-due" in render("{% sort_link 'due' 'x' %}", query="sort=due&after=abc")
    assert "after" not in render("{% sort_link 'due' 'x' %}", query="sort=due&after=abc")
    assert "?sort=due" in render("{% sort_link 'due' 'x' %}", query="sort=-due")


def test_filter_line_takes_one_filter_off():
    page = render(
        "{% filter_line chips %}{% endfilter_line %}",
        query="unit=a&light=late&after=z",
        chips=[("单位", "东村", "unit")],
    )
    assert 'href="?light=late"' in page


def test_pager_on_a_lone_page_is_silent():
    assert render("{% pager p %}", p=Page((), "", "")) == ""
    assert "after=next" in render("{% pager p %}", p=Page((), "", "next"))


def test_absent_template_is_left_out():
    assert render("a{% include_if_there 'no/such.html' %}b") == "ab"
