"""Uploads stay in memory until they are screened; a file past the limit is cut off at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload


class ScreenedUpload(MemoryFileUploadHandler):
    """Keep the whole upload in memory, and stop reading at the limit."""

    def handle_raw_input(self, *_args: Any, **_kwargs: Any) -> None:  # noqa: ANN401
        """Take every file, whatever the content length says."""
        self.activated = True
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Count the bytes; past the limit the request's reading stops."""
        self.seen += len(raw_data)
        if self.seen > settings.UPLOAD_LIMIT + 1:
            if self.request is not None:
                self.request.META["LUOSHI_UPLOAD_TOO_LARGE"] = "1"
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
