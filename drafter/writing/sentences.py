"""A section's template cut into sentences, so that one of them can be judged and taken out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from drafter.writing.references import Prose, Reference, parse

Origin = tuple[int, int]

SENTENCE_END = re.compile(r"[。！？][”’）】]*|\n")


LONGEST_SENTENCE = 4_000
"""Characters without a full stop: nobody writes more, and the verifier takes its time for them."""


@dataclass(frozen=True, slots=True)
class SentenceTemplate:
    """A sentence of a section: its template, and the origins of its printing references."""

    template: str
    origins: tuple[Origin | None, ...]
    rows: tuple[str, ...]
    """Names of the rows that it refers to."""
    facts: tuple[str, ...]
    """Names of the facts that it prints or is tied to."""


def sentence_templates(
    template: str, origins: Sequence[Origin | None] = ()
) -> tuple[SentenceTemplate, ...]:
    """The sentences of a section's template, in order; joined they are the template again."""
    found: list[SentenceTemplate] = []
    printed = 0
    for stretch in _stretches(template):
        references = [one for one in parse(stretch).pieces if isinstance(one, Reference)]
        printing = [one for one in references if one.prints]
        own = tuple(origins[printed : printed + len(printing)])
        printed += len(printing)
        found.append(
            SentenceTemplate(
                stretch,
                own + (None,) * (len(printing) - len(own)),
                tuple(dict.fromkeys(_row_names(references))),
                tuple(
                    dict.fromkeys(
                        one.field if one.kind == "evidence" else one.name
                        for one in references
                        if one.kind in ("evidence", "fact")
                    )
                ),
            )
        )
    return tuple(found)


def _row_names(references: Sequence[Reference]) -> Iterator[str]:
    for one in references:
        if one.kind == "row":
            yield one.name
        elif one.kind == "call":
            yield from one.arguments


def sentence_places(template: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a template stand in it, in order; they cover it without gap.

    They are those of `sentence_templates`, so that the k-th of these is the k-th of those.
    """
    found, at = [], 0
    for stretch in _stretches(template):
        found.append((at, at + len(stretch)))
        at += len(stretch)
    return tuple(found)


def longest_sentence(text: str) -> int:
    """Characters of the longest sentence of a text."""
    ends = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    return max(end - start for start, end in pairwise(ends))


def _stretches(template: str) -> Iterator[str]:
    """Cuts behind full stops and newlines of the prose, never inside a reference."""
    start = 0
    for piece in parse(template).pieces:
        if not isinstance(piece, Prose):
            continue
        for end in SENTENCE_END.finditer(template, piece.start, piece.end):
            yield template[start : end.end()]
            start = end.end()
    if start < len(template):
        yield template[start:]
