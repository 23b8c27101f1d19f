"""A draft is judged with its title and beside last year's text, as `check` judges a text."""

import json
from pathlib import Path
from typing import Any

import pytest

from drafter.cli import main

TABLE = (
    "编号,指标名称,所属板块,本期,上年同期,单位,统计期,同比(%)\n"
    "A1,工业投资,工业经济,100,90,亿元,2024年,11.1\n"
    "A2,技改投资,工业经济,50,40,亿元,2024年,25\n"
)
PAST = "某县工信局2023年工作总结\n一、工业经济\n2023年，全县工业投资完成88.5亿元，技改投资完成40亿元。\n"
DRAFT = Path("out/draft.json")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture(autouse=True)
def materials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("表.csv").write_text(TABLE, encoding="utf-8")
    Path("去年.txt").write_text(PAST, encoding="utf-8")


def draft(*more: str) -> dict[str, Any]:
    arguments = ("--indicators", "表.csv", "--precedent", "去年.txt", "--year", "2024")
    assert run("draft", *arguments, *more) == 0
    return held()


def held() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DRAFT.read_text(encoding="utf-8"))
    return found


def rules(found: dict[str, Any]) -> dict[str, str]:
    return {one["rule"]: one["message"] for one in found["issues"]}


def test_a_title_with_a_stale_year_is_told():
    found = draft("--title", "某县工信局2024年工作总结及2024年工作打算")
    assert rules(found)["L14"].startswith("标题")
    assert "L14" not in rules(draft("--title", "某县工信局2024年工作总结"))


def test_a_title_that_promises_plans_is_held_against_the_text():
    assert "L33" in rules(draft("--title", "某县工信局2024年工作总结及2025年工作打算"))


def test_another_figure_than_last_years_print_is_told_by_draft_and_refresh():
    message = rules(draft())["P07"]
    assert "88.5" in message
    assert run("refresh", str(DRAFT), "--indicators", "表.csv") == 0
    assert rules(held())["P07"] == message


def test_places_are_those_of_the_text_without_its_title():
    found = draft()
    texts = []
    for one in found["sections"]:
        texts += [one["heading"], one["text"]] if one["heading"] else [one["text"]]
    length = len("\n".join(text for text in texts if text))
    assert all(0 <= one["start"] <= one["end"] <= length for one in found["issues"])
    for section in found["sections"]:
        for one in section["findings"]:
            assert section["text"][one["start"] : one["end"]] == one["text"]


def test_last_years_text_that_has_gone_is_told(capfd: pytest.CaptureFixture[str]):
    draft()
    Path("去年.txt").unlink()
    capfd.readouterr()
    assert run("refresh", str(DRAFT), "--indicators", "表.csv") == 0
    assert "往年总结“去年.txt”已不在原处" in capfd.readouterr().out
