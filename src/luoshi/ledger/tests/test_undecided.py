"""待定: a role may stay open until a day that is said; after it the gap is told again."""

from datetime import date

import pytest

from luoshi.ledger.queries import findings


@pytest.mark.parametrize("empty", ["lead_leader", "lead_unit", "owner"])
def test_each_role_may_stay_open_until_a_day_and_comes_back_after_it(
    cast, plan, new, roles, signed_in, empty
):
    row = new(line_id=None)
    form = {
        "lead_leader": str(roles.lead_leader),
        "lead_unit": str(roles.lead_unit),
        "owner": str(roles.owner),
        "open_until": "2026-07-01",
        "verb": "name",
        "version": str(row.version),
    }
    address = f"/ledger/task/{row.pk}/roles/"
    client = signed_in("lin")
    late = client.post(address, form | {empty: "", "open_until": "2026-06-01"})
    assert "待定日期2026-06-01已过" in late.content.decode()
    assert client.post(address, form | {empty: ""}).status_code == 302
    row.refresh_from_db()
    assert row.undecided_until == date(2026, 7, 1)

    def asked(day):
        return [one.code for one in findings(cast.actor("lin"), day, plan) if one.code == "C01"]

    assert asked(date(2026, 7, 1)) == []
    assert asked(date(2026, 7, 2)) == ["C01"]
    assert "待明确" in client.get(f"/ledger/task/{row.pk}/").content.decode()
    client.post(address, form | {"version": str(row.version), "reason": "已定"})
    row.refresh_from_db()
    assert row.undecided_until is None
