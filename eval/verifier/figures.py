"""The figures of a proof: tallies by operator with their intervals, as lines and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval.shares import interval
from eval.verifier.judging import Outcome, Task, Verdict, rewritten
from eval.verifier.sampling import Drawn
from eval.verifier.scenes import Pair


@dataclass(slots=True)
class Escapes:
    """How the mutants of one operator were caught."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    not_false: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """Mutants judged."""
        return self.outcomes.total()

    @property
    def escaped(self) -> int:
        """Mutants that nothing caught."""
        return self.outcomes["escaped"]

    def as_json(self) -> dict[str, Any]:
        """Counts, interval and examples."""
        return {
            "tried": self.tried,
            "not_false": self.not_false,
            "escaped": self.escaped,
            "interval": interval(self.escaped, self.tried),
            "caught_by_issue_only": self.outcomes["issue"],
            "caught_by_note_only": self.outcomes["note"],
            "examples": self.examples,
        }


@dataclass(slots=True)
class Alarms:
    """False alarms of one rewriting."""

    texts: int = 0
    claims: int = 0
    alarms: int = 0
    errors: int = 0
    examples: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Counts, interval and examples."""
        return {
            "texts": self.texts,
            "claims": self.claims,
            "false_alarms": self.alarms,
            "interval": interval(self.alarms, self.claims),
            "new_errors": self.errors,
            "examples": self.examples,
        }


def tally_escapes(
    pairs: Sequence[Pair],
    drawn: Sequence[Drawn],
    verdicts: Iterable[Verdict],
    not_false: Counter[str],
) -> dict[str, Escapes]:
    """Escapes by operator, in the order of first use."""
    found: dict[str, Escapes] = {}
    for one, verdict in zip(drawn, verdicts, strict=True):
        tally = found.setdefault(one.operator, Escapes(not_false=not_false[one.operator]))
        tally.outcomes[verdict.outcome] += 1
        if verdict.outcome == "escaped":
            tally.examples.append(_in_context(pairs[one.task.pair], one.task))
    return found


def tally_alarms(
    pairs: Sequence[Pair], drawn: Sequence[Drawn], verdicts: Iterable[Verdict]
) -> dict[str, Alarms]:
    """False alarms by rewriting, in the order of first use."""
    found: dict[str, Alarms] = {}
    for one, verdict in zip(drawn, verdicts, strict=True):
        tally = found.setdefault(one.operator, Alarms())
        tally.texts += 1
        tally.claims += verdict.claims
        tally.alarms += len(verdict.alarms)
        tally.errors += len(verdict.errors)
        if verdict.alarms or verdict.errors:
            pair = pairs[one.task.pair]
            text = rewritten(pair.text, one.task.changes)
            for start, end, why in (*verdict.alarms, *verdict.errors):
                tally.examples.append(f"{pair.name}: {_excerpt(text, start, end)} {why}")
    return found


def _in_context(pair: Pair, task: Task) -> str:
    change = task.changes[0]
    text = change.apply(pair.text)
    was = pair.text[change.start : change.end]
    there = _excerpt(text, change.start, change.start + len(change.words))
    return f"{pair.name}: {there} 原为“{was}”"


def _excerpt(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 24) : start], text[end : end + 12]
    return f"{before}【{text[start:end]}】{after}".replace("\n", " ")


def escape_lines(title: str, found: dict[str, Escapes], examples: int) -> Iterator[str]:
    """A table of escapes, its sum, and examples."""
    yield f"{title}: operator, tried, not false (dropped), escaped, 95 % interval, caught by issue / note only"
    total = Escapes()
    for name, one in found.items():
        total.outcomes += one.outcomes
        total.not_false += one.not_false
        yield _escape_line(name, one)
    yield _escape_line("all", total)
    for name, one in found.items():
        yield from (f"    {name}: {told}" for told in one.examples[:examples])


def _escape_line(name: str, one: Escapes) -> str:
    low, high = interval(one.escaped, one.tried)
    return (
        f"  {name:18}{one.tried:6}{one.not_false:7}{one.escaped:6}"
        f"   {100 * low:6.3f}–{100 * high:.3f} %{one.outcomes['issue']:6} /{one.outcomes['note']:4}"
    )


def alarm_lines(title: str, found: dict[str, Alarms], examples: int) -> Iterator[str]:
    """A table of false alarms per 1,000 claims, its sum, and examples."""
    yield f"{title}: rewriting, texts, claims, false alarms, per 1,000 with 95 % interval, new errors"
    total = Alarms()
    for name, one in found.items():
        total.texts += one.texts
        total.claims += one.claims
        total.alarms += one.alarms
        total.errors += one.errors
        yield _alarm_line(name, one)
    yield _alarm_line("all", total)
    for name, one in found.items():
        yield from (f"    {name}: {told}" for told in one.examples[:examples])


def _alarm_line(name: str, one: Alarms) -> str:
    low, high = interval(one.alarms, one.claims)
    rate = 1000 * one.alarms / one.claims if one.claims else 0.0
    return (
        f"  {name:18}{one.texts:6}{one.claims:8}{one.alarms:6}"
        f"   {rate:.2f} ({1000 * low:.2f}–{1000 * high:.2f}){one.errors:6}"
    )
