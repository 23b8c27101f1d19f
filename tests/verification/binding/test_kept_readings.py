"""Sentences are read by themselves and kept: whatever was judged before, a text is judged the same."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from drafter.numerals import read_mentions
from drafter.reading.facts import read_facts
from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.verification import bind
from drafter.verification.binding import binder
from drafter.verification.binding.binder import forget
from drafter.verification.binding.candidates import Binding
from drafter.verification.binding.context import ClaimContext, contexts
from drafter.verification.verifier import examined
from tests.builders import facts, table

BASE = Path(__file__).parents[3] / "knowledge_base"


@pytest.fixture(scope="module")
def sample() -> tuple[str, IndicatorTable, FactList]:
    text = next(iter(sorted(BASE.glob("summaries/*2023*"))))
    rows = read_tables([BASE / "tables" / "2023年指标表.xlsx"], lenient=True)
    return read_text(text), rows, read_facts([BASE / "facts" / "2024年素材表.xlsx"], lenient=True)


def changed(text: str, chance: Random) -> str:
    """A text as somebody leaves it who edits: lines go, change places, begin a part, lose words."""
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.choice(("drop", "swap", "head", "cut", "type", "join"))
    if what == "drop" and len(lines) > 3:
        del lines[at]
    elif what == "swap":
        lines[at], lines[other] = lines[other], lines[at]
    elif what == "head":
        lines.insert(at, chance.choice(("一、主要成绩", "（二）下一步打算", "三、存在问题")))
    elif what == "cut":
        lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
    elif what == "type":
        place = chance.randrange(len(lines[at]) + 1)
        typed = chance.choice(("增长5%", "，完成投资208.6亿元，", "。", "；", "同比"))
        lines[at] = lines[at][:place] + typed + lines[at][place:]
    elif at + 1 < len(lines):
        lines[at : at + 2] = ["".join(lines[at : at + 2])]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(4))
def test_a_text_that_is_edited_on_and_on_is_judged_as_if_it_were_new(
    sample: tuple[str, IndicatorTable, FactList], seed: int
):
    text, rows, held = sample
    chance = Random(seed)
    for _ in range(12):
        text = changed(text, chance)
        kept = examined(text, rows, held)
        forget()
        assert examined(text, rows, held) == kept


def test_a_change_in_one_sentence_leaves_all_but_its_neighbours_kept(
    sample: tuple[str, IndicatorTable, FactList], monkeypatch: pytest.MonkeyPatch
):
    text, rows, held = sample
    bind(text, read_mentions(text), rows, held)
    asked: list[str] = []
    one = binder._bind_one

    def counted(context: ClaimContext, *rest: Any) -> Binding:
        asked.append(context.clause)
        return one(context, *rest)

    monkeypatch.setattr(binder, "_bind_one", counted)
    lines = text.split("\n")
    at = max(range(len(lines)), key=lambda number: len(lines[number]))
    pieces = lines[at].split("。")
    assert len(pieces) > 4
    pieces[-2] += "，持续加强跟踪服务"
    lines[at] = "。".join(pieces)
    text = "\n".join(lines)
    bind(text, read_mentions(text), rows, held)
    assert asked
    assert all(clause in pieces[-2] + "。" for clause in asked)


def test_places_and_numbers_count_through_the_text():
    text = "一、成绩\n甲5亿元；乙6亿元，增长7%。丙8亿元。\n丁9亿元。"
    found = contexts(text, [one for one in read_mentions(text) if one.claim])
    assert [text[one.mention.start : one.mention.end] for one in found] == [
        "5亿元", "6亿元", "7%", "8亿元", "9亿元",
    ]  # fmt: skip
    assert [one.mention.core_start for one in found] == [one.mention.start for one in found]
    assert [one.paragraph_number for one in found] == [1, 1, 1, 1, 2]
    assert [one.sentence_number for one in found] == [1, 1, 1, 2, 4]
    assert len({one.part_number for one in found}) == 4
    assert {one.heading for one in found} == {"一、成绩"}


@pytest.mark.parametrize("between", ["", "电网检修7次。\n"], ids=["row after row", "far from both"])
def test_what_was_spoken_of_before_a_sentence_counts_in_it(between: str):
    others = (f"乡镇{name}=1处" for name in "东南西北中")
    rows = table("甲产值=5亿元", "乙产值=6亿元", *others, "电网检修=7次")
    behind_first = f"甲产值5亿元。\n{between}产值6亿元。"
    behind_second = f"乙产值6亿元。\n{between}产值6亿元。"
    first, second = (row.id for row in rows.rows[:2])
    found = [
        bind(text, read_mentions(text), rows)[-1].best for text in (behind_first, behind_second)
    ]
    assert [one and one.indicator for one in found] == [second, first]


def test_a_list_behind_the_figures_of_a_fact_stands_for_itself():
    held = facts("举办观摩会3场、培训班2期，分别培训120人次和80人次")
    rows = table("工业投资=208.6亿元")
    text = "举办观摩会3场、培训班2期，分别培训120人次和80人次。"
    found = bind(text, read_mentions(text), rows, held)
    assert len(found) == 4
    assert found[0].best is not None
    assert found[0].best.is_fact
