"""Serve a file: as a download, never inline, and only to those who may read its subject."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from luoshi.files import actions, queries

# What a browser may be told; anything else is a stream of bytes. No html, no svg, no scripts.
TOLD = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/jpeg",
        "image/png",
    }
)


@login_required
@require_safe
def download(request: HttpRequest, attachment_id: UUID) -> FileResponse:
    row = queries.attachment(request.actor, request.today, attachment_id)  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    path = actions.path_of(row.sha256)
    if not default_storage.exists(path):
        raise Http404
    response = FileResponse(
        default_storage.open(path),
        as_attachment=True,
        filename=row.name,
        content_type=row.media_type if row.media_type in TOLD else "application/octet-stream",
    )
    return _fenced(response)


@login_required
@require_safe
def thumb(request: HttpRequest, attachment_id: UUID) -> FileResponse:
    """The small picture, drawn by us: shown on pages, to those who may read the file itself."""
    row = queries.attachment(request.actor, request.today, attachment_id)  # type: ignore[attr-defined]
    path = actions.thumb_path_of(row.sha256) if row is not None and row.has_thumb else ""
    if not path or not default_storage.exists(path):
        raise Http404
    return _fenced(FileResponse(default_storage.open(path), content_type="image/jpeg"))


def _fenced(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
