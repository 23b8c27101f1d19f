"""Decisions of people over HTTP: which row counts, what a question's answer is, which fact is sure."""

from typing import Any, get_args

import pytest

from api.routes.changes import AnswerIn
from drafter.records.fact import KINDS
from tests.api.conftest import Running
from tests.api.test_changes import change
from tests.api.test_drafts import DRAFTS, ended, section_with

TWO = "指标名称,所属板块,本期,单位,采用,来源\n工业投资,工业经济,208.6,亿元,必报,县统计局\n工业投资,工业经济,209.4,亿元,必报,本局快报\n技改投资,工业经济,79.8,亿元,,\n"
FACTS = (
    "编号,板块,类型,要点,采用,确认\n"
    "F01,工业经济,项目,青杉铜箔二期项目于5月开工建设,,\n"
    "F02,工业经济,荣誉,获评市级先进集体,可写,待确认\n"
)


def drafted(running: Running, table: str, facts: str = FACTS) -> dict[str, Any]:
    listed = running.upload("/v1/fact-lists", facts, name="素材.csv").json()["id"]
    body = {"table": {"id": running.table(table)}, "facts": {"id": listed}, "year": 2024}
    made = running.ask("POST", DRAFTS, json=body).json()
    found = ended(running, made["id"])
    assert found["state"] == "done", found["error"]
    return found


def asked_of(running: Running, draft: dict[str, Any], what: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = running.ask("GET", f"{DRAFTS}/{draft['id']}/{what}").json()
    return found


def test_the_row_that_a_person_chooses_counts_until_a_cell_changes(running: Running):
    draft = drafted(running, TWO)
    (conflict,) = asked_of(running, draft, "conflicts")
    assert section_with(running, draft, "208.6亿元")
    body = {"row": conflict["other"], "reason": "与年报口径一致"}
    answer = change(running, draft, "conflicts", body)
    assert answer.status_code == 200, answer.text
    assert section_with(running, draft, "209.4亿元")
    assert answer.json()["open_points"] == []
    (now,) = asked_of(running, draft, "conflicts")
    assert (now["chosen"], now["other"]) == (conflict["other"], conflict["chosen"])
    assert "测试admin决定：与年报口径一致" in now["reason"]
    newer = running.table(TWO.replace("208.6", "208.8"))
    change(running, draft, "refresh", {"table": {"id": newer}})
    assert section_with(running, draft, "208.8亿元")
    told = running.ask("GET", f"{DRAFTS}/{draft['id']}/events").text
    assert "rulings.ended" in told


def test_a_conflict_that_is_none_is_refused_with_those_there_are(running: Running):
    draft = drafted(running, TWO)
    answer = change(running, draft, "conflicts", {"row": "I99"})
    assert answer.status_code == 422
    assert "现有" in answer.json()["detail"]


def test_a_fact_that_waits_is_vouched_for_by_name(running: Running):
    draft = drafted(running, TWO)
    assert draft["pending"] == 1
    answer = change(running, draft, "attestations", {"fact": "F02", "reason": "见表彰文件"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["pending"] == 0
    again = change(running, draft, "attestations", {"fact": "F02", "reason": "见表彰文件"})
    assert again.status_code == 422
    neither = change(running, draft, "attestations", {"reason": "见表彰文件"})
    assert neither.status_code == 422


def test_the_answer_to_a_question_is_proven_by_itself_and_stands_in_its_section(running: Running):
    table = "指标名称,所属板块,本期,单位,采用\n工业投资,工业经济,208.6,亿元,必报\n"
    facts = "编号,板块,类型,要点,采用\nF01,工业经济,项目,青杉铜箔二期项目,必写\n"
    draft = drafted(running, table, facts)
    found = asked_of(running, draft, "questions")
    if not found:
        pytest.skip("the draft asks for nothing")
    (first, *_) = found
    body = {"text": "全年走访企业312户次，协调解决用工等问题36个", "kind": "举措"}
    answer = change(running, draft, f"questions/{first['id']}/answer", body)
    assert answer.status_code == 200, answer.text
    section = section_with(running, draft, "走访企业312户次")
    verdicts = {one["text"]: one["verdict"] for one in section["findings"]}
    assert verdicts["312户次"] == "supported"
    assert first["id"] not in [one["id"] for one in asked_of(running, draft, "questions")]
    gone = change(running, draft, f"questions/{first['id']}/answer", body)
    assert gone.status_code == 404


def test_answers_are_of_the_kinds_that_the_fact_list_knows():
    assert get_args(AnswerIn.model_fields["kind"].annotation) == KINDS


def test_an_outline_orders_the_sections_of_a_draft(running: Running):
    outline = """sections:
  - {heading: 安全生产平稳, level: 1, kind: achievements, themes: [安全生产]}
  - {heading: 工业经济向好, level: 1, kind: achievements, themes: [工业经济]}
"""
    table = "指标名称,所属板块,本期,单位,采用\n工业投资,工业经济,208.6,亿元,必报\n安全培训人次,安全生产,1480,人次,必报\n"
    made = running.upload("/v1/outlines", outline, name="提纲.yaml")
    assert made.status_code == 201, made.text
    body = {
        "table": {"id": running.table(table)},
        "outline": {"id": made.json()["id"]},
        "year": 2024,
    }
    draft = ended(running, running.ask("POST", DRAFTS, json=body).json()["id"])
    headings = [one["heading"] for one in draft["sections"]]
    assert [one for one in headings if "安全" in one or "工业" in one] == [
        "一、安全生产平稳",
        "二、工业经济向好",
    ]
    bad = running.upload("/v1/outlines", "sections: [", name="提纲.yaml")
    assert bad.status_code == 422
    newer = outline.replace("安全生产平稳", "安全形势平稳")
    path = f"/v1/outlines/{made.json()['id']}"
    changed = running.upload(f"{path}/revisions", newer, name="提纲.yaml").json()["changed"]
    assert {one["row"] for one in changed} == {"安全生产平稳", "安全形势平稳"}
