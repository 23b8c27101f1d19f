"""The verifier's own proof, run: escapes, false alarms, random values, ablation."""

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from drafter.verification import verify
from eval.verifier.figures import (
    Alarms,
    Escapes,
    alarm_lines,
    escape_lines,
    tally_alarms,
    tally_escapes,
)
from eval.verifier.judging import Verdict, judge_all
from eval.verifier.sampling import Drawn, draw_mutants, draw_random, draw_rewritings
from eval.verifier.scenes import Pair, Scene, set_up


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run is to do."""

    mutants: int = 2000
    claims: int = 4000
    """Claims of harmless rewritings, at least."""
    random_values: int = 0
    seed: int = 1
    jobs: int = 1
    examples: int = 5


@dataclass(frozen=True, slots=True)
class Clean:
    """The clean texts themselves."""

    claims: int
    alarms: tuple[str, ...]
    """Claims that are true by the gold (or in a text without one) and yet open."""
    unread: int
    """Proved claims whose words the proof's own reader does not find true: no number of theirs
    is corrupted."""


@dataclass(frozen=True, slots=True)
class Proof:
    """All figures of a run."""

    clean: Clean
    mutants: dict[str, Escapes]
    slips: dict[str, Escapes]
    rewritings: dict[str, Alarms]
    random_values: dict[str, Escapes]

    def lines(self, examples: int) -> Iterator[str]:
        """The figures for people."""
        clean = self.clean
        yield (
            f"clean texts: {clean.claims} claims, {len(clean.alarms)} of them open; "
            f"{clean.unread} beyond the proof's own reader"
        )
        yield from (f"    {told}" for told in clean.alarms[:examples])
        yield from escape_lines("mutants", self.mutants, examples)
        yield from escape_lines("slips (an issue of any level will do)", self.slips, examples)
        yield from alarm_lines("harmless", self.rewritings, examples)
        if self.random_values:
            yield from escape_lines("random values", self.random_values, examples)

    def as_json(self) -> dict[str, Any]:
        """The figures for programs."""
        return {
            "clean": {
                "claims": self.clean.claims,
                "false_alarms": list(self.clean.alarms),
                "beyond_the_reader": self.clean.unread,
            },
            "mutants": {name: one.as_json() for name, one in self.mutants.items()},
            "slips": {name: one.as_json() for name, one in self.slips.items()},
            "rewritings": {name: one.as_json() for name, one in self.rewritings.items()},
            "random_values": {name: one.as_json() for name, one in self.random_values.items()},
        }


def prove(pairs: Sequence[Pair], wish: Wish) -> Proof:
    """Corrupts, rewrites and judges; the same for the same pairs and seed."""
    chance = random.Random(wish.seed)  # noqa: S311 - repeatable, no secret
    scenes = set_up(pairs)
    clean = _clean(scenes)
    sample = draw_mutants(scenes, wish.mutants, chance)
    harmless = draw_rewritings(scenes, max(0, wish.claims - clean.claims), chance)
    values = draw_random(scenes, wish.random_values, chance)
    everything = (*sample.drawn, *harmless, *values.drawn)
    verdicts = list(_followed(_judged(pairs, everything, wish), len(everything)))
    split, end = len(sample.drawn), len(sample.drawn) + len(harmless)
    of_mutants = list(zip(sample.drawn, verdicts[:split], strict=True))
    parts = {
        slip: [one for one in of_mutants if (one[0].task.kind == "slip") is slip]
        for slip in (False, True)
    }
    mutants, slips = (
        tally_escapes(pairs, [a for a, _ in part], [b for _, b in part], sample.not_false)
        for part in (parts[False], parts[True])
    )
    return Proof(
        clean,
        mutants,
        slips,
        tally_alarms(pairs, harmless, verdicts[split:end]),
        tally_escapes(pairs, values.drawn, verdicts[end:], values.not_false),
    )


def _judged(pairs: Sequence[Pair], drawn: Sequence[Drawn], wish: Wish) -> Iterator[Verdict]:
    return judge_all(pairs, [one.task for one in drawn], jobs=wish.jobs)


def _followed(verdicts: Iterable[Verdict], total: int) -> Iterator[Verdict]:
    """The verdicts, with a progress line where someone watches."""
    watched = sys.stderr.isatty()
    for number, verdict in enumerate(verdicts, 1):
        if watched and (number % 50 == 0 or number == total):
            print(f"\r{number} of {total} texts judged", end="", file=sys.stderr, flush=True)
        yield verdict
    if watched:
        print(file=sys.stderr)


def _clean(scenes: Sequence[Scene]) -> Clean:
    claims, unread = 0, 0
    alarms: list[str] = []
    for scene in scenes:
        unread += sum(one.said is None and one.field != "period" for one in scene.claims)
        claims += sum(one.field != "period" for one in scene.claims)
        true = _known_true(scene.pair)
        for one in verify(scene.text, scene.table).findings:
            if (
                one.is_open
                and one.blocking
                and any(start < one.end and one.start < end for start, end in true)
            ):
                claims += 1
                told = scene.text[max(0, one.start - 20) : one.start].replace("\n", " ")
                alarms.append(f"{scene.pair.name}: {told}【{one.text}】{one.message}")
    return Clean(claims, tuple(alarms), unread)


def _known_true(pair: Pair) -> list[tuple[int, int]]:
    """Where claims are that the table proves: the gold's, or everything in a text without one."""
    if pair.gold is None:
        return [(0, len(pair.text))]
    return [(one.start, one.end) for one in pair.gold]
