"""What the verifier does not accept leaves the draft: sentence by sentence, never silently.

A sentence with an open number is taken out; its rows are told again by a plain frame, and if
that too stays open, they are listed. Facts are the office's own words: a sentence tied to a
fact stays and its number is marked instead.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.records.claim import Finding
from drafter.records.draft import Rendering
from drafter.writing.frames import paragraph
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from drafter.writing.sentences import Origin, SentenceTemplate, sentence_templates

_POINT = re.compile(r"^([一二三四五六七八九十]{1,2})是")
_TRANSITION = re.compile("现将.{0,60}如下")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@dataclass(frozen=True, slots=True)
class Mended:
    """A section after mending: its template, and the sentences that had to go."""

    template: str
    origins: tuple[Origin | None, ...]
    removed: tuple[str, ...]
    """Rendered text of the sentences taken out."""
    told_again: tuple[str, ...]
    """Names of rows that a plain frame tells instead."""


def mend(
    template: str,
    origins: Sequence[Origin | None],
    findings: Sequence[Finding],
    materials: Materials,
    *,
    tried: frozenset[str] = frozenset(),
) -> Mended:
    """Takes the sentences with blocking open findings out of a section.

    Args:
        template: The section.
        origins: For its printing references.
        findings: Of its rendered text; offsets in that text.
        materials: This year's rows and facts.
        tried: Names of rows that a plain frame has told already; they are not tried again.
    """
    pieces = sentence_templates(template, origins)
    kept: list[SentenceTemplate] = []
    removed: list[str] = []
    lost: dict[str, None] = {}
    at = 0
    for piece in pieces:
        text = _render(piece, materials).text
        inside = [one for one in findings if at <= one.start < at + len(text)]
        at += len(text)
        if not any(one.is_open and one.blocking for one in inside) or piece.facts:
            kept.append(piece)
            continue
        removed.append(text.strip())
        lost.update(dict.fromkeys(piece.rows))
        if text.endswith("\n") and kept and not kept[-1].template.endswith("\n"):
            kept.append(SentenceTemplate("\n", (), (), ()))
    told = {name for piece in kept for name in piece.rows}
    again = tuple(name for name in lost if name not in told and name not in tried)
    origin_of = _origins_by_row(pieces)
    return _joined(kept, removed, again, origin_of, materials)


def _render(piece: SentenceTemplate, materials: Materials) -> Rendering:
    return render(piece.template, materials, piece.origins)


def _origins_by_row(pieces: Sequence[SentenceTemplate]) -> dict[str, Origin]:
    """The place in the precedent that a row's first reference replaced."""
    found: dict[str, Origin] = {}
    for piece in pieces:
        places = [origin for origin in piece.origins if origin is not None]
        if len(piece.rows) == 1 and places:
            found.setdefault(piece.rows[0], places[0])
    return found


def _joined(
    kept: Sequence[SentenceTemplate],
    removed: Sequence[str],
    again: tuple[str, ...],
    origin_of: dict[str, Origin],
    materials: Materials,
) -> Mended:
    rows = [row for name in again if (row := materials.row(name)) is not None]
    plain = paragraph(rows, materials, fresh=False) if rows else ""
    # Nothing follows the transition to the parts (现将…总结如下).
    ends = bool(kept) and _TRANSITION.match(kept[-1].template) is not None
    before, last = (kept[:-1], kept[-1:]) if ends else (kept, kept[:0])
    template = renumbered("".join(piece.template for piece in before).rstrip("\n"))
    closing = "".join(piece.template for piece in last).rstrip("\n")
    origins = tuple(origin for piece in before for origin in piece.origins)
    extra: list[Origin | None] = []
    for piece in sentence_templates(plain):
        place = origin_of.get(piece.rows[0]) if len(piece.rows) == 1 else None
        extra += [place, *(None for _ in piece.origins[1:])] if piece.origins else []
    origins_of_last = tuple(origin for piece in last for origin in piece.origins)
    return Mended(
        template + plain + closing, (*origins, *extra, *origins_of_last), tuple(removed), again
    )


def renumbered(template: str) -> str:
    """一是, 二是… counted anew from each 一是 on, after sentences between them have gone."""
    pieces, number = [], 0
    for piece in sentence_templates(template):
        match = _POINT.match(piece.template)
        if match is None:
            pieces.append(piece.template)
            continue
        number = 1 if match[1] == "一" else number + 1
        point = _NUMERALS[number - 1] if number <= len(_NUMERALS) else match[1]
        pieces.append(_POINT.sub(f"{point}是", piece.template))
    return "".join(pieces)
