"""A clause that tells two facts at once: 印发《甲》和《乙》, each part borne out by a fact of its own.

The parts are held against the facts one by one, each with the clause's own subject and verb, so that
neither level nor stage nor name can pass from one to the other; the facts must have one subject.
"""

import re
from collections.abc import Sequence
from typing import Final

from drafter.verification.facts.lexicon import fold
from drafter.verification.facts.objections import Telling, objections, unlicensed
from drafter.verification.facts.points import FactPoint
from drafter.verification.facts.sources import Source
from drafter.verification.facts.surroundings import Surroundings

_JOINT: Final = re.compile(
    r"(?:、|以及|和|与|及|并|(?<=》)(?=《)|(?<=”)(?=“))(?![^“]*”)(?![^《]*》)(?![^（]*）)"
)
_MOST_PARTS: Final = 4
_LONGEST: Final = 200
"""Characters of a clause that is still read for parts."""
_TELLS: Final = 0.5
"""Likeness from which on a part tells a fact."""
_MARKS: Final = " 　，。；：、！？\n"


def union_of(
    point: FactPoint, candidates: Sequence[Source], around: Surroundings
) -> tuple[Source, ...]:
    """The facts that together bear out the clause of an honour or doing; none if they do not."""
    facts = [one for one in candidates if one.fact is not None]
    cue_end = _cue_end(point)
    if cue_end is None or len(facts) < 2:
        return ()
    for parts in _partings(around.masked(cue_end, point.clause[1])):
        chosen = [_source_of(part, point, cue_end, facts, around) for part in parts]
        found = tuple(dict.fromkeys(one for one in chosen if one is not None))
        if None not in chosen and len(found) > 1 and _one_subject(point, found, around):
            return found
    return ()


def _cue_end(point: FactPoint) -> int | None:
    """Where the verb ends: what was awarded or done stands behind it."""
    if point.kind == "honour":
        at = point.text.find(point.name)
        return point.start + at if at > 0 else None
    return point.start + len(point.name)


def _partings(rest: str) -> list[list[str]]:
    """The objects of a verb, cut at all joints, or at one of them where names hold joints too."""
    text = rest.strip(_MARKS)
    joints = list(_JOINT.finditer(text)) if len(text) <= _LONGEST else []
    if not 0 < len(joints) < _MOST_PARTS:
        return []
    every = [text[a:b] for a, b in _stretches(text, joints)]
    single = [[text[: one.start()], text[one.end() :]] for one in joints]
    return [every, *single] if len(joints) > 1 else [every]


def _stretches(text: str, joints: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    starts = [0, *(one.end() for one in joints)]
    ends = [*(one.start() for one in joints), len(text)]
    return list(zip(starts, ends, strict=True))


def _source_of(
    part: str, point: FactPoint, cue_end: int, facts: Sequence[Source], around: Surroundings
) -> Source | None:
    """The fact that says subject, verb and this part alone."""
    head = around.masked(point.clause[0], cue_end)
    telling = Telling(
        clause=head + part,
        sentence=head + part,
        masked=head + part,
        award=part if point.kind == "honour" else "",
        licence="",
    )
    bearing = [
        (around.likeness(part, one), one)
        for one in facts
        if not objections(telling, one, around.lexicon)
    ]
    likely = [pair for pair in bearing if pair[0] >= _TELLS]
    return max(likely, key=lambda pair: pair[0])[1] if likely else None


def _one_subject(point: FactPoint, sources: Sequence[Source], around: Surroundings) -> bool:
    """All facts say this verb behind the same subject, or behind none."""
    return len({_subject(point, one, around) for one in sources}) == 1


def _subject(point: FactPoint, source: Source, around: Surroundings) -> str:
    """What a fact has before the verb, '' where that is the bureau itself."""
    text = source.fact.text if source.fact else ""
    points = [one for one in source.points if one.kind == point.kind]
    head = fold(text[: points[0].start]) if points else fold(text)
    return head if unlicensed(head, "", around.lexicon) else ""
