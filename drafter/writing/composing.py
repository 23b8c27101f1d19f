"""Parts of a section as templates with their origins, set together and measured.

A part is a template whose k-th printing reference replaces the numeral at `origins[k]` of the
precedent. Parts come from carried clauses, from frames for uncovered rows and from facts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from drafter.records.draft import Wording
from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.writing.absorbing import absorb
from drafter.writing.assembling import Sentence
from drafter.writing.carrying import Slot, template_of
from drafter.writing.echoes import without_echo
from drafter.writing.frames import paragraph
from drafter.writing.phrases import FIELD_NAMES, is_mishap
from drafter.writing.precedent import Origin
from drafter.writing.references import Materials, Reference, parse
from drafter.writing.rendering import render

Origins = Mapping[tuple[str, str], Origin]
"""(id of a row, field of the contract) -> the precedent's numeral that was not carried."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a section's template."""

    template: str
    origins: tuple[Origin | None, ...] = ()
    rows: tuple[str, ...] = ()
    """Ids of the rows that it prints."""
    wordings: tuple[Wording, ...] = ()
    """Past clauses that its words stem from."""

    def __bool__(self) -> bool:
        return bool(self.template)


def joined(parts: Iterable[Part], by: str = "") -> Part:
    """Parts one after the other; empty ones leave no gap."""
    kept = [part for part in parts if part]
    return Part(
        by.join(part.template for part in kept),
        tuple(origin for part in kept for origin in part.origins),
        tuple(dict.fromkeys(row for part in kept for row in part.rows)),
        tuple(dict.fromkeys(one for part in kept for one in part.wordings)),
    )


def carried_part(sentences: Sequence[Sentence], materials: Materials) -> Part:
    """Carried sentences of one paragraph; words that references print are absorbed."""
    pieces = without_echo([piece for one in sentences for piece in (one.head, *one.pieces)])
    origins = tuple(
        piece.origin for piece in pieces if isinstance(piece, Slot) and "据." not in piece.source
    )
    template = absorb(template_of(tuple(pieces)), materials)
    wordings = tuple(wording for one in sentences for wording in one.wordings)
    return Part(template, origins, _printed_rows(template, materials), wordings)


def framed_part(
    rows: Sequence[Indicator], materials: Materials, origins: Origins, *, fresh: bool = True
) -> Part:
    """Rows that no clause covers, by the house's own frames.

    Args:
        rows: In the table's order.
        materials: This year's rows and facts.
        origins: Numerals of the precedent whose clauses were not carried.
        fresh: Nothing stands before in the paragraph.
    """
    return replacing(paragraph(rows, materials, fresh=fresh), origins, materials)


def replacing(template: str, origins: Origins, materials: Materials) -> Part:
    """A template whose references take the place of numerals that were not carried."""
    left = dict(origins)
    found: list[Origin | None] = []
    for piece in parse(template).pieces:
        if isinstance(piece, Reference) and piece.prints:
            row = materials.row(piece.name)
            key = (row.id if row else "", FIELD_NAMES.get(piece.field, ""))
            found.append(left.pop(key, None))
    return Part(template, tuple(found), _printed_rows(template, materials))


def fact_part(fact: Fact, materials: Materials) -> Part:
    """A fact as a sentence of its own, set as written."""
    ref = materials.fact_ref(fact.id)
    end = "" if fact.text.rstrip().endswith(("。", "！", "？")) else "。"
    if end:
        return Part(f"{{{{ {ref}.要点 }}}}{{{{ 据.{ref} }}}}。", (None,))
    return Part(f"{{{{ {ref}.要点 }}}}{{{{ 据.{ref} }}}}", (None,))


def plain(template: str, materials: Materials) -> Part:
    """A template of the house's own words."""
    prints = [
        piece for piece in parse(template).pieces if isinstance(piece, Reference) and piece.prints
    ]
    return Part(template, (None,) * len(prints), _printed_rows(template, materials))


def _printed_rows(template: str, materials: Materials) -> tuple[str, ...]:
    names = [
        name
        for piece in parse(template).pieces
        if isinstance(piece, Reference) and piece.kind in ("row", "call") and piece.field != "时期"
        for name in (piece.arguments or (piece.name,))
    ]
    rows = [materials.row(name) for name in names]
    return tuple(dict.fromkeys(row.id for row in rows if row))


def carried_share(part: Part, materials: Materials) -> float:
    """How much of a part's text is routine measures taken over, from 0 to 1."""
    rendering = render(part.template, materials)
    if not rendering.text:
        return 0.0
    carried = sum(span.end - span.start for span in rendering.spans if span.kind == "carried")
    return carried / len(rendering.text)


def is_nought(row: Indicator) -> bool:
    """Its value is zero."""
    return row.value is not None and row.value.number.value == 0


def mishaps(
    rows: Sequence[Indicator], told: Collection[str], materials: Materials
) -> tuple[Part, ...]:
    """全年未发生一起较大事故: rows of what nobody wants that are zero and not told yet."""
    refs = [
        row.ref
        for row in rows
        if is_nought(row) and is_mishap(row) and row.weight != "备查" and row.id not in told
    ]
    return tuple(plain(f"{{{{ {ref}.时期 }}}}{{{{ {ref}.未发生 }}}}。", materials) for ref in refs)
