"""Faults and inventions in number: what gets into a clean copy, and what ends too late."""

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
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
    for script in ("copier", "leaker", "parrot"):
        sums: Counter[str] = Counter()
        chance = random.Random(f"{script} {seed}")  # noqa: S311 - repeatable, no secret
        count = max(1, drafts // 10) if script == "copier" else drafts  # its answers are long
        for number in range(count):
            done, planted, written = _canary_run(script, numbers // count, events // count, chance)
            sums.update(
                drafts=1,
                clean=int(done.clean),
                canaries=planted,
                written=written,
                leaked=len(done.leaks),
                errors=int(bool(done.error)),
                sections=done.sections,
                by_model=done.by_model,
            )
            if done.leaks or done.error:
                yield f"    {script} {number}: {'；'.join((*done.leaks, done.error))}"
        yield (
            f"{script}: {sums['drafts']} drafts, {sums['clean']} clean copies, "
            f"{sums['by_model']} of {sums['sections']} sections the model's, "
            f"{sums['errors']} errors, {sums['leaked']} of {sums['canaries']} canaries leaked "
            f"({_interval(sums['leaked'], sums['canaries'])}), {sums['written']} written by the model"
        )


def _canary_run(
    script: str, numbers: int, events: int, chance: random.Random
) -> tuple[Run, int, int]:
    """One draft with canaries, how many there were, and how many the model wrote.

    They stand in last year's summary; the leaker knows them besides; the parrot finds them in the
    past passages of a prompt that somebody has left unmasked.
    """
    figures = [_figure(chance) for _ in range(numbers)]
    told = _events(events, chance)
    said = [*_beside_rows(figures, chance), *(f"{one.told}。" for one in told)]
    left = [*figures, *(one.told for one in told)]
    chance.shuffle(left)
    SCRIPTS["leaker"] = leaker(left, frozenset(one.told for one in told))
    SCRIPTS["parrot"] = parrot(said)
    before = len(said) if script == "parrot" else len(left)
    with tempfile.TemporaryDirectory() as folder:
        bureau = invented_bureau(Path(folder), chance.randint(0, 10**6), tuple(said))
        done = run(bureau, script=script, canaries=(*figures, *(one.matter for one in told)))
    after = {"leaker": len(left), "parrot": len(said)}.get(script, before)
    return done, len(figures) + len(told), before - after


def _figure(chance: random.Random) -> str:
    """Of a form that no table of the bureaus has, and yet as figures look."""
    return chance.choice(
        (
            f"{chance.randint(10_000, 99_999)}.{chance.randint(10, 99)}",
            f"{chance.randint(11, 99)}.{chance.randint(0, 9)}{chance.randint(1, 9)}亿元",
            f"{chance.randint(2, 60)}.{chance.randint(0, 9)}{chance.randint(1, 9)}%",
            f"{chance.randint(11_000, 99_000)}家",
        )
    )


def _events(count: int, chance: random.Random) -> list[Canary]:
    found = list[Canary]()
    while len(found) < count:
        found += canaries(chance, "".join(SECTIONS))[: count - len(found)]
    return found


def _beside_rows(figures: Sequence[str], chance: random.Random) -> Iterator[str]:
    names = [name for rows in SECTIONS.values() for name, _ in rows]
    for one in figures:
        yield f"{chance.choice(names)}{one}{'' if one[-1] in '元%家' else '万元'}。"


def leaker(left: list[str], events: Collection[str]) -> Script:
    """A model that has read the past by itself, and writes it beside this year's indicators.

    For each sentence that holds it slips in one that does not, or a clause into the sentence
    itself. Asked to mend, it mends every other one and puts another canary into the rest.

    Args:
        left: The canaries; those that were written are taken out.
        events: Those of them that are clauses by themselves.
    """

    def canary(name: str, chance: random.Random) -> str:
        one = left.pop() if left else "51234.56"
        if one in events:
            return one
        verb = chance.choice(("完成", "达", "增至", ""))
        return f"{name}{verb}{one}{'' if one[-1] in '元%家' else '万元'}"

    def written(prompt: str) -> str:
        offer, chance = offer_of(prompt), random.Random(prompt)  # noqa: S311 - repeatable
        names = [row.name for row in offer.rows] or ["全县投资"]
        held = SCRIPTS["good"](prompt)
        if offer.kind == "repair":
            return "\n".join(
                one if at % 2 else f"{canary(chance.choice(names), chance)}。"
                for at, one in enumerate(held.splitlines())
            )
        return "".join(
            _slipped_in(one, canary(chance.choice(names), chance), chance) for one in _cut(held)
        )

    return written


def _cut(text: str) -> list[str]:
    return [f"{one}。" for one in text.split("。") if one.strip()]


def _slipped_in(sentence: str, canary: str, chance: random.Random) -> str:
    """A canary behind a sentence, before it, or in it."""
    place = chance.random()
    if place < 0.4:
        return f"{sentence}{canary}。"
    if place < 0.6:
        return f"{canary}。{sentence}"
    body = sentence.removesuffix("。")
    return f"{body}，{canary}。" if place < 0.8 else f"{canary}，{body}。"


def parrot(left: list[str]) -> Script:
    """A model that writes what it is offered and then whole sentences of last year's (`left`)."""

    def written(prompt: str) -> str:
        offer = offer_of(prompt)
        held = _cut(SCRIPTS["good"](prompt))
        if offer.kind == "repair":
            return "\n".join("删去" for _ in offer.current.splitlines())
        count = max(1, len(held))
        taken, left[:count] = left[:count], []
        return "".join((*held, *taken))

    return written
