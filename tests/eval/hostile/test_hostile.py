"""The harness of faults and inventions: it finds what it is to find, and nothing gets through."""

import os
from pathlib import Path

import pytest
from docx import Document

from eval.endpoint.scripts import SCRIPTS
from eval.hostile.bureaus import ORGANISATION, invented_bureau
from eval.hostile.measuring import Faulted, fault_runs, firewall_report, leaker, parrot
from eval.hostile.running import Run, leaks_of, run, scaled_limits


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    document = Document()
    document.add_paragraph(f"{ORGANISATION}2024年工作总结")
    document.add_paragraph("工业投资完成73518.46亿元。荣获全国先进集体称号。")
    document.save(str(tmp_path / "clean.docx"))
    return tmp_path / "clean.docx"


def test_a_leak_is_found(clean: Path, tmp_path: Path):
    bureau = invented_bureau(tmp_path / "b", 1)
    found = leaks_of(clean, bureau, ["73518.46", "没有"])
    assert found[-1] == "73518.46"
    assert "73518.46亿元" in found
    assert any("全国先进集体" in one for one in found)


def test_a_crash_is_told_and_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("eval.hostile.running.draft_summary", broken)
    assert "ZeroDivisionError" in run(invented_bureau(tmp_path, 1)).error


@pytest.mark.parametrize("script", ["good", "weak", "sloppy", "inventor", "copier"])
def test_every_kind_of_model_leaves_a_clean_copy(tmp_path: Path, script: str):
    done = run(invented_bureau(tmp_path, 2), script=script)
    assert (done.error, done.leaks, done.clean) == ("", (), True)
    assert done.calls >= 4
    assert (done.by_model > 0) is (script in ("good", "weak", "sloppy"))


@pytest.mark.parametrize("fault", ["stalled", "injected-class", "literal-numbers", "repeating"])
def test_a_fault_costs_neither_time_nor_truth(fault: str):
    found = fault_runs(fault, 2)
    assert found.late == 0
    assert all((one.error, one.leaks, one.clean) == ("", (), True) for one in found.runs)


def test_late_runs_are_counted():
    assert Faulted("x", (Run(seconds=100), Run(seconds=0.5))).late == 1


@pytest.mark.heavy
def test_what_past_and_model_say_of_other_years_stays_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(SCRIPTS, "leaker", leaker([], ()))
    monkeypatch.setitem(SCRIPTS, "parrot", parrot([]))
    lines = list(firewall_report(numbers=60, events=8, drafts=2, seed=5))
    assert len(lines) == 3
    assert all(" 0 of " in one and "canaries leaked" in one for one in lines)
    assert all("2 clean copies" in one for one in lines[1:])
    # Not by throwing everything away: the sentences between are the model's.
    assert all(" 0 of 10 sections" not in one for one in lines[1:])


def test_the_leaker_writes_what_it_was_told():
    said = leaker(["83517.46"], ())("指标\n- {{ 甲.值 }}：5家\n")
    assert "83517.46" in said
    assert "{{ 甲.值 }}" in said


def test_the_limits_of_the_surroundings_come_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DRAFTER_MODEL_CALL", "7")
    with scaled_limits():
        assert os.environ["DRAFTER_MODEL_CALL"] != "7"
    assert os.environ["DRAFTER_MODEL_CALL"] == "7"
