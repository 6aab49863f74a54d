"""Two people, two connections, one cell of the grid: both values are seen and nothing is lost."""

import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import close_old_connections, connections
from django.urls import reverse

from luoshi.indicators import queries
from luoshi.indicators.models import Reading

from .test_readings import current, make

TEXTS = ("12.5", "99")


@pytest.fixture
def both_have_read(monkeypatch):
    """Both requests have read the cell as empty before either writes: the race as it happens."""
    gate, plain, waiting = Barrier(2, timeout=20), queries.understand, [True, True]

    def understand(*args, **more):
        found = plain(*args, **more)
        try:
            first = waiting.pop()
        except IndexError:
            first = False
        if first:
            gate.wait()
        return found

    monkeypatch.setattr("luoshi.indicators.views.grid.queries.understand", understand)


def save_of(client, cells, **more):
    def sent():
        close_old_connections()
        try:
            told = {"cells": json.dumps(cells), "as_of": "2026-06-10", "back": ""} | more
            answer = client.post(reverse("indicators:save"), told)
            return answer.status_code, answer.content.decode()
        finally:
            connections.close_all()

    return sent


@pytest.mark.django_db(transaction=True)
def test_two_connections_in_one_cell_show_both_values(signed_in, cast, both_have_read):
    income = make(cast, cast.actor("lin"), "村集体经济收入", reporters=(cast.east,))
    clients = [signed_in("wang"), signed_in("ma")]
    cell = [str(income.pk), str(cast.east.pk), "2026-05-01", "2026-05-31"]
    saves = [
        save_of(client, [[*cell, text, ""]]) for client, text in zip(clients, TEXTS, strict=True)
    ]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda call: call(), saves))
    assert sorted(status for status, _ in answers) == [302, 409]
    late = next(n for n, (status, _) in enumerate(answers) if status == 409)
    page = answers[late][1]
    assert all(f"<b>{text}</b>" in page for text in TEXTS)  # what stands, and what was typed
    assert current(income, cast.east).value == Decimal(TEXTS[1 - late])
    assert Reading.objects.count() == 1
    # Having seen both, the later one decides; the first value stays in the history.
    kept = json.loads(html.unescape(re.search(r'name="cells" value="([^"]*)"', page)[1]))
    status, _ = save_of(clients[late], kept, reason="核对村账后更正")()
    assert status == 302
    assert current(income, cast.east).value == Decimal(TEXTS[late])
    values = set(Reading.objects.values_list("value", flat=True))
    assert values == set(map(Decimal, TEXTS))
