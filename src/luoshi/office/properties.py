"""A document without what its properties tell of its maker: author, last editor, office, fields.

The child (`properties_child`) says which stretches of the file are replaced by what; nothing is
parsed here. Where it cannot, the file stays as it came and a sentence says so: properties are no
reason to refuse what proves a report.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from luoshi.domain.base import Sentence, say
from luoshi.office import bounded
from luoshi.office.answers import RejectedError

_PLAIN = ("text/", "image/")


@dataclass(frozen=True, slots=True)
class Stripped:
    """The bytes to keep, and what a person is told about their properties (empty: nothing)."""

    data: bytes
    told: tuple[Sentence, ...] = ()


def without_properties(data: bytes, media_type: str) -> Stripped:
    """A file that was judged, without the properties that name its maker; never raises.

    docx, xlsx, ods and odt lose author, last editor, company, manager and custom properties, every
    other part stays byte for byte. A PDF loses its /Info and its XMP, but one that is signed stays
    as it is. Old compound files and rich text keep theirs.
    """
    if media_type.startswith(_PLAIN):
        return Stripped(data)
    try:
        answer = bounded.ask({"task": "properties"}, data)
    except RejectedError:
        return Stripped(data, (say("office.properties_kept"),))
    at, pieces = 0, []
    for start, end, made in answer["splices"]:
        pieces += [data[at:start], base64.b64decode(made)]
        at = end
    told = tuple(map(bounded.sentence, answer["told"]))
    return Stripped(b"".join([*pieces, data[at:]]), told)
