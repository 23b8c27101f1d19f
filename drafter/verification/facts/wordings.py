"""Policy wording binds to the character: what a fact supersedes is an error, a changed 提法 too."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from drafter.records.claim import Finding
from drafter.verification.facts.lexicon import fold
from drafter.verification.facts.placement import line_at, lines_of
from drafter.verification.facts.points import FactPoint
from drafter.verification.facts.sources import Source, pairs_of
from drafter.verification.facts.surroundings import Surroundings, judged

_QUOTED: Final = re.compile(r"[“「]([^“”「」]{2,60})[”」]")
_SHORTEST: Final = 6
"""Shorter wording is not looked for in changed form: too much is like it."""
_ALIKE: Final = 0.6
_BODY: Final = 6
"""Characters before a wording in which its body is named."""
_WIDTH: Final = 3
"""Characters by which a changed wording may be shifted."""


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text folded character by character, with the place of each kept one."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def judge_wordings(around: Surroundings) -> list[Finding]:
    """Findings on superseded, kept and changed wording, wherever it stands in the text."""
    folded = _fold(around.text)
    found: list[Finding] = []
    for source in around.sources.all:
        fact = source.fact
        if fact is None:
            continue
        for old in superseded(fact.supersedes):
            found += _stale(old, source, folded, around)
        if fact.kind == "提法":
            found += _kept(binding_words(fact.title, fact.text), source, folded, around)
    return found


def superseded(written: str) -> tuple[str, ...]:
    """The wording that a cell 替代 names: its quoted terms, else each of its parts."""
    quoted = _QUOTED.findall(written)
    return tuple(quoted or [part for part in re.split("[；;\n]", written) if part.strip()])


def binding_words(title: str, text: str) -> str:
    """What of a 提法 must stand to the character: its quoted term, else its title or text."""
    quoted = _QUOTED.findall(title) or _QUOTED.findall(text)
    return quoted[0] if quoted else title or text


def _stale(old: str, source: Source, folded: _Folded, around: Surroundings) -> Iterator[Finding]:
    words = fold(old)
    fact = source.fact
    new = binding_words(fact.title, fact.text) if fact else ""
    for at in _occurrences(words, folded.text):
        point = _point(folded.span(at, at + len(words)), old, around)
        message = f"“{old}”已由{source.label}替代，应为“{new}”"
        yield judged(point, "contradicted", message, source=source, rule="L14", expected=new)


def _kept(words: str, source: Source, folded: _Folded, around: Surroundings) -> Iterator[Finding]:
    name = fold(words)
    if len(name) < 2:
        return
    exact = list(_occurrences(name, folded.text))
    for at in exact:
        point = _point(folded.span(at, at + len(name)), words, around)
        yield judged(point, "supported", f"与{source.label}一字不差", source=source)
        yield from _issuer(point, source, around)
    if len(name) < _SHORTEST:
        return
    for start, end in _changed(name, folded.text):
        if any(start < at + len(name) and at < end for at in exact):
            continue
        point = _point(folded.span(start, end), words, around)
        message = f"提法应为“{words}”，一字不可改（{source.label}）"
        yield judged(point, "contradicted", message, source=source, rule="L23", expected=words)


def _issuer(point: FactPoint, source: Source, around: Surroundings) -> Iterator[Finding]:
    """Whose wording it is, where a body stands right before it: 县委“…”."""
    before = max(0, point.start - _BODY)
    for found in around.lexicon.level_pattern.finditer(around.text, before, point.start):
        level = around.lexicon.levels.get(found[0])
        near = found.end() >= point.start - 2
        if near and level and source.levels and level not in source.levels:
            message = f"{source.label}不是{found[0]}的提法"
            yield judged(
                point,
                "contradicted",
                message,
                source=source,
                rule="L30",
                place=found.span(),
                text=found[0],
            )


def _changed(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Stretches that hold most pairs of a wording nearly in place."""
    places = defaultdict(list)
    for at, pair in enumerate(pairs_of(name)):
        places[pair].append(at)
    hits: dict[int, set[int]] = defaultdict(set)
    for at in range(len(text) - 1):
        for own in places.get(text[at : at + 2], ()):
            for shift in range(-_WIDTH, _WIDTH + 1):
                hits[at - own + shift].add(own)
    needed = _ALIKE * (len(name) - 1)
    last = -len(name)
    for start in sorted(hits):
        if len(hits[start]) >= needed and start >= last + len(name):
            last = max(0, start + _WIDTH)
            yield last, min(len(text), last + len(name))


def _occurrences(words: str, text: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _fold(text: str) -> _Folded:
    alone = {char: fold(char) for char in set(text)}
    kept = [alone[char] for char in text]
    return _Folded("".join(kept), tuple(at for at, char in enumerate(kept) for _ in char))


def _point(span: tuple[int, int], words: str, around: Surroundings) -> FactPoint:
    start, end = span
    return FactPoint(
        start=start,
        end=end,
        text=around.text[start:end],
        kind="wording",
        name=words,
        clause=span,
        line=line_at(lines_of(around.text), start),
    )


def covered(point: FactPoint, found: Sequence[Finding]) -> bool:
    """A finding on wording stands at the place of a point already."""
    return any(one.start < point.end and point.start < one.end for one in found)
