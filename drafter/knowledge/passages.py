"""Past summaries to passages: one for each paragraph of a section, long ones cut.

A passage carries its text twice: masked, for embedding and for models, and as it was, for
the offline writer alone. Headings are masked too, since they are shown beside the text.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence

from drafter.numerals.masking import PLACEHOLDER, mask
from drafter.numerals.segments import clauses, sentences
from drafter.records.passage import Passage
from drafter.records.summary import PastSummary, SummarySection

LIMIT = 300
"""Characters of a passage; a paragraph of the genre has 80 to 900."""
_WORD = re.compile(r"\w")


def passages_of(summary: PastSummary, *, document: str, source: str) -> tuple[Passage, ...]:
    """The passages of a past summary, in the order of its text.

    Args:
        summary: The summary; its organisation and year are taken over.
        document: Identifies the document; the passages' ids begin with it.
        source: The file as people know it, for showing where a passage comes from.

    Returns:
        One passage for each paragraph, or several where it is longer than `LIMIT`; none for
        what has no word beside its figures.
    """
    pieces = [
        (section, piece, mask(piece))
        for section in summary.walk()
        for paragraph in section.paragraphs
        for piece in cut(paragraph.text)
    ]
    telling = [entry for entry in pieces if _WORD.search(PLACEHOLDER.sub("", entry[2]))]
    return tuple(
        Passage(
            id=f"{document}-{number:04d}",
            masked=masked,
            text=piece,
            organisation=summary.organisation,
            year=summary.year,
            section=_heading(section),
            path=tuple(mask(heading) for heading in section.path),
            source=source,
        )
        for number, (section, piece, masked) in enumerate(telling)
    )


def _heading(section: SummarySection) -> str:
    return mask(section.heading.text) if section.heading else ""


def cut(text: str, *, limit: int = LIMIT) -> tuple[str, ...]:
    """The text in pieces of about `limit` characters, cut where sentences end.

    A sentence longer than the limit is cut where clauses end; a clause is never cut. Nothing
    but outer blanks is lost, and pieces are filled evenly rather than to the brim.
    """
    units = [unit for sentence in _parts(text, sentences(text)) for unit in _fit(sentence, limit)]
    target = _even(sum(map(len, units)), limit)
    pieces: list[str] = []
    for unit in units:
        if pieces and len(pieces[-1]) < target and len(pieces[-1]) + len(unit) <= limit:
            pieces[-1] += unit
        else:
            pieces.append(unit)
    return tuple(piece.strip() for piece in pieces if piece.strip())


def _even(length: int, limit: int) -> int:
    """How long a piece is when `length` characters are shared out evenly."""
    count = max(1, -(-length // limit))
    return -(-length // count)


def _fit(sentence: str, limit: int) -> Iterator[str]:
    """The sentence, or its clauses where it is longer than the limit."""
    if len(sentence) <= limit:
        yield sentence
    else:
        yield from _parts(sentence, clauses(sentence))


def _parts(text: str, stretches: Sequence[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in stretches]


def embedded_text(passage: Passage) -> str:
    """What of a passage is embedded and indexed: its headings and its masked text."""
    return "\n".join((*passage.path, passage.masked))


def content_hash(passage: Passage) -> str:
    """Hash over all that a passage says and where it stands; equal hash, equal passage."""
    content = [passage.organisation, passage.year, *passage.path, passage.text, passage.masked]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
