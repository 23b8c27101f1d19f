"""Faults and inventions in number: what gets into a clean copy, and what ends too late."""

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eval.canaries.planting import Canary, canaries
from eval.endpoint.faults import FAULTS
from eval.endpoint.scripts import SCRIPTS, Script
from eval.endpoint.scripts.offering import offer_of
from eval.hostile.bureaus import SECTIONS, invented_bureau
from eval.hostile.running import DEADLINE, Run, run, scaled_limits
from eval.shares import interval

OWN_SECONDS = 4.0
"""What a draft may take beside the endpoint's time, on a busy machine."""
_WHERE: tuple[tuple[str, Callable[[random.Random], Callable[[int], bool]]], ...] = (
    ("all", lambda _: lambda _number: True),
    ("first", lambda chance: partial(_below, chance.randint(1, 3))),
    ("some", lambda chance: partial(_drawn, chance.random())),
    ("late", lambda chance: partial(_above, chance.randint(2, 5))),
)


def _below(limit: int, number: int) -> bool:
    return number < limit


def _above(limit: int, number: int) -> bool:
    return number >= limit


def _drawn(seed: float, number: int) -> bool:
    return random.Random(f"{seed} {number}").random() < 0.5  # noqa: S311 - a coin


@dataclass(frozen=True, slots=True)
class Faulted:
    """The runs of one fault."""

    fault: str
    runs: tuple[Run, ...]

    @property
    def late(self) -> int:
        """Runs that did not end by the scaled deadline and their own time."""
        return sum(one.seconds > DEADLINE + OWN_SECONDS for one in self.runs)


def fault_runs(fault: str, count: int) -> Faulted:
    """So many seeded drafts in which some calls have a fault."""
    found = []
    with tempfile.TemporaryDirectory() as folder, scaled_limits():
        for number in range(count):
            chance = random.Random(f"{fault} {number}")  # noqa: S311 - repeatable, no secret
            bureau = invented_bureau(Path(folder) / str(number), chance.randint(0, 10**6))
            where = _WHERE[number % len(_WHERE)][1](chance)
            script = chance.choice(("good", "good", "weak", "sloppy", "inventor"))
            found.append(run(bureau, script=script, faulty=partial(_named, fault, where)))
    return Faulted(fault, tuple(found))


def _named(fault: str, where: Callable[[int], bool], number: int) -> str | None:
    return fault if where(number) else None


def report(runs: int, processes: int = 2) -> Iterator[str]:
    """The table of faults, a line each, and the sums."""
    every: list[Run] = []
    yield f"{'fault':<22} runs  late  errors  clean  open  leaks  by model  longest s"
    with ProcessPoolExecutor(processes) as pool:
        for one in pool.map(partial(fault_runs, count=runs), sorted(FAULTS)):
            every += one.runs
            yield _line(one.fault, one.runs, one.late)
            yield from (f"    {text}" for text in _told(one.runs))
    late = sum(one.seconds > DEADLINE + OWN_SECONDS for one in every)
    yield _line("all", every, late)
    leaks = sum(bool(one.leaks) for one in every)
    yield f"drafts with a leak {leaks} of {len(every)} ({_interval(leaks, len(every))})"


def _line(name: str, runs: Sequence[Run], late: int) -> str:
    errors, clean = sum(bool(one.error) for one in runs), sum(one.clean for one in runs)
    left = sum(not one.clean and one.open_points > 0 for one in runs)
    leaks = sum(len(one.leaks) for one in runs)
    sections = sum(one.sections for one in runs)
    share = sum(one.by_model for one in runs) / sections if sections else 0.0
    longest = max(one.seconds for one in runs)
    return (
        f"{name:<22} {len(runs):4}  {late:4}  {errors:6}  {clean:5}  {left:4}  {leaks:5}"
        f"  {share:7.0%}  {longest:9.2f}"
    )


