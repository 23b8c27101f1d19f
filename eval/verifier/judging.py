"""Whole texts judged, by as many processes as there are cores.

A mutant is caught by an open finding that overlaps the changed place, or by an error-level issue
that touches it and that the clean text does not have.
"""

import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from drafter.records.claim import Issue, Level, Report
from eval.verifier.ablation import JUDGES
from eval.verifier.mutation import Change
from eval.verifier.scenes import Pair

Outcome = Literal["finding", "note", "issue", "escaped"]
"""How a mutant was caught: by a finding that fails the text, by one that alone does not (an open
date), by an issue only, or not at all."""


@dataclass(frozen=True, slots=True)
class Task:
    """A changed text to judge: a mutant (one change) or a rewriting (any number)."""

    pair: int
    changes: tuple[Change, ...]
    kind: Literal["mutant", "slip", "rewriting"]
    """A slip is no falsehood (元 left out): an issue of any level will do."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a task."""

    outcome: Outcome = "escaped"
    """Of a mutant."""
    claims: int = 0
    """Of a rewriting: claims that the clean text has proved too."""
    alarms: tuple[tuple[int, int, str], ...] = ()
    """Of a rewriting: places in the rewritten text that are open and were not, with why."""
    errors: tuple[tuple[int, int, str], ...] = ()
    """Of a rewriting: new issues of level error."""


LEVELS: dict[str, Sequence[Level]] = {"mutant": ("error",), "slip": ("error", "warning", "info")}

_pairs: Sequence[Pair] = ()
_clean: dict[int, Report] = {}
_check = ""


def judge_all(
    pairs: Sequence[Pair],
    tasks: Sequence[Task],
    *,
    jobs: int,
    without: str = "",
) -> Iterator[Verdict]:
    """The verdicts, in the order of the tasks.

    Args:
        pairs: the clean texts; tasks name them by position.
        tasks: what to judge.
        jobs: processes; 1 judges in this one.
        without: a check of the verifier to leave out, by its name in `ablation.JUDGES`.
    """
    if jobs == 1:
        _start(pairs, without)
        yield from map(_judge, tasks)
        return
    with multiprocessing.Pool(jobs, initializer=_start, initargs=(pairs, without)) as pool:
        yield from pool.imap(_judge, tasks, chunksize=16)


def _start(pairs: Sequence[Pair], check: str) -> None:
    """What a process needs for all its tasks (worker state, hence of the module)."""
    global _pairs, _check
    _pairs, _check = pairs, check
    _clean.clear()


def _report(text: str, pair: Pair) -> Report:
    return JUDGES[_check](text, pair.table)


def _judge(task: Task) -> Verdict:
    pair = _pairs[task.pair]
    if task.pair not in _clean:
        _clean[task.pair] = _report(pair.text, pair)
    clean = _clean[task.pair]
    if task.kind != "rewriting":
        change, levels = task.changes[0], LEVELS[task.kind]
        report = _report(change.apply(pair.text), pair)
        return Verdict(outcome=caught_by(report, clean, change, levels))
    return compare(_report(rewritten(pair.text, task.changes), pair), clean)


def rewritten(text: str, changes: Iterable[Change]) -> str:
    """The text with changes that do not overlap."""
    for change in sorted(changes, key=lambda one: -one.start):
        text = change.apply(text)
    return text


def caught_by(
    report: Report, clean: Report, change: Change, levels: Sequence[Level] = ("error",)
) -> Outcome:
    """How the report of a mutant catches its one change; issues of other levels do not count."""
    low, high = change.start, change.start + len(change.words)
    open_there = [
        one for one in report.findings if one.is_open and one.start < high and one.end > low
    ]
    if any(one.blocking for one in open_there):
        return "finding"
    if open_there:
        return "note"
    known = {place for one in clean.issues for place in _places(one, change)}
    for issue in report.issues:
        if issue.level in levels and any(
            start < high and end > low and (issue.rule, start) not in known
            for start, end in ((issue.start, issue.end), *issue.related)
        ):
            return "issue"
    return "escaped"


def _places(issue: Issue, change: Change) -> Iterator[tuple[str, int]]:
    """An issue of the clean text by rule and places, as they are after the change."""
    longer = len(change.words) - (change.end - change.start)
    for start, _ in ((issue.start, issue.end), *issue.related):
        yield issue.rule, start + longer if start >= change.end else start


def compare(report: Report, clean: Report) -> Verdict:
    """Claims of a rewriting that must stay proved, and those that did not."""
    known = Counter(one.text for one in clean.findings if one.is_open and one.blocking)
    alarms = []
    for one in report.findings:
        if not (one.is_open and one.blocking):
            continue
        if known[one.text]:
            known[one.text] -= 1
        else:
            alarms.append((one.start, one.end, f"{one.text}：{one.message}"))
    rules = Counter(one.rule for one in clean.issues if one.level == "error")
    errors = []
    for issue in report.issues:
        if issue.level == "error":
            rules[issue.rule] -= 1
            if rules[issue.rule] < 0:
                errors.append((issue.start, issue.end, f"{issue.rule}：{issue.message}"))
    proved = sum(one.blocking and not one.is_open for one in report.findings)
    return Verdict(claims=proved + len(alarms), alarms=tuple(alarms), errors=tuple(errors))
