"""Template tags of every page; a builtin, so templates need no load line.

Each tag answers with finished, escaped HTML; `src/luoshi/ui/README.md` has one example line each.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luoshi.domain.base import Finding
from luoshi.ui import controls, drawn, navigation, shown
from luoshi.ui.lights import LIGHTS
from luoshi.ui.sentences import told

register = template.Library()


def _safe(*parts: object) -> SafeString:
    """Join parts that are already safe HTML."""
    return mark_safe("".join(str(part) for part in parts))  # noqa: S308 - every part is escaped


# --- Words and figures ----------------------------------------------------------------------


@register.filter(name="zh")
def zh_filter(value: object) -> SafeString:
    """`{{ task.title|zh }}`: data as typed, marked as Chinese on an English page."""
    return shown.zh(value)


@register.simple_tag(name="zh")
def zh_tag(value: object) -> SafeString:
    """`{% zh task.title %}`: the same as the filter."""
    return shown.zh(value)


@register.simple_tag
def sentence(value: object) -> SafeString:
    """`{% sentence refused.why %}`: a Sentence, or its JSON form, in the language of the page."""
    return shown.mark_han(told(value))


@register.filter(name="sentence")
def sentence_filter(value: object) -> SafeString:
    """`{{ why|sentence }}`: the same as the tag."""
    return shown.mark_han(told(value))


@register.simple_tag
def light(state: str, why: object = "") -> SafeString:
    """`{% light task.light task.why %}`: mark and word; `why` is the sentence behind it."""
    css, word = LIGHTS.get(state) or LIGHTS["none"]
    title = format_html(' title="{}"', told(why)) if why else ""
    return format_html(
        '<span class="lt {}"{}><i aria-hidden="true"></i>{}</span>', css, title, word
    )


@register.filter
def pct(value: int | None, sign: str = "%") -> SafeString:
    """`{{ task.progress|pct }}`: basis points as 52.4%; None is 待补."""
    if value is None:
        return shown.missing()
    return format_html('<span class="n">{}{}</span>', shown.tenths(int(value)), sign)


@register.filter
def figure(value: Decimal | None, op: str = "") -> SafeString:
    """`{{ task.target_value|figure:task.target_op }}`: 不少于 6.5; no idle zeros; None is 待补."""
    if value is None:
        return shown.missing()
    return format_html("{} <b>{}</b>", shown.bound(op), f"{value.normalize():f}")


@register.filter
def signed(value: Decimal | None) -> SafeString:
    """`{{ gap|signed }}`: a difference with its sign, the worse ones in red; None is 待补."""
    if value is None:
        return shown.missing()
    css = "n neg" if value < 0 else "n"
    return format_html('<span class="{}">{}</span>', css, shown.signed(value))


@register.filter
def plain(value: Decimal | None) -> SafeString:
    """`{{ low|plain }}`: a figure without idle zeros; None is 待补."""
    return shown.missing() if value is None else format_html("{}", shown.plain(value))


@register.filter
def people(value: int | None) -> str:
    """`{{ load|people }}`: hundredths of a person or a machine as 2.6; nothing for None."""
    return "" if value is None else shown.plain(Decimal(value) / 100)


@register.filter
def ratio(value: Fraction | None, places: int = 2) -> SafeString:
    """`{{ spread.gini|ratio:4 }}`: an exact fraction at so many places, half up; None is 待补."""
    if value is None:
        return shown.missing()
    return format_html('<span class="n">{}</span>', shown.ratio(value, places))


@register.filter
def points(value: int | None) -> SafeString:
    """`{{ gap|points }}`: a difference in percentage points with its sign; late ones in red."""
    if value is None:
        return shown.missing()
    return format_html('<span class="n">{}</span>', shown.points(int(value)))


@register.filter(name="days")
def days_filter(value: int | None) -> SafeString:
    """`{{ waiting|days }}`: 9天 / 9 days; None is 待补."""
    if value is None:
        return shown.missing()
    return format_html('<span class="n">{}</span>', shown.days(int(value)))


@register.filter(name="day")
def day_filter(value: date | None, style: str = "") -> SafeString:
    """`{{ task.due_on|day }}` 2026-06-30; `|day:"sentence"` 6月30日 / 30 June; None is 待补."""
    if value is None:
        return shown.missing()
    return format_html(
        '<time class="n" datetime="{}">{}</time>', value.isoformat(), shown.day(value, style)
    )


@register.filter(name="missing")
def missing_filter(value: object) -> object:
    """`{{ task.acceptance|missing }}`: the value (as data), or 待补 where there is none."""
    return shown.missing() if value is None or value == "" else shown.zh(value)


@register.simple_tag(name="missing")
def missing_tag() -> SafeString:
    """`{% missing %}`: 待补."""
    return shown.missing()


# --- Figures drawn, controls ----------------------------------------------------------------

register.simple_tag(drawn.share_bar)
register.simple_tag(drawn.time_pace)
register.simple_tag(drawn.spark)
register.simple_tag(drawn.progress)
register.simple_tag(shown.put_off)
register.simple_tag(controls.form_guard)
register.simple_tag(controls.asks)
register.simple_tag(controls.field)

# --- Who, where from ------------------------------------------------------------------------


@register.simple_tag
def unit_chip(unit: object, href: str = "", role: str = "") -> SafeString:
    """`{% unit_chip task.unit href=url role=_("牵头") %}`: a unit, square; None is an open duty."""
    return _chip(getattr(unit, "short_name", unit), href, role, "chip")


@register.simple_tag
def person_chip(person: object, post: object = "", href: str = "") -> SafeString:
    """`{% person_chip holder post=post.title %}`: a person, round-ended; None is an open duty."""
    return _chip(getattr(person, "name", person), href, post, "chip man")


def _chip(name: object, href: str, small: object, css: str) -> SafeString:
    if not name:
        css, name = f"{css} gap", _("空缺")
    before = format_html("<small>{}</small>", shown.zh(small)) if small else ""
    if href:
        return format_html('<a class="{}" href="{}">{}{}</a>', css, href, before, shown.zh(name))
    return format_html('<span class="{}">{}{}</span>', css, before, shown.zh(name))


@register.simple_tag
def quote(text: str, cite: object = "", href: str = "") -> SafeString:
    """`{% quote passage_text cite=place href=url %}`: words of the source, and where they stand."""
    place = shown.zh(cite)
    if href and cite:
        place = format_html('<a href="{}">{}</a>', href, place)
    footer = format_html("<cite>{}</cite>", place) if cite else ""
    return format_html(
        '<blockquote class="quote"><p lang="zh-Hans">{}</p>{}</blockquote>', text, footer
    )


@register.simple_block_tag(name="finding")
def finding_row(content: str, finding: Finding, href: str = "") -> SafeString:
    """`{% finding f href=url %}<form>…remedy…</form>{% endfinding %}`: like compiler output."""
    css = {"error": "", "warning": " w", "info": " i"}[finding.severity]
    level = {"error": _("错误"), "warning": _("提醒"), "info": _("说明")}[finding.severity]
    place = shown.zh(finding.where.label)
    if href:
        place = format_html('<a href="{}">{}</a>', href, place)
    return format_html(
        '<div class="find"><span class="code{}">{}<span class="sr"> {}</span></span>'
        '<div><p class="at">{}</p><p>{}</p></div><div class="fix">{}</div></div>',
        css,
        finding.code,
        level,
        place,
        sentence(finding.why),
        content,
    )


@register.inclusion_tag("ui/_timeline.html")
def timeline(items: Iterable[Any], label: str = "") -> dict[str, Any]:
    """`{% timeline moves %}`: items with at, title, text, who, on (all optional but title)."""
    return {"items": items, "label": label}


# --- States ---------------------------------------------------------------------------------


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """`{% empty_state _("还没有材料") %}<a …>上传</a>{% endempty_state %}`: says the next step."""
    return format_html('<div class="empty"><p><b>{}</b></p>{}</div>', title, _safe(content))


@register.simple_tag
def status_word(row: Any) -> SafeString:  # noqa: ANN401 - any row with a `state` of choices
    """`{% status_word task %}`: the state of a row in the office's word."""
    return format_html('<span class="st st-{}">{}</span>', row.state, row.get_state_display())


