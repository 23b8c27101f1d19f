"""The proof proves something: it catches a judge that sleeps, and its operators make falsehoods."""

import random

import pytest

from drafter.records.claim import Report
from drafter.verification import verify
from eval import verifier
from eval.verifier import CORRUPTIONS, Case, Pair, interval, own_pairs, report
from tests.builders import table

PAIR = Pair(
    "样本",
    "工业投资完成208.6亿元，增长28.2%，排全市第五。技改投资完成103.2亿元。",
    table("工业投资=208.6亿元 同比28.2 全市第5 上年162.7", "技改投资=103.2亿元 上年99.1"),
)


def cases() -> list[Case]:
    found = []
    for finding in verify(PAIR.text, PAIR.table).findings:
        row = PAIR.table.by_id(finding.indicator or "")
        assert row is not None
        found.append(Case(PAIR.text, finding, row, PAIR.table, random.Random(1)))
    return found


@pytest.mark.parametrize("operator", CORRUPTIONS, ids=lambda one: one.__name__)
def test_every_corruption_applies_somewhere_and_is_caught(operator: verifier.Operator):
    changes = [(case, change) for case in cases() if (change := operator(case))]
    assert changes
    for case, change in changes:
        assert PAIR.text[change.start : change.end] != change.words
        assert verifier.is_open(case, change)


def test_a_sleeping_judge_is_found_out(monkeypatch: pytest.MonkeyPatch):
    pairs = own_pairs()[:1]
    found = verifier._cases(pairs, random.Random(1))
    monkeypatch.setattr(verifier, "_cases", lambda *_: found)
    monkeypatch.setattr(verifier, "verify", lambda *_, **__: Report())
    escapes = next(line for line in report(pairs, mutants=20, seed=1) if "all" in line)
    assert "20 of    20" in escapes


def test_a_run_is_the_same_twice():
    pairs = (PAIR,)
    assert list(report(pairs, mutants=12, seed=3)) == list(report(pairs, mutants=12, seed=3))


def test_the_interval_holds_the_share():
    low, high = interval(3, 100)
    assert low < 0.03 < high
    assert interval(0, 0) == (0.0, 1.0)
