"""核对单: what each 股室 answers for, in the order of the pages, with source and signature."""

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from drafter.errors import RequestError
from drafter.exporting.evidence import Sources, all_proofs
from drafter.exporting.signoff import departments, sheets_of
from drafter.exporting.word import signoff_copy, write_signoff
from drafter.records.draft import Draft
from drafter.records.indicator import IndicatorTable
from tests.exporting.drafts import a_draft, a_fact, a_row, a_section, a_table, facts, spanned
from tests.exporting.opened import Opened, W, all_of, text
from tests.exporting.samples import FACTS, a_reviewed_draft, a_reviewed_table

OFFICES = {"R3": "运行股", "R4": "投资股、运行股", "R5": "运行股", "R9": "信息化股"}


def the_sources() -> Sources:
    rows = a_reviewed_table().rows
    table = IndicatorTable(tuple(replace(row, department=OFFICES.get(row.id, "")) for row in rows))
    return Sources(table, FACTS)


def the_draft() -> Draft:
    return a_reviewed_draft()


@pytest.fixture(scope="module")
def copy() -> Opened:
    sources = the_sources()
    return Opened(signoff_copy(the_draft(), sheets_of(the_draft(), sources), sources))


def rows_of(copy: Opened, number: int = 0) -> list[list[str]]:
    table = list(all_of(copy.document, "tbl"))[number]
    return [
        ["\n".join(text(p) for p in all_of(cell, "p")) for cell in all_of(row, "tc")]
        for row in all_of(table, "tr")
    ]


def test_each_office_has_a_sheet_and_what_names_none_comes_last():
    names = [one.department for one in sheets_of(the_draft(), the_sources())]
    assert names == ["运行股", "投资股", "信息化股", "产业股", "安全股", "未注明股室"]


def test_every_number_and_fact_stands_on_the_sheets_of_its_offices_and_nowhere_else():
    sources = the_sources()
    sheets = sheets_of(the_draft(), sources)
    for section, proof in all_proofs(the_draft(), sources):
        homes = [
            sheet.department
            for sheet in sheets
            for entry in sheet.entries
            if entry.section == section and proof in entry.proofs
        ]
        assert sorted(homes) == sorted(departments(proof.department))


def test_they_stand_in_the_order_of_the_page():
    for sheet in sheets_of(the_draft(), the_sources()):
        order = {one.id: at for at, one in enumerate(the_draft().sections)}
        places = [(order[one.section.id], one.proofs[0].start) for one in sheet.entries]
        assert places == sorted(places)


def test_a_line_has_sentence_number_source_and_a_box_to_tick(copy: Opened):
    head, section, first, second, *_ = rows_of(copy)
    assert head == ["序号", "文中原句", "数字、事实", "指标或素材", "表中值", "出处", "核对"]
    assert section[1] == "（一）工业经济稳中有进"
    assert first == [
        "1", "规模工业增加值增长8.7%，排全市第二；技改投资完成208.6亿元。", "8.7%、第二",
        "规模工业增加值", "同比 8.7；位次 2", "表1 指标 E3、F3", "□对\n□错",
    ]  # fmt: skip
    assert second[1:3] == ["（同上句）规模工业增加值增长……", "208.6亿元"]


def test_an_open_number_says_so(copy: Opened):
    cells = [cell for number in range(8) for row in rows_of(copy, number) for cell in row]
    assert "80%\n（与表不符）" in cells


def test_what_was_reported_and_not_used_and_what_is_asked_for_is_listed(copy: Opened):
    said = [cell for table in range(len(list(all_of(copy.document, "tbl")))) for row in rows_of(copy, table) for cell in row]  # fmt: skip
    assert "企业上云" in said
    assert "两化融合贯标企业名单（必填）" in said
    assert "产业链招商签约情况" in said


def test_each_sheet_begins_on_a_page_of_its_own_and_is_signed(copy: Opened):
    heads = [one for one in copy.paragraphs if text(one) == "核对单"]
    breaks = [one.find(f"{W}pPr/{W}pageBreakBefore") is not None for one in heads]
    assert breaks == [False, *[True] * 5]
    signed = [line for line in copy.lines if line.startswith("核对人（签字）：")]
    assert len(signed) == 6
    assert all("股室负责人（签字）" in line and "年　月　日" in line for line in signed)


def test_the_file_is_the_same_every_time_and_read_by_the_library():
    sources = the_sources()
    first, other = (
        signoff_copy(the_draft(), sheets_of(the_draft(), sources), sources) for _ in range(2)
    )
    assert first == other
    docx.Document(io.BytesIO(first))


def test_one_office_alone(tmp_path: Path):
    path = tmp_path / "a.docx"
    sheets = write_signoff(the_draft(), path, the_sources(), department="投资股")
    assert [one.department for one in sheets] == ["投资股"]
    assert "股室：投资股" in Opened(path.read_bytes()).lines


def test_an_office_that_the_draft_does_not_know_is_answered_with_those_it_knows(tmp_path: Path):
    with pytest.raises(RequestError, match="运行股、投资股"):
        write_signoff(the_draft(), tmp_path / "a.docx", the_sources(), department="外事股")
    with pytest.raises(RequestError, match="没有需要股室核对"):
        write_signoff(a_draft("总结如下。"), tmp_path / "a.docx", Sources())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("written", "names"),
    [("", ("未注明股室",)), ("甲股", ("甲股",)), ("甲股、乙股/丙股", ("甲股", "乙股", "丙股"))],
)
def test_a_cell_may_name_several(written: str, names: tuple[str, ...]):
    assert departments(written) == names


def test_two_sections_that_say_the_same_keep_their_own_lines():
    words = "技改投资完成2.6亿元。"
    first, second = (
        spanned(a_section(f"（{mark}）抓投资 / {words}", at), "2.6亿元", "cell", indicator="R4", field="value")
        for at, mark in enumerate("一二")
    )  # fmt: skip
    (sheet,) = sheets_of(
        a_draft(first, second), Sources(a_table(a_row("技改投资", 4, value="2.6")))
    )
    assert [one.section.id for one in sheet.entries] == ["s0", "s1"]


def test_facts_that_the_draft_does_not_use_are_listed_and_internal_ones_by_number_alone():
    listed = facts(
        a_fact("F01", "开展观摩活动。", department="产业股"),
        a_fact("F02", "个别企业资金链紧张。", department="产业股", disclosure="内部"),
    )
    draft = a_draft("总结如下。")
    sources = Sources(facts=listed)
    sheets = sheets_of(draft, sources)
    assert [(one.department, one.unused_facts) for one in sheets] == [("产业股", listed.facts)]
    words = [cell for row in rows_of(Opened(signoff_copy(draft, sheets, sources))) for cell in row]
    assert "开展观摩活动。" in words
    assert "（标为内部，内容不列）" in words
    assert not any("资金链" in cell for cell in words)