@register.inclusion_tag("ui/_conflict.html")
def conflict(rows: Iterable[tuple[object, object, object]]) -> dict[str, Any]:
    """`{% conflict rows %}`: (label, yours, theirs) side by side."""
    return {"rows": list(rows)}


# --- Lists ----------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def sort_link(context: template.Context, name: str, label: str) -> SafeString:
    """`{% sort_link "due" _("时限") %}`: sorts by a column, then the other way; `?sort=-due`."""
    now = context["request"].GET.get("sort", "")
    following = f"-{name}" if now == name else name
    mark = {name: "▲", f"-{name}": "▼"}.get(now, "")
    said = {name: _("升序"), f"-{name}": _("降序")}.get(now, "")
    shown_mark = (
        format_html(' <span aria-hidden="true">{}</span><span class="sr">{}</span>', mark, said)
        if mark
        else ""
    )
    href = _query(context, sort=following, after=None)
    return format_html('<a class="sort" href="{}">{}{}</a>', href, label, shown_mark)


@register.simple_block_tag(takes_context=True)
def filter_line(context: template.Context, content: str, chips: Iterable[Any] = ()) -> SafeString:
    """`{% filter_line chips %}<form method="get">…</form>{% endfilter_line %}`: the address, shown.

    `chips`: (label, value, parameter name) of the filters that hold; each can be taken off.
    """
    shown_chips = format_html_join(
        "",
        '<span class="f"><b>{}</b>{}<a href="{}" aria-label="{}">×</a></span>',
        (
            (label, shown.zh(value), _query(context, **{name: None, "after": None}), _("取消筛选"))
            for label, value, name in chips
        ),
    )
    return format_html('<div class="filter">{}{}</div>', shown_chips, _safe(content))


