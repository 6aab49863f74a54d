"""Rows of bonds beside the tree: 包联, 专班, 双重管理, 片区."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.domain.base import say
from luoshi.org.models import UnitLink
from luoshi.org.roster.cells import Row
from luoshi.org.roster.draft import Draft
from luoshi.org.roster.present import Names, lasts
from luoshi.org.roster.units import one_unit


def judge_links(draft: Draft, names: Names, rows: Sequence[Row]) -> None:
    """Each row is the bond that stands between the two units, or a new one."""
    there = {
        (one.from_unit_id, one.to_unit_id, one.kind): one
        for one in draft.after.links.values()
        if lasts(one, draft.today)
    }
    for row in rows:
        row.title = f"{row.text('unit')} → {row.text('other')}"
        start, end = one_unit(names, row, "unit"), one_unit(names, row, "other")
        kind = row.choice("kind", "link")
        if not kind and not row.text("kind"):
            row.faults.append(say("org.roster_blank", column=row.head("kind")))
        if start is None or end is None or not kind:
            continue
        units = draft.after.units
        link = there.get((start, end, kind))
        if start == end or (link is not None and link.pk in draft.named):
            labels = {"unit": units[start].short_name, "other": units[end].short_name}
            row.faults.append(say("org.link_again", **labels))
            continue
        last = row.day("to_on")
        if link is None:
            row.kind = "add"
            link = UnitLink(
                jurisdiction=draft.jurisdiction, from_unit_id=start, to_unit_id=end, kind=kind,
                from_on=row.day("from_on") or draft.today, to_on=last,
            )  # fmt: skip
            there[start, end, kind] = draft.after.links[link.pk] = link
        else:
            draft.fixed(row, "from_on", row.day("from_on"), link.from_on)
            if last is not None or row.ends_never("to_on"):
                draft.put(row, link, "to_on", "to_on", last)
        draft.named.add(link.pk)
        row.subject = link.pk
        if link.to_on is not None and link.to_on < link.from_on:
            row.faults.append(say("org.term_ends_before_start", start=link.from_on, end=link.to_on))
