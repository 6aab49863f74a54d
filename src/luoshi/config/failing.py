"""What a person reads when an answer failed: our fault (500), or a database out of reach."""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error
from filelock import Timeout

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}


def failed(request: HttpRequest) -> HttpResponse:
    """Tell trouble that passes from a fault of ours; neither page asks the database anything."""
    if not out_of_reach(sys.exc_info()[1]):
        return server_error(request)
    page = loader.get_template("503.html").render()
    return HttpResponse(page, status=503, headers={"Retry-After": "5"})


def out_of_reach(error: BaseException | None) -> bool:
    """Whether the database, its lock, or the disk did not answer, anywhere behind the error."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OperationalError | InterfaceError | Timeout):
            return True
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
