"""A person vouches for a claim: only for what nothing proves, only while text and table stay."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drafter.attesting import attest as attest_claim
from drafter.attesting import attested
from drafter.records.draft import Draft
from tests.exporting.drafts import a_draft, a_section, found
from tests.exporting.opened import Opened
from tests.test_rereading import TABLE, data, edited, folder, run

__all__ = ["folder"]  # the fixture
TYPED = "，协调解决企业用工难题36个"


@pytest.fixture
def open_claim(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The id of a number that somebody typed and nothing proves."""
    copy = edited(folder, "增长28.2%", f"增长28.2%{TYPED}")
    assert run("reread", str(copy), "--draft", str(folder / "draft.json")) == 0
    capsys.readouterr()
    assert run("attest", str(folder / "draft.json"), "--json") == 0
    listed = json.loads(capsys.readouterr().out)["claims"]
    return str(next(one["id"] for one in listed if "36个" in one["message"]))


def attest(folder: Path, claim: str, *more: str) -> int:
    who = more or ("--by", "产业股李明（示例）", "--reason", "用工台账")
    return run("attest", str(folder / "draft.json"), "--claim", claim, *who)


def verdict(folder: Path) -> dict[str, Any]:
    findings = [one for section in data(folder)["sections"] for one in section["findings"]]
    found: dict[str, Any] = next(one for one in findings if one["text"] == "36个")
    return found


def test_a_claim_that_somebody_vouches_for_is_no_longer_open(folder: Path, open_claim: str):
    assert not (folder / "draft-clean.docx").exists()
    assert attest(folder, open_claim) == 0
    assert verdict(folder)["verdict"] == "attested"
    assert (folder / "draft-clean.docx").exists()
    spans = [span for section in data(folder)["sections"] for span in section["spans"]]
    assert [span["kind"] for span in spans if span["kind"] == "attested"] == ["attested"]


def test_the_review_copy_says_who_vouches_and_why(folder: Path, open_claim: str):
    attest(folder, open_claim)
    comments = Opened((folder / "draft.docx").read_bytes()).parts["word/comments.xml"]
    assert "结论：专人担保。产业股李明（示例）担保：用工台账" in comments


def test_an_attestation_stays_while_its_sentence_stays(folder: Path, open_claim: str):
    attest(folder, open_claim)
    copy = edited(folder, "青杉铜箔", "首先，青杉铜箔")
    assert run("reread", str(copy), "--draft", str(folder / "draft.json")) == 0
    assert verdict(folder)["verdict"] == "attested"


def test_it_ends_when_the_text_changes_and_says_so(
    folder: Path, open_claim: str, capsys: pytest.CaptureFixture[str]
):
    attest(folder, open_claim)
    copy = edited(folder, "企业用工难题", "企业用地难题")
    capsys.readouterr()
    assert run("reread", str(copy), "--draft", str(folder / "draft.json")) == 0
    assert "担保已失效" in capsys.readouterr().out
    assert verdict(folder)["verdict"] == "unsupported"
    assert data(folder)["attestations"] == []


def test_it_ends_when_a_value_of_its_sentence_changes(folder: Path, open_claim: str):
    attest(folder, open_claim)
    Path("新表.csv").write_text(TABLE.replace("208.6", "212.4"), encoding="utf-8")
    assert run("refresh", str(folder / "draft.json"), "--indicators", "新表.csv") == 0
    assert verdict(folder)["verdict"] == "unsupported"


def test_it_ends_when_what_the_table_says_beside_it_changes():
    def disputed(*rivals: str) -> Draft:
        section = a_section("一、情况 / 新增规模企业35家。")
        more = {"rule": "ambiguous", "candidates": rivals, "message": "说不清是哪一项"}
        return a_draft(found(section, "35家", "unsupported", **more))

    vouched = attest_claim(disputed("R1", "R2"), "s0:6", "产业股", "台账")
    assert vouched.sections[0].findings[0].verdict == "attested"
    for rivals, verdict in ((("R1", "R2"), "attested"), (("R1", "R3"), "unsupported")):
        later = replace(disputed(*rivals), attestations=vouched.attestations)
        assert attested(later).sections[0].findings[0].verdict == verdict


def test_what_the_table_contradicts_cannot_be_vouched_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("reread", str(edited(folder, "208.6", "218.6")), "--draft", "out/draft.json") == 0
    capsys.readouterr()
    run("attest", "out/draft.json", "--json")
    listed = json.loads(capsys.readouterr().out)["claims"]
    wrong = next(one["id"] for one in listed if "218.6" in one["message"])
    before = (folder / "draft.json").read_bytes()
    assert attest(folder, wrong) == 1
    assert "不能担保" in capsys.readouterr().err
    assert (folder / "draft.json").read_bytes() == before


def test_a_name_and_a_reason_are_wanted(
    folder: Path, open_claim: str, capsys: pytest.CaptureFixture[str]
):
    assert attest(folder, open_claim, "--by", "李明") == 2
    assert "--reason" in capsys.readouterr().err


def test_an_id_that_nothing_has_is_answered_with_those_there_are(
    folder: Path, open_claim: str, capsys: pytest.CaptureFixture[str]
):
    assert attest(folder, "s9:9") == 2
    assert open_claim in capsys.readouterr().err
