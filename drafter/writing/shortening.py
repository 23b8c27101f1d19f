"""A shorter section: units that weigh least go, and what stays reads as if nothing had stood there.

What is taken out is decided over all sections together (`choose`); `compose` writes a section
without it: full stops, semicolons, connectors, periods, 一是 and 五个方面 come out right. What a
reader makes of the result is judged elsewhere.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from drafter.verification.facts.wordlists import Words
from drafter.writing.assembling import chinese, period_key
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from drafter.writing.units import (
    FIXED,
    Clause,
    Paragraph,
    Place,
    Sentence,
    Unit,
    below,
    read_clauses,
    units,
)

_COUNTED: Final = re.compile(
    r"[一二两三四五六七八九十]{1,3}"
    r"(?=[个大项条](?:方面|举措|措施|任务|问题|工作|环节|重点|抓手|行动|不足))"
)
_KEPT_WHOLE: Final = ("lead", "problems", "plan", "closing")


@dataclass(frozen=True, slots=True)
class Divided:
    """A section cut into units."""

    id: str
    kind: str
    paragraphs: tuple[Paragraph, ...]
    units: tuple[Unit, ...]
    lengths: tuple[int, ...]
    """Characters that each unit prints."""

    def clause(self, place: Place) -> Clause:
        """The clause at a place."""
        paragraph, sentence, clause = place
        return self.paragraphs[paragraph][sentence].clauses[clause]


Cut = frozenset[tuple[str, int]]
"""Units taken out: (id of the section, number of the unit)."""


def divide(
    identifier: str, kind: str, template: str, materials: Materials, words: Words
) -> Divided:
    """A section as units with their lengths."""
    paragraphs = read_clauses(template, materials)
    found = units(paragraphs, words)
    bare = Divided(identifier, kind, paragraphs, found, ())
    lengths = tuple(len(text_of(bare, number, materials)) for number in range(len(found)))
    return replace(bare, lengths=lengths)


def text_of(section: Divided, number: int, materials: Materials) -> str:
    """What a unit prints, with its marks."""
    clauses = [section.clause(place) for place in section.units[number].places]
    template = "".join(clause.body + clause.mark for clause in clauses)
    return render(template, materials).text


def candidates(
    sections: Sequence[Divided], gone: Cut, frozen: Cut, adverse: Collection[str]
) -> Iterator[tuple[tuple[object, ...], tuple[str, int]]]:
    """Units that may go next, each with what decides the order: the smallest goes first.

    Lowest weight first; among equals what speaks against the year and what would leave its
    section empty go last; then the end of the longest section.

    Args:
        sections: All of them.
        gone: What has been taken out.
        frozen: What may not be.
        adverse: Ids of rows that speak against the year.
    """
    for section in sections:
        left = [n for n in range(len(section.units)) if (section.id, n) not in gone]
        length = sum(section.lengths[number] for number in left)
        movable = set(left) - _headlines(section, left)
        for number in movable:
            tree = [one for one in below(section.units, number) if one in left]
            rank = max(section.units[one].rank for one in tree)
            held = any((section.id, one) in frozen for one in tree)
            empties = movable <= set(tree)
            if rank >= FIXED or held or (empties and section.kind in _KEPT_WHOLE):
                continue
            bad = any(row in adverse for one in tree for row in section.units[one].rows)
            yield (rank, empties, bad, -length, -number), (section.id, number)


def with_dependents(sections: Mapping[str, Divided], chosen: tuple[str, int], gone: Cut) -> Cut:
    """A unit taken out with all that cannot stand without it, and headlines left bare."""
    section = sections[chosen[0]]
    cut = gone | {(section.id, one) for one in below(section.units, chosen[1])}
    left = [n for n in range(len(section.units)) if (section.id, n) not in cut]
    bare = _headlines(section, left) - _headlines_with_body(section, left)
    had_body = _headlines_with_body(section, range(len(section.units)))
    return cut | {(section.id, number) for number in bare & had_body}


def dropped(sections: Sequence[Divided], weights: Collection[str], frozen: Cut) -> Cut:
    """All units whose weights are all among those to be dropped."""
    by_id = {section.id: section for section in sections}
    cut: Cut = frozenset()
    for section in sections:
        numbers = range(len(section.units))
        heads = _headlines(section, numbers)
        for number in numbers:
            tree = list(below(section.units, number))
            named = {one for index in tree for one in section.units[index].weights}
            held = any((section.id, one) in frozen for one in tree)
            if number not in heads and named <= set(weights) and not held:
                cut = with_dependents(by_id, (section.id, number), cut)
    return cut


def _headlines(section: Divided, numbers: Collection[int]) -> set[int]:
    """Units that open an item (一是加大投入。) and say nothing of this year themselves."""
    return {number for number in numbers if _is_headline(section, number)}


def _is_headline(section: Divided, number: int) -> bool:
    unit = section.units[number]
    paragraph, sentence, _ = unit.places[0]
    clauses = [section.clause(place) for place in unit.places]
    headed = bool(section.paragraphs[paragraph][sentence].head)
    whole = len(section.paragraphs[paragraph][sentence].clauses) == len(clauses)
    return headed and whole and not any(one.rows or one.facts for one in clauses)


def _headlines_with_body(section: Divided, numbers: Collection[int]) -> set[int]:
    """Headlines whose item holds something else."""
    items = _items(section)
    return {
        number
        for number in _headlines(section, numbers)
        if any(items[other] == items[number] for other in numbers if other != number)
    }


def _items(section: Divided) -> tuple[tuple[int, int], ...]:
    """For each unit the item it stands in: paragraph, and the last head before it (-1: none)."""
    found = []
    for unit in section.units:
        paragraph, sentence, _ = unit.places[0]
        before = section.paragraphs[paragraph][: sentence + 1]
        heads = [at for at, one in enumerate(before) if one.head]
        found.append((paragraph, heads[-1] if heads else -1))
    return tuple(found)


def compose(section: Divided, gone: Cut, words: Words) -> str:
    """The section's template without the units taken out."""
    places = {
        place
        for identifier, number in gone
        if identifier == section.id
        for place in section.units[number].places
    }
    if not places:
        return _joined(section.paragraphs)
    kept = []
    for number, paragraph in enumerate(section.paragraphs):
        cut = {(sentence, clause) for at, sentence, clause in places if at == number}
        kept.append(_paragraph(paragraph, cut, words) if cut else paragraph)
    return _joined(renumbered([one for one in kept if one], section.paragraphs))