@register.simple_tag(takes_context=True)
def pager(context: template.Context, page: Any) -> SafeString:  # noqa: ANN401 - ui.lists.Page
    """`{% pager page %}`: first and next page of a `ui.lists.Page`."""
    links = []
    if page.cursor:
        links.append(
            format_html('<a class="btn" href="{}">{}</a>', _query(context, after=None), _("首页"))
        )
    if page.following:
        href = _query(context, after=page.following)
        links.append(format_html('<a class="btn" rel="next" href="{}">{}</a>', href, _("下一页")))
    if not links:
        return _safe()
    return format_html('<nav class="pager" aria-label="{}">{}</nav>', _("翻页"), _safe(*links))


def _query(context: template.Context, **changes: object) -> str:
    """The address of the page with some parameters changed (None takes one off)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return "?" + urlencode(sorted(query.lists()), doseq=True)


# --- The frame ------------------------------------------------------------------------------


@register.inclusion_tag("ui/_nav.html", takes_context=True)
def nav_bar(context: template.Context) -> dict[str, Any]:
    """`{% nav_bar %}`: the items of the roles held; used by `ui/base.html` only."""
    request = context.get("request")
    links = navigation.links(getattr(request, "actor", None), getattr(request, "path", ""))
    return {"links": links, "overflow": any(not link.in_bar for link in links)}


@register.simple_tag(takes_context=True)
def include_if_there(context: template.Context, name: str) -> SafeString:
    """`{% include_if_there "config/demo/_switcher.html" %}`: the template, or nothing."""
    engine = context.template.engine if context.template else None
    try:
        return engine.get_template(name).render(context) if engine else _safe()
    except template.TemplateDoesNotExist:
        return _safe()


@register.filter
def prose(value: object) -> SafeString:
    """`{{ message|prose }}`: escaped text; its Chinese runs are marked on an English page."""
    return shown.mark_han(value if isinstance(value, SafeString) else str(value))


@register.simple_block_tag(takes_context=True)
def page_title(context: template.Context, content: str) -> SafeString:
    """The window's title: block head_title, else what the page's block title says; the product."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    heading = blocks.get_block("title") if blocks and not content.strip() else None
    text = " ".join(strip_tags(heading.render(context) if heading else content).split())
    language = ' lang="zh-Hans"' if shown.in_english() and shown.HAN.search(text) else ""
    # The blocks were rendered with escaping, and tags were stripped since.
    full = f"{text} · {_('落实')}" if text else _("落实")
    return _safe("<title", language, ">", full, "</title>")


@register.filter
def page_scripts(names: str) -> list[str]:
    """Addresses of the frame's scripts, one a behaviour."""
    return [static(f"ui/js/{name}.js") for name in names.split()]


@register.simple_tag
def page_address(key: str) -> str:
    """`{% page_address "search" as url %}`: a navigation item's address, if it exists."""
    return navigation.address(key)


@register.simple_tag(takes_context=True)
def root_choices(context: template.Context) -> SafeString:
    """What the person chose for display, as attributes of <html>: theme and print size."""
    chosen = _chosen(context)
    parts = []
    if chosen["theme"] in {"light", "dark"}:
        parts.append(format_html(' data-theme="{}"', chosen["theme"]))
    if chosen["print"] == "large":
        parts.append(format_html(' data-print-size="{}"', "large"))
    return _safe(*parts)


def _chosen(context: template.Context) -> dict[str, str]:
    cookies = getattr(context.get("request"), "COOKIES", {})
    return {
        "theme": cookies.get("luoshi_theme", "system"),
        "print": cookies.get("luoshi_print", "plain"),
    }


@register.simple_tag(takes_context=True)
def choice_button(context: template.Context, name: str, value: str, label: str) -> SafeString:
    """One choice of the display menu; pressed when it holds."""
    pressed = "true" if _chosen(context)[name] == value else "false"
    return format_html(
        '<button class="text" name="{}" value="{}" aria-pressed="{}">{}</button>',
        name,
        value,
        pressed,
        label,
    )


@register.simple_tag
def tongue() -> str:
    """`<html lang="{% tongue %}">`: the page's language as browsers and readers name it."""
    return "en" if shown.in_english() else "zh-Hans"