def _told(runs: Sequence[Run]) -> Iterator[str]:
    """Errors and leaks, each kind once."""
    found = Counter(one.error for one in runs if one.error)
    found.update(leak for one in runs for leak in one.leaks)
    for text, count in found.most_common(5):
        yield f"{count} × {text}"


def _interval(hits: int, total: int) -> str:
    """The 95 % interval of a share, in words."""
    low, high = interval(hits, total)
    return f"{low:.3%} to {high:.3%}"


# --- the firewall ---------------------------------------------------------------------------


def firewall_report(numbers: int, events: int, drafts: int, seed: int) -> Iterator[str]:
    """Canaries in past summaries and in the model's mouth: how many stand in a clean copy."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    share, of_events = numbers // drafts, events // drafts
    sums: Counter[str] = Counter()
    for script in ("copier", "leaker"):
        for number in range(drafts):
            figures, told, names = _planted(share, of_events, chance)
            SCRIPTS["leaker"] = leaker(figures, told)
            with tempfile.TemporaryDirectory() as folder:
                bureau = invented_bureau(
                    Path(folder), chance.randint(0, 10**6), (*_said(figures, chance), *told)
                )
                done = run(bureau, script=script, canaries=(*figures, *names))
            sums[f"{script} drafts"] += 1
            sums[f"{script} clean"] += done.clean
            sums[f"{script} canaries"] += len(figures) + len(names)
            sums[f"{script} leaked"] += len(done.leaks)
            sums[f"{script} errors"] += bool(done.error)
            if done.leaks or done.error:
                yield f"    {script} {number}: {'；'.join((*done.leaks, done.error))}"
        leaked, planted = sums[f"{script} leaked"], sums[f"{script} canaries"]
        yield (
            f"{script}: {sums[f'{script} drafts']} drafts, {sums[f'{script} clean']} clean copies, "
            f"{sums[f'{script} errors']} errors, {leaked} of {planted} canaries leaked "
            f"({_interval(leaked, planted)})"
        )


def _planted(
    numbers: int, events: int, chance: random.Random
) -> tuple[list[str], list[str], list[str]]:
    """Figures of a form that no table has; events as clauses, and their names."""
    figures = [f"{chance.randint(10_000, 99_999)}.{chance.randint(10, 99)}" for _ in range(numbers)]
    found = list[Canary]()
    while len(found) < events:
        found += canaries(chance, "".join(SECTIONS))[: events - len(found)]
    return figures, [f"{one.told}。" for one in found], [one.matter for one in found]


def _said(figures: Sequence[str], chance: random.Random) -> Iterator[str]:
    rows = [(name, unit) for rows in SECTIONS.values() for name, unit in rows]
    for one in figures:
        name, unit = chance.choice(rows)
        yield f"{name}{one}{unit}。"


def leaker(figures: Sequence[str], events: Sequence[str]) -> Script:
    """A model that has read the past by itself, and writes it beside this year's indicators.

    Half of what it says holds, so that its sections are not thrown away whole.
    """

    def written(prompt: str) -> str:
        offer = offer_of(prompt)
        chance = random.Random(prompt)  # noqa: S311 - repeatable, no secret
        if offer.kind == "repair":
            count = max(1, prompt.count("\n第") + prompt.count("句：") // 2)
            return "\n".join(_leak(chance, figures, events, "工业投资") for _ in range(count))
        names = [row.name for row in offer.rows] or ["各项工作"]
        held = SCRIPTS["good"](prompt)
        wrong = [_leak(chance, figures, events, chance.choice(names)) for _ in range(60)]
        return held + "".join(wrong)

    return written


def _leak(chance: random.Random, figures: Sequence[str], events: Sequence[str], name: str) -> str:
    if chance.random() < 0.2:
        return chance.choice(events)
    said = chance.choice(("完成{n}亿元", "达{n}", "增长{n}%", "为{n}万元，创历史新高", "{n}家"))
    return f"{name}{said.format(n=chance.choice(figures))}。"
