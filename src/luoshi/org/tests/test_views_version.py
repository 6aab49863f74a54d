"""A form without a usable version is a stale one, never a fault of the server."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("version", [None, "", "abc", "²", "-1", "9" * 40])
def test_unusable_version_is_answered_as_stale(cast, signed_in, version):
    sent = {"parent": str(cast.county.pk), "key": "k"}
    if version is not None:
        sent["version"] = version
    answer = signed_in("gao").post(reverse("org:move_unit", args=[cast.east.pk]), sent)
    assert answer.status_code in {302, 409, 422}
    cast.east.refresh_from_db()
    assert cast.east.parent_id == cast.town.pk
