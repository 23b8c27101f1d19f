"""A section laid out: where its sentences and references stand, in the template and in the text."""

from bisect import bisect_right
from collections.abc import Iterator

from drafter.writing.linking import Place
from drafter.writing.phrases import is_estimate
from drafter.writing.references import Materials, Reference
from drafter.writing.rendering import Placed, lay_out
from drafter.writing.sentences import SENTENCE_END, sentence_places


class LaidOut:
    """The section as it was: its text, its sentences, its references by sentence."""

    def __init__(self, template: str, materials: Materials) -> None:
        self.template, self.materials = template, materials
        self.text, self.placed = lay_out(template, materials)
        self.stretches = sentence_places(template)
        ends = list(self._ends())
        self.units = tuple(zip([0, *ends[:-1]], ends, strict=True)) if ends else ()
        self._by_unit: list[list[Placed]] = [[] for _ in self.stretches]
        starts = [start for start, _ in self.stretches]
        for one in self.placed:
            if isinstance(one.piece, Reference) and one.piece.kind != "brace":
                self._by_unit[bisect_right(starts, one.piece.start) - 1].append(one)

    def _ends(self) -> Iterator[int]:
        """Where each sentence ends in the text: behind a piece, or within one of prose.

        预计 is put in behind the last full stop of a piece, so the way from its start is whole.
        """
        number = 0
        for _, end in self.stretches:
            while self.placed[number].piece.end < end:
                number += 1
            one = self.placed[number]
            whole = one.piece.end == end
            yield one.end if whole else one.start + end - one.piece.start

    @property
    def references(self) -> list[Placed]:
        """All that prints something."""
        return [one for one in self.placed if is_printed(one)]

    def of_unit(self, number: int) -> list[Placed]:
        """References, ties and marks of a sentence, in order."""
        return self._by_unit[number]

    def said(self, placed: Placed) -> str:
        """What a reference prints."""
        return self.text[placed.start : placed.end]

    def whole(self) -> list[str]:
        """What references print that has full stops inside."""
        return [said for one in self.references if SENTENCE_END.search(said := self.said(one))]


def is_printed(placed: Placed) -> bool:
    """It is a reference that prints something."""
    return isinstance(placed.piece, Reference) and placed.piece.prints


def is_carried(placed: Placed) -> bool:
    """It marks a clause that our own writer took over."""
    return isinstance(placed.piece, Reference) and placed.piece.kind == "carried"


def source_of(placed: Placed) -> str:
    """The reference as templates have it."""
    assert isinstance(placed.piece, Reference)  # noqa: S101 - of those that `of_unit` returns
    return placed.piece.source


def place_of(placed: Placed, shift: int, materials: Materials) -> Place:
    """A reference of the old template at its place in the new text."""
    piece = placed.piece
    assert isinstance(piece, Reference)  # noqa: S101 - of those that `of_unit` returns
    row = materials.row(piece.name) if piece.kind == "row" else None
    fact = materials.fact(piece.name) if piece.kind == "fact" else None
    found = row or fact
    operands = [materials.row(name) for name in piece.arguments]
    estimated = any(one is not None and is_estimate(one) for one in (row, *operands))
    return Place(
        placed.start + shift,
        placed.end + shift,
        piece.source,
        found.id if found else "",
        piece.field or piece.name,
        None if placed.estimate is None else placed.estimate + shift,
        is_estimate=estimated,
    )
