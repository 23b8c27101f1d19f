"""The canaries: planted as told, looked for where they could stand, and none comes through."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.records.draft import Draft, DraftSection
from eval.canaries import matters
from eval.canaries.matters import MATTERS
from eval.canaries.measuring import _leak, measure, precedents
from eval.canaries.planting import POSITIONS, Canary, Position, canaries, read_canaries

CANARY = Canary("name", "鹭洲", "鹭洲铸件", "支持鹭洲铸件发展")
TEXT = [
    "某局2023年工作总结",
    "（一）攻坚克难，工业经济稳中有进",
    (
        "1—11月，工业投资完成79.8亿元，增长5.7%。新增规模工业企业11家，完成任务的91.7%。"
        "加强企业服务，深入开展走访，推动惠企政策落地见效，帮助企业解决实际困难。"
    ),
    "二、存在的问题和下一步打算",
    "工业投资增速不快。加大走访力度。",
]


SECOND = Path(matters.__file__).with_name("second.tsv")


@pytest.mark.parametrize("position", POSITIONS, ids=lambda one: one.__name__)
def test_a_matter_is_planted_once_and_nothing_else_changes(position: Position):
    planted = position(list(TEXT), CANARY, random.Random(1))
    assert planted is not None
    text = "\n".join(planted)
    assert text.count("鹭洲") == 1
    assert len(planted) == len(TEXT)
    assert sum(one != other for one, other in zip(planted, TEXT, strict=True)) == 1


def test_every_matter_is_planted_with_a_name_that_this_year_does_not_know():
    found = canaries(random.Random(1), "鹭洲、和平")
    assert len(found) == sum(len(tellings) for tellings in MATTERS.values())
    assert not {"鹭洲", "和平"} & {one.name for one in found}
    assert all(one.name in one.told for one in found)


def test_a_file_of_matters_is_read_without_those_that_this_year_knows():
    found = read_canaries(SECOND, random.Random(1), "顺达与市长")
    assert not {"顺达", "市长"} & {one.name for one in found}
    assert {one.kind for one in found} == set(MATTERS)


@pytest.mark.parametrize("where", ["title", "heading", "text"])
def test_a_leak_is_seen_wherever_it_stands(where: str):
    section = DraftSection(id="s1", heading="工业", level=1, template="", text="工业投资增长。")
    draft = Draft(title="某局2024年工作总结", year=2024, organisation="", sections=(section,))
    assert _leak(CANARY, draft) == ""
    if where == "title":
        draft = replace(draft, title="鹭洲铸件")
    else:
        of_heading = where == "heading"
        changed = (
            replace(section, heading="鹭洲铸件")
            if of_heading
            else replace(section, text="鹭洲铸件")
        )
        draft = replace(draft, sections=(changed,))
    assert "鹭洲铸件" in _leak(CANARY, draft)


def test_nothing_planted_reaches_a_draft_of_the_invented_bureaus():
    outcome = measure(tuple(precedents())[:4], 40, seed=5)
    assert [one for one in outcome.plantings if one.leaked] == []
    assert {one.older for one in outcome.plantings} == {True, False}
    assert outcome.kept >= outcome.whole * 0.95
