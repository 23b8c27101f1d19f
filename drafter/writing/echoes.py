"""A counted noun said on both sides of its figure: 上云企业18家企业 keeps the first."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from drafter.writing.carrying import Piece, Slot

_LONGEST: Final = 6
_COUNTED: Final = re.compile(r"[\u4e00-\u9fff]{2,}$")


def without_echo(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a clause without a noun that already stands before the figure.

    Only where the noun ends its clause: 企业20家企业，; in 企业20家企业集团 it is another word.
    """
    found: list[Piece] = list(pieces[:1])
    for index, (before, piece) in enumerate(pairwise(pieces), start=1):
        said = pieces[index - 2] if index > 1 else ""
        ends = index + 1 == len(pieces) or str(pieces[index + 1])[:1] in "，。；"
        if isinstance(before, Slot) and before.field == "value" and isinstance(said, str):
            noun = piece if isinstance(piece, str) and ends else ""
            if len(noun) <= _LONGEST and _COUNTED.match(noun) and said.endswith(noun):
                continue
        found.append(piece)
    return tuple(found)
