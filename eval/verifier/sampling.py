"""Draws mutants, rewritten texts and random values from clean texts, repeatably."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.verifier.judging import Task
from eval.verifier.mutation import Change, Corruption
from eval.verifier.numbers import invented
from eval.verifier.operators import CORRUPTIONS, SLIPS
from eval.verifier.rewritings import REWRITINGS
from eval.verifier.scenes import Case, Scene

_IDLE = 400
"""So many draws in vain, and an operator has no more mutants to give."""
_TOGETHER = 12
"""At most so many rewritings in one text."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text to judge, and what made it."""

    operator: str
    task: Task


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn; `not_false` counts mutants dropped, by operator."""

    drawn: tuple[Drawn, ...]
    not_false: Counter[str]


def draw_mutants(scenes: Sequence[Scene], wanted: int, chance: random.Random) -> Sample:
    """Different mutants, all false by the proof's own check, as evenly by operator as they last.

    Slips (元 left out) come on top, a fiftieth of the mutants.
    """
    drawn, dropped = _draw(scenes, CORRUPTIONS, wanted, chance)
    slips, _ = _draw(scenes, SLIPS, max(1, wanted // 50), chance)
    return Sample((*_tasks(drawn, slip=False), *_tasks(slips, slip=True)), dropped)


_Draw = tuple[str, int, Change]


def _draw(
    scenes: Sequence[Scene], operators: Sequence[Corruption], wanted: int, chance: random.Random
) -> tuple[list[_Draw], Counter[str]]:
    cases = [Case(scene, claim, chance) for scene in scenes for claim in scene.claims]
    # Few claims stand in a list or beside a whole: each operator is tried on all of them once.
    apt = {one: [case for case in cases if one(case) is not None] for one in operators}
    active = [one for one in operators if apt[one]]
    found: dict[_Draw, None] = {}
    untrue: set[_Draw] = set()
    while active and len(found) < wanted:
        for operator in tuple(active):
            if not _add_one(operator, apt[operator], found, untrue, chance):
                active.remove(operator)
            if len(found) == wanted:
                break
    return list(found), Counter(name for name, _, _ in untrue)


def _add_one(
    operator: Corruption,
    cases: Sequence[Case],
    found: dict[_Draw, None],
    untrue: set[_Draw],
    chance: random.Random,
) -> bool:
    """One more mutant that is new and false; not, where the operator has none left."""
    for _ in range(_IDLE):
        case = chance.choice(cases)
        mutation = operator(case)
        if mutation is None:
            continue
        one = (operator.__name__, case.scene.number, mutation.change)
        if not mutation.false:
            untrue.add(one)
        elif one not in found:
            found[one] = None
            return True
    return False


def _tasks(drawn: Sequence[_Draw], *, slip: bool) -> list[Drawn]:
    return [
        Drawn(name, Task(pair, (change,), "slip" if slip else "mutant"))
        for name, pair, change in drawn
    ]


def draw_random(scenes: Sequence[Scene], wanted: int, chance: random.Random) -> Sample:
    """Random values in the places of claims, all false by the proof's own check."""
    drawn, dropped = _draw(scenes, (invented,), wanted, chance)
    return Sample(tuple(_tasks(drawn, slip=False)), dropped)


def draw_rewritings(
    scenes: Sequence[Scene], claims: int, chance: random.Random
) -> tuple[Drawn, ...]:
    """Rewritten texts that hold at least so many claims together, evenly by rewriting.

    Each text is rewritten at a random choice of the places where its rewriting applies.
    """
    apt = {(one, scene.number): list(one(scene)) for one in REWRITINGS for scene in scenes}
    turns = [(one, scene) for one in REWRITINGS for scene in scenes if apt[one, scene.number]]
    chance.shuffle(turns)  # a short run tries a little of everything
    found: dict[tuple[str, Task], None] = {}
    total, idle = 0, 0
    while turns and total < claims and idle < _IDLE:
        for operator, scene in turns:
            changes = _choose(apt[operator, scene.number], chance)
            one = (operator.__name__, Task(scene.number, changes, "rewriting"))
            idle = idle + 1 if one in found else 0
            if one not in found and total < claims:
                found[one] = None
                total += len(scene.claims)
    return tuple(Drawn(name, task) for name, task in found)


def _choose(changes: Sequence[Change], chance: random.Random) -> tuple[Change, ...]:
    """Some of the changes, in order of place, none overlapping another."""
    picked = chance.sample(changes, min(len(changes), chance.randint(1, _TOGETHER)))
    chosen: list[Change] = []
    for one in sorted(picked, key=lambda change: (change.start, change.end)):
        if not chosen or (one.start >= chosen[-1].end and one.start > chosen[-1].start):
            chosen.append(one)
    return tuple(chosen)