def _joined(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(
        "".join(
            one.head + "".join(clause.body + clause.mark for clause in one.clauses)
            for one in paragraph
        )
        for paragraph in paragraphs
    )


@dataclass(slots=True)
class _Clock:
    """The period that a reader has in mind, as the text was and as it becomes."""

    before: object = "year"
    now: object = "year"


def _paragraph(paragraph: Paragraph, cut: set[tuple[int, int]], words: Words) -> Paragraph:
    clock = _Clock()
    found: list[Sentence] = []
    head = ""
    for at, sentence in enumerate(paragraph):
        # An item whose first sentence went hands its number to the next one.
        head = sentence.head or head
        kept = [n for n in range(len(sentence.clauses)) if (at, n) not in cut]
        clauses = _clauses(sentence, kept, clock, words)
        if clauses:
            found.append(Sentence(clauses, head))
            head = ""
    return tuple(found)


def _clauses(
    sentence: Sentence, kept: Sequence[int], clock: _Clock, words: Words
) -> tuple[Clause, ...]:
    found: list[Clause] = []
    whole = sentence.clauses
    for number, clause in enumerate(whole):
        stays = number in kept
        body = _dated(clause, clock, stays=stays, opening=not found)
        if not stays:
            continue
        if not found and number:
            body = _without_connector(body, words)
        following = next((other for other in kept if other > number), None)
        found.append(replace(clause, body=body, mark=_mark(whole, number, following)))
    return tuple(found)


def _mark(clauses: Sequence[Clause], number: int, following: int | None) -> str:
    own = clauses[number].mark
    if following is None:
        end = clauses[-1].mark
        fact_ends = number + 1 == len(clauses)
        return end if end or fact_ends else "。"
    if following == number + 1:
        return own
    between = [one.mark for one in clauses[number:following]]
    return "；" if "；" in between else own if own in ("，", "；") else "，"


def _dated(clause: Clause, clock: _Clock, *, stays: bool, opening: bool) -> str:
    """The clause, with its period where the one that spoke for it has gone."""
    row = clause.rows[0] if clause.rows else None
    key = period_key(row) if row is not None else None
    if clause.timed:
        own = key if row is not None and "时期" in clause.body else "year"
        clock.before = own
        if stays:
            clock.now = own
        return clause.body
    relied = key is not None and key == clock.before
    if not stays or row is None or not relied or clock.now == key:
        return clause.body
    clock.now = key
    return f"{{{{ {row.ref}.时期 }}}}{'，' if opening else ''}{clause.body}"


def _without_connector(body: str, words: Words) -> str:
    for connector in words.connectors:
        if body.startswith(connector) and body != connector:
            return body[len(connector) :].lstrip("，、")
    return body


def renumbered(paragraphs: Sequence[Paragraph], before: Sequence[Paragraph]) -> list[Paragraph]:
    """一是, 二是 … counted anew from each 一是 on; a single item has no number.

    A count that agreed with the items (五个方面) follows them.

    Args:
        paragraphs: As they are now, with the heads of before.
        before: As they were.
    """
    runs_now, runs_before = _runs(paragraphs), _runs(before)
    heads: dict[tuple[int, int], str] = {}
    for run in runs_now:
        for number, place in enumerate(run, start=1):
            heads[place] = f"{chinese(number)}是" if len(run) > 1 else ""
    counts = _new_counts(runs_before, runs_now)
    return [
        tuple(
            replace(
                sentence,
                head=heads.get((at, index), sentence.head),
                clauses=tuple(_counted(clause, counts) for clause in sentence.clauses),
            )
            for index, sentence in enumerate(paragraph)
        )
        for at, paragraph in enumerate(paragraphs)
    ]


def counted_through(template: str, materials: Materials) -> str:
    """All items of a section as one run: 一是, 二是 of a second text go on after the first."""
    paragraphs = read_clauses(template, materials)
    number, found = 0, []
    for paragraph in paragraphs:
        sentences = []
        for sentence in paragraph:
            number += bool(sentence.head)
            head = f"{chinese(number)}是" if sentence.head else ""
            sentences.append(replace(sentence, head=head))
        found.append(tuple(sentences))
    return _joined(found)


def _runs(paragraphs: Sequence[Paragraph]) -> list[list[tuple[int, int]]]:
    """Items that are counted together, over paragraphs."""
    runs: list[list[tuple[int, int]]] = []
    last = 0
    for at, paragraph in enumerate(paragraphs):
        for index, sentence in enumerate(paragraph):
            if not sentence.head:
                continue
            number = _value(sentence.head[:-1])
            if not runs or number <= last:
                runs.append([])
            runs[-1].append((at, index))
            last = number
    return runs


def _value(digits: str) -> int:
    return next((number for number in range(1, 100) if chinese(number) == digits), 0)


def _new_counts(
    before: Sequence[Sequence[object]], now: Sequence[Sequence[object]]
) -> dict[str, str]:
    """三 -> 二 where the only run of items has lost one."""
    if len(before) != 1 or len(now) > 1:
        return {}
    old, new = len(before[0]), len(now[0]) if now else 0
    if old < 2 or new < 1 or old == new:
        return {}
    said = {2: ("二", "两")}  # 两个方面, not 二个方面
    now_said = said.get(new, (chinese(new),))[-1]
    return dict.fromkeys(said.get(old, (chinese(old),)), now_said)


def _counted(clause: Clause, counts: Mapping[str, str]) -> Clause:
    if not counts:
        return clause
    parts = re.split(r"(\{\{.*?\}\})", clause.body)
    body = "".join(
        part
        if part.startswith("{{")
        else _COUNTED.sub(lambda found: counts.get(found[0], found[0]), part)
        for part in parts
    )
    return replace(clause, body=body)
