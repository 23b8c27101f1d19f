"""The proof proves something: it finds a judge that sleeps and one that accuses everybody."""

from dataclasses import replace

import pytest

from drafter.records.claim import Report
from drafter.records.indicator import IndicatorTable
from drafter.verification import verify
from eval.shares import interval
from eval.verifier import Wish, ablation, prove
from tests.eval.verifier.scenery import PAIR

WISH = Wish(mutants=40, claims=80, random_values=10, seed=3)


def test_a_sleeping_judge_is_found_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ablation.JUDGES, "", lambda *_: Report())
    proof = prove([PAIR], WISH)
    assert all(one.escaped == one.tried for one in proof.mutants.values())
    assert sum(one.tried for one in proof.mutants.values()) == 40
    assert sum(one.escaped for one in proof.random_values.values()) == 10


def test_a_judge_that_accuses_everybody_is_found_out(monkeypatch: pytest.MonkeyPatch):
    def accuse(text: str, table: IndicatorTable) -> Report:
        report = verify(text, table)
        if text == PAIR.text:
            return report
        accused = tuple(replace(one, verdict="contradicted") for one in report.findings)
        return replace(report, findings=accused)

    monkeypatch.setitem(ablation.JUDGES, "", accuse)
    proof = prove([PAIR], WISH)
    assert not any(one.escaped for one in proof.mutants.values())
    assert all(one.alarms == one.claims for one in proof.rewritings.values())


def test_harmless_rewritings_of_a_small_text_raise_no_alarm():
    found = prove([PAIR], Wish(mutants=1, claims=800)).rewritings
    assert len(found) >= 14
    assert [told for one in found.values() for told in one.examples] == []


def test_a_run_is_the_same_twice_and_in_two_processes():
    lines = [list(prove([PAIR], replace(WISH, jobs=jobs)).lines(3)) for jobs in (1, 1, 2)]
    assert lines[0] == lines[1] == lines[2]


def test_the_interval_holds_the_share():
    low, high = interval(3, 100)
    assert low < 0.03 < high
    assert interval(0, 0) == (0.0, 1.0)
    assert interval(0, 1000)[0] == 0.0
