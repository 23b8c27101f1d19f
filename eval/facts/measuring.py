"""Runs operators over told facts and counts escapes and false alarms, by operator."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from drafter.records.claim import Finding
from drafter.verification import verify
from eval.facts.changes import CORRUPTIONS, REWRITINGS, Case, Operator
from eval.facts.falsity import is_false
from eval.facts.worlds import World, all_worlds
from eval.shares import interval

_IDLE = 400
"""Draws without a mutant after which an operator has no more."""


@dataclass(slots=True)
class Tally:
    """What one operator did."""

    tried: int = 0
    failed: int = 0
    told_only: int = 0
    """Of corruptions: found open, but of a kind that alone does not fail a text."""
    dropped: int = 0
    examples: list[str] = field(default_factory=list)


class Judge:
    """Knows what is open in the clean worlds, so that only what is new counts."""

    def __init__(self) -> None:
        self._clean: dict[str, Counter[tuple[str, str | None]]] = {}

    def new_open(self, world: World, text: str) -> list[Finding]:
        """Open findings that the world's clean text does not have."""
        clean = Counter(self.clean(world))
        found = []
        for one in _open(world, text):
            key = (one.text, one.field)
            if clean[key]:
                clean[key] -= 1
            else:
                found.append(one)
        return found

    def clean(self, world: World) -> Counter[tuple[str, str | None]]:
        """What is open in a clean world, by words and kind."""
        if world.name not in self._clean:
            told = Counter((one.text, one.field) for one in _open(world, world.text))
            self._clean[world.name] = told
        return self._clean[world.name]


def _open(world: World, text: str) -> list[Finding]:
    report = verify(text, world.table, world.facts)
    return [one for one in report.findings if one.is_open and (one.kind == "fact" or one.blocking)]


def report(*, mutants: int, invented: int, seed: int) -> Iterator[str]:
    """Lines of the proof: clean texts, escapes by corruption, false alarms by rewriting.

    Args:
        mutants: How many corruptions; as many rewritings are tried as a half of that.
        invented: How many invented years stand beside the sample's texts.
        seed: Makes the run repeatable.
    """
    worlds = all_worlds(invented, seed)
    judge, chance = Judge(), random.Random(seed)  # noqa: S311 - repeatable, no secret
    yield f"worlds {len(worlds)}, told facts {sum(len(one.told()) for one in worlds)}"
    for world in worlds[:2]:
        yield f"  {world.name}: open in the clean text {sum(judge.clean(world).values())}"
    clean = sum(sum(judge.clean(world).values()) for world in worlds[2:])
    yield f"  invented years: open in the clean texts {clean}"
    yield from _table("escapes", _run(worlds, CORRUPTIONS, mutants, chance, judge, harm=True))
    yield from _table("false alarms", _run(worlds, REWRITINGS, mutants // 2, chance, judge))


def _run(
    worlds: Sequence[World],
    operators: Sequence[Operator],
    wanted: int,
    chance: random.Random,
    judge: Judge,
    *,
    harm: bool = False,
) -> dict[str, Tally]:
    """Draws told facts for each operator in turn until it has its share or no more."""
    cases = [Case(world, fact, at, chance) for world in worlds for fact, at in world.told()]
    tallies: dict[str, Tally] = {}
    for operator in operators:
        tally = tallies.setdefault(operator.__name__, Tally())
        seen: set[tuple[str, str]] = set()
        idle = 0
        while tally.tried < wanted // len(operators) and idle < _IDLE:
            case = chance.choice(cases)
            changed = operator(case)
            key = (case.world.name, changed or "")
            if changed is None or changed == case.said or key in seen:
                idle += 1
                continue
            seen.add(key)
            idle = 0
            if harm and not is_false(case, changed):
                tally.dropped += 1
                continue
            _weigh(tally, case, changed, judge, harm=harm)
    return tallies


def _weigh(tally: Tally, case: Case, changed: str, judge: Judge, *, harm: bool) -> None:
    text = case.world.text[: case.start] + changed + case.world.text[case.end :]
    found = judge.new_open(case.world, text)
    tally.tried += 1
    if harm:
        end = case.start + len(changed) + 1
        found = [one for one in found if one.start <= end and one.end >= case.start - 1]
        tally.failed += not found
        tally.told_only += bool(found) and not any(one.blocking for one in found)
    else:
        tally.failed += bool(found)
    if harm != bool(found):
        told = "" if harm else f" — {found[0].text}: {found[0].message}"
        tally.examples.append(f"{case.world.name}: {changed}{told}")


def _table(title: str, tallies: dict[str, Tally]) -> Iterator[str]:
    yield f"{title}:"
    whole = Tally()
    for name, one in tallies.items():
        yield _line(name, one)
        whole.tried += one.tried
        whole.failed += one.failed
        whole.told_only += one.told_only
        whole.dropped += one.dropped
    yield _line("all", whole)
    for name, one in tallies.items():
        yield from (f"    {name}: {example}" for example in one.examples[:3])


def _line(name: str, one: Tally) -> str:
    low, high = interval(one.failed, one.tried)
    rest = (
        f"   told only {one.told_only:4}   not false {one.dropped:3}"
        if one.told_only or one.dropped
        else ""
    )
    return f"  {name:24}{one.failed:4} of {one.tried:5}   {100 * low:5.2f}–{100 * high:.2f} %{rest}"
