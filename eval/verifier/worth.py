"""What each check of the verifier is worth: the same texts judged with it and without it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafter.records.claim import Finding, Report
from eval.verifier.ablation import JUDGES
from eval.verifier.judging import Verdict, judge_all
from eval.verifier.proof import Wish
from eval.verifier.sampling import Drawn, draw_mutants, draw_rewritings
from eval.verifier.scenes import Pair, set_up


@dataclass(frozen=True, slots=True)
class Worth:
    """What changes when a check is left out, beside the verifier whole."""

    check: str
    escapes: int
    """More mutants that nothing catches."""
    alarms: int
    """More claims of harmless rewritings that are open."""
    clean: int
    """Findings and issues of the clean texts that are others."""

    @property
    def earns(self) -> bool:
        """Something changes without it, and not only to the better."""
        return self.escapes > 0 or self.alarms > 0 or self.clean > 0


def weigh(pairs: Sequence[Pair], wish: Wish) -> Iterator[Worth]:
    """Each check in turn, as it is found."""
    chance = random.Random(wish.seed)  # noqa: S311 - repeatable, no secret
    scenes = set_up(pairs)
    drawn = (
        *draw_mutants(scenes, wish.mutants, chance).drawn,
        *draw_rewritings(scenes, wish.claims, chance),
    )
    whole = _counted(pairs, drawn, wish, "")
    reports = _clean_reports(pairs, "")
    for check in JUDGES:
        if not check:
            continue
        escapes, alarms = _counted(pairs, drawn, wish, check)
        others = sum(
            _others(one, other)
            for one, other in zip(reports, _clean_reports(pairs, check), strict=True)
        )
        yield Worth(check, escapes - whole[0], alarms - whole[1], others)


def _counted(
    pairs: Sequence[Pair], drawn: Sequence[Drawn], wish: Wish, check: str
) -> tuple[int, int]:
    tasks = [one.task for one in drawn]
    verdicts = list(judge_all(pairs, tasks, jobs=wish.jobs, without=check))
    escapes = sum(
        verdict.outcome == "escaped"
        for task, verdict in zip(tasks, verdicts, strict=True)
        if task.kind == "mutant"
    )
    return escapes, sum(_alarms(verdict) for verdict in verdicts)


def _alarms(verdict: Verdict) -> int:
    return len(verdict.alarms) + len(verdict.errors)


def _clean_reports(pairs: Sequence[Pair], check: str) -> list[Report]:
    return [JUDGES[check](pair.text, pair.table) for pair in pairs]


def _others(one: Report, other: Report) -> int:
    """Places judged otherwise; a check that only words a message differently counts nothing."""
    findings = {_of_finding(finding) for finding in one.findings} ^ {
        _of_finding(finding) for finding in other.findings
    }
    issues = {(issue.start, issue.rule) for issue in one.issues} ^ {
        (issue.start, issue.rule) for issue in other.issues
    }
    return len({place for place, *_ in findings}) + len(issues)


def _of_finding(finding: Finding) -> tuple[int, str, str | None, str | None]:
    return finding.start, finding.verdict, finding.indicator, finding.field


def lines(found: Sequence[Worth]) -> Iterator[str]:
    """A table, and the checks that change nothing here."""
    yield "without: check, more escapes, more false alarms and errors, places of clean texts judged otherwise"
    for one in found:
        yield f"  {one.check:32}{one.escapes:+6}{one.alarms:+6}{one.clean:6}"
    idle = [one.check for one in found if not one.earns]
    yield f"nothing changes here without: {'、'.join(idle) or '(none)'}"
