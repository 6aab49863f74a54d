"""The child process that draws small pictures: `python -m luoshi.office.thumbs_child < FILE`.

The only place where a picture is decoded. Memory, CPU time and file size are limited before the
first byte is read; only JPEG and PNG decoders are tried.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings

from luoshi.office.answers import MEGABYTE
from luoshi.office.pictures import MOST_PIXELS
from luoshi.office.thumbs import SIDE

ADDRESSES = 640 * MEGABYTE
CPU_SECONDS = 5


def main() -> None:
    """Set the limits, read the picture, write the small one."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from PIL import Image, ImageOps  # noqa: PLC0415 - within the limits

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=("JPEG", "PNG")) as picture:
        picture.draft("RGB", (SIDE * 2, SIDE * 2))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((SIDE, SIDE))
        plain = Image.new("RGB", upright.size, "white")
        drawn = upright.convert("RGBA")
        plain.paste(drawn, mask=drawn.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=80)
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
