import csv
import datetime as dt
import json
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from drafter.errors import TableError, UnreadableFileError
from drafter.reading.conflicts import Choice
from drafter.reading.tables import read_tables
from drafter.records.indicator import Indicator, IndicatorTable

Rows = Sequence[Sequence[Any]]


def sheet(path: Path, rows: Rows, *, merged: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book["Sheet"].append(list(row))
    for area in merged:
        book["Sheet"].merge_cells(area)
    book.save(path)
    return path


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def said(row: Indicator) -> dict[str, str]:
    """Figures of a row in one notation: 约3.4 as `约 3.4`."""
    return {
        name: " ".join(part for part in (figure.approx, str(figure.number)) if part)
        for name, figure in row.figures()
    }


def only(table: IndicatorTable) -> Indicator:
    (row,) = table.rows
    return row


def problems(path: Path) -> list[str]:
    with pytest.raises(TableError) as caught:
        read_tables([path])
    return [f"{p.cell}:{p.read}" for p in caught.value.problems]


# --- heads -------------------------------------------------------------------------------------


def test_titles_unit_lines_and_merged_heads_of_two_rows(tmp_path: Path):
    rows: Rows = [
        ["云岭县2024年1—11月主要经济指标"],
        ["填报单位：经济运行股", None, None, None, "单位：亿元"],
        ["指标名称", "1—11月", None, "全市排名", None, "年度目标"],
        [None, "完成", "同比±%", "总量", "增速", None],
        ["工业投资", 79.8, -5.7, 3, 8, 92],
    ]
    merged = ["A1:F1", "A3:A4", "B3:C3", "D3:E3", "F3:F4"]
    row = only(read_tables([sheet(tmp_path / "a.xlsx", rows, merged=merged)]))
    assert said(row) == {
        "value": "79.8",
        "yoy": "-5.7",
        "rank": "3",
        "yoy_rank": "8",
        "target": "92",
    }
    assert (row.unit, row.rank_scope, row.period_written) == ("亿元", "全市", "1—11月")
    assert row.period is not None
    assert row.period.iso == ("2024-01", "2024-11")
    assert row.value is not None
    assert (row.value.cell.sheet, row.value.cell.cell) == ("Sheet", "B5")


def test_a_head_of_two_rows_without_merged_cells(tmp_path: Path):
    text = "指标名称,单位,1—11月,,11月,\n,,完成,同比,完成,同比\n工业投资,亿元,79.8,-5.7,8.1,2.3\n"
    table = read_tables([written(tmp_path / "a.csv", text)])
    assert [(row.period_written, said(row)) for row in table.rows] == [
        ("1—11月", {"value": "79.8", "yoy": "-5.7"}),
        ("11月", {"value": "8.1", "yoy": "2.3"}),
    ]
    assert [row.id for row in table.rows] == ["工业投资·1—11月", "工业投资·11月"]


def test_english_heads_in_any_order(tmp_path: Path):
    text = "yoy,rank_scope,name,unit,rank,value,id\n8.7,全市,工业投资,亿元,2,208.6,a1\n"
    row = only(read_tables([written(tmp_path / "a.csv", text)]))
    assert (row.id, said(row)) == ("a1", {"value": "208.6", "yoy": "8.7", "rank": "2"})


def test_columns_a_year_apart_are_value_and_prior(tmp_path: Path):
    text = "指标,2023年1—11月(亿元),2024年1—11月(亿元)\n工业投资,84.6,79.8\n"
    row = only(read_tables([written(tmp_path / "a.csv", text)]))
    assert said(row) == {"value": "79.8", "prior": "84.6"}
    assert row.unit == "亿元"
    assert row.period_written == "2024年1—11月"


def test_reported_and_approved_columns_become_rows_and_the_approved_counts(tmp_path: Path):
    text = "指标名称,单位,快报数,核定数\n工业税收,亿元,5.96,5.93\n"
    table = read_tables([written(tmp_path / "a.csv", text)])
    assert [(row.status, said(row)["value"]) for row in table.rows] == [
        ("快报", "5.96"),
        ("核定", "5.93"),
    ]
    assert [table.by_id(conflict.chosen).status for conflict in table.conflicts] == ["核定"]  # type: ignore[union-attr]


def test_ranks_in_two_regions_are_two_rows_without_conflict(tmp_path: Path):
    text = "指标名称,同比±%,全市排名,全省排名\n规模工业增加值,8.7,2,15\n"
    table = read_tables([written(tmp_path / "a.csv", text)])
    assert [(row.rank_scope, said(row)["rank"]) for row in table.rows] == [
        ("全市", "2"),
        ("全省", "15"),
    ]
    assert not table.conflicts


def test_a_sheet_with_one_named_column_of_money_reads_it_as_the_value(tmp_path: Path):
    text = "项目名称,投资(亿元),同比±%,备注\n智能水泵项目,6.2,12,在建\n"
    row = only(read_tables([written(tmp_path / "a.csv", text)]))
    assert (said(row), row.unit, row.note) == ({"value": "6.2", "yoy": "12"}, "亿元", "在建")


def test_unknown_columns_are_kept_and_running_numbers_are_not(tmp_path: Path):
    text = "序号,指标名称,本期,较序时±百分点\n1,工业投资,79.8,-3.1\n"
    row = only(read_tables([written(tmp_path / "a.csv", text)]))
    assert row.extra == (("较序时±百分点", "-3.1"),)


def test_a_share_of_gdp_says_of_what(tmp_path: Path):
    row = only(
        read_tables([written(tmp_path / "a.csv", "指标名称,占GDP比重(%)\n研发经费投入,2.63\n")])
    )
    assert (said(row), row.share_of) == ({"share": "2.63"}, "GDP")


def test_all_visible_sheets_are_read_and_hidden_ones_are_not(tmp_path: Path):
    book = openpyxl.Workbook()
    for title, name in (("工业", "工业投资"), ("科技", "研发经费"), ("旧表", "旧指标")):
        page = book.create_sheet(title)
        page.append(["指标名称", "本期"])
        page.append([name, 5])
    book["旧表"].sheet_state = "hidden"
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    table = read_tables([tmp_path / "a.xlsx"])
    assert [(row.name, row.row.sheet) for row in table.rows] == [
        ("工业投资", "工业"),
        ("研发经费", "科技"),
    ]


def test_two_columns_that_say_the_same_are_a_problem(tmp_path: Path):
    path = written(tmp_path / "a.csv", "指标名称,本期,完成值\n工业投资,1,2\n")
    assert problems(path) == ["C1:完成值"]


# --- rows --------------------------------------------------------------------------------------


def test_section_rows_notes_and_parts(tmp_path: Path):
    rows: Rows = [
        ["指标名称", "单位", "本期"],
        ["一、工业经济", None, None],
        ["重点项目数", "个", 39],
        ["其中：竣工", "个", 17],
        ["      在建", "个", 22],
        ["#省重点", "个", 4],
        ["（二）科技创新", None, None],
        ["高新技术企业数", "家", 61],
        ["  当年新认定", "家", 16],
        ["填报人：周砚清", "审核人：", None],
    ]
    table = read_tables([sheet(tmp_path / "a.xlsx", rows)])
    assert [(row.section, row.parent, row.name) for row in table.rows] == [
        ("一、工业经济", "", "重点项目数"),
        ("一、工业经济", "重点项目数", "竣工"),
        ("一、工业经济", "重点项目数", "在建"),
        ("一、工业经济", "重点项目数", "省重点"),
        ("（二）科技创新", "", "高新技术企业数"),
        ("（二）科技创新", "高新技术企业数", "当年新认定"),
    ]


def test_a_name_may_name_its_whole(tmp_path: Path):
    text = "指标名称,本期\n宣传稿件数,117\n宣传稿件数:其中党建类,42\n"
    table = read_tables([written(tmp_path / "a.csv", text)])
    assert [row.parent for row in table.rows] == ["", "宣传稿件数"]


def test_merged_sections_reach_down_and_merged_numbers_do_not(tmp_path: Path):
    rows: Rows = [
        ["板块", "指标名称", "本期", "同比±%"],
        ["工业", "工业投资", 79.8, -5.7],
        [None, "技改投资", None, 17.9],
    ]
    table = read_tables([sheet(tmp_path / "a.xlsx", rows, merged=["A2:A3", "C2:C3"])])
    assert [row.section for row in table.rows] == ["工业", "工业"]
    assert [said(row) for row in table.rows] == [{"value": "79.8", "yoy": "-5.7"}, {"yoy": "17.9"}]


def test_events_and_grades_are_rows_without_a_value(tmp_path: Path):
    text = "指标名称,本期,数据时点\n泵阀对接会举办,,2024年5月18日\n科技进步奖等次,二等奖,2024年\n"
    event, grade = read_tables([written(tmp_path / "a.csv", text)]).rows
    assert said(event) == {}
    assert event.period is not None
    assert event.period.iso == "2024-05-18"
    assert (said(grade), grade.unit) == ({"rank": "2"}, "等奖")


def test_a_year_said_in_the_title_completes_periods_but_a_goal_does_not(tmp_path: Path):
    text = (
        "指标名称,本期,时期,状态\n工业投资,79.8,2024年1—11月,\n重点项目数,39,全年,\n"
        "工业投资,85,2025年,目标\n"
    )
    table = read_tables([written(tmp_path / "a.csv", text)])
    assert [row.period.year for row in table.rows if row.period] == [2024, 2024, 2025]
    assert table.year == 2024
    assert [row.ref for row in table.rows] == ["工业投资", "重点项目数", "工业投资_2"]
    assert not table.conflicts


# --- cells and units ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "value", "expected_unit", "expected"),
    [
        ("", "近5亿元", "亿元", "近 5"),
        ("亿元", "5亿元", "亿元", "5"),
        ("家", "5户", "家", "5"),
        ("万元", "5万", "万元", "5"),
        ("", "８.７％", "%", "8.7"),
        ("亿元", "1,234.50", "亿元", "1234.50"),
        ("家", "13-17", "家", "13-17"),
    ],
)
def test_a_unit_may_stand_in_the_cell(
    tmp_path: Path, unit: str, value: str, expected_unit: str, expected: str
):
    text = f'指标名称,单位,本期\n某指标,{unit},"{value}"\n'
    row = only(read_tables([written(tmp_path / "a.csv", text)]))
    assert (row.unit, said(row)["value"]) == (expected_unit, expected)


def test_amounts_beside_the_value_are_set_into_its_unit(tmp_path: Path):
    text = "指标名称,单位,本期,上年同期(万元),年度目标\n工业税收,亿元,5.93,54300,增长8%以上\n"
    row = only(read_tables([written(tmp_path / "a.csv", text)]))
    assert row.prior is not None
    assert row.target is not None
    assert row.prior.number.value == Decimal("5.43")
    assert (row.target.unit, said(row)["target"]) == ("%", "以上 8")


def test_the_unit_of_a_line_above_is_not_given_to_counts_and_rates(tmp_path: Path):
    text = "2024年指标表,单位：亿元\n指标名称,本期\n工业投资,5\n企业数,7\n办结率,98.4\n"
    table = read_tables([written(tmp_path / "a.csv", text)])
    assert [(row.unit, row.period_written) for row in table.rows] == [
        ("亿元", "2024年"),
        ("", "2024年"),
        ("", "2024年"),
    ]


def test_words_beside_a_figure_are_kept_as_notes(tmp_path: Path):
    text = "指标,本期,较上年增减,较上年增减%\n投资,5.6（不含农户）,0.5,9.8\n利润,3,由负转正,\n"
    first, second = read_tables([written(tmp_path / "a.csv", text)]).rows
    assert said(first) == {"value": "5.6", "change": "0.5", "yoy": "9.8"}
    assert first.extra == (("本期", "不含农户"),)
    assert second.extra == (("较上年增减", "由负转正"),)


def test_a_unit_may_stand_in_the_name(tmp_path: Path):
    text = "指标名称,本期\n工业投资（亿元）,79.8\n签约项目(个),18\n签约项目(亿元),53.4\n"
    table = read_tables([written(tmp_path / "a.csv", text)])
    assert [(row.name, row.unit) for row in table.rows] == [
        ("工业投资", "亿元"),
        ("签约项目(个)", "个"),
        ("签约项目(亿元)", "亿元"),
    ]
    assert not table.conflicts


def test_units_that_contradict_each_other_are_a_problem(tmp_path: Path):
    assert problems(written(tmp_path / "a.csv", "指标名称,单位,本期\n税收,亿元,5000万元\n")) == [
        "C2:5000万元"
    ]


@pytest.mark.parametrize(
    ("number", "number_format", "value", "raw"),
    [
        (0.087, "0.0%", "8.7%", "0.087"),
        (12345678, "0.00,,", "12.35", "12345678"),
        (208.6, '0.0"亿元"', "208.6亿元", "208.6"),
        (-4.7, "0.0;[Red]0.0", "-4.7", None),
        (8.7, "0.00", "8.70", "8.7"),
    ],
)
def test_a_number_is_what_the_officer_sees(
    tmp_path: Path, number: float, number_format: str, value: str, raw: str | None
):
    book = openpyxl.Workbook()
    page = book["Sheet"]
    page.append(["指标名称", "本期"])
    page.append(["某指标", number])
    page["B2"].number_format = number_format
    book.save(tmp_path / "a.xlsx")
    row = only(read_tables([tmp_path / "a.xlsx"]))
    assert row.value is not None
    assert (row.value.cell.value, row.value.cell.raw) == (value, raw)


def test_the_noise_of_binary_fractions_is_rounded_away(tmp_path: Path):
    plain = sheet(tmp_path / "a.xlsx", [["指标名称", "本期"], ["某指标", 28.2]])
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for entry in old.infolist():
            part = old.read(entry).replace(b"<v>28.2</v>", b"<v>28.199999999999996</v>")
            new.writestr(entry, part)
    row = only(read_tables([tmp_path / "b.xlsx"]))
    assert row.value is not None
    assert str(row.value.number) == "28.2"
    assert row.value.cell.raw == "28.199999999999996"


def test_formulas_without_result_dates_and_errors_are_problems_all_at_once(tmp_path: Path):
    rows: Rows = [
        ["指标名称", "单位", "本期", "同比±%", "全市排名"],
        ["工业投资", "亿元", "=1+1", 8.7, dt.date(2024, 2, 11)],
        ["工业税收", "亿元", "5.93", "约摸八", 4],
        [None, "亿元", 3.2, None, None],
        ["技改投资", "亿元", "#REF!", None, None],
        ["用电量", "亿千瓦时", None, None, None],
    ]
    path = sheet(tmp_path / "a.xlsx", rows)
    assert problems(path) == [
        "C2:=1+1",
        "E2:2024年2月11日",
        "D3:约摸八",
        "A4:空",
        "C5:#REF!",
        "A6:用电量",
    ]
    with pytest.raises(TableError, match=r"(?s)6处问题.*a\.xlsx，Sheet，C2：读到“=1\+1”"):
        read_tables([path])


def test_lenient_sets_bad_rows_aside_and_says_so(tmp_path: Path):
    path = written(tmp_path / "a.csv", "指标名称,本期\n工业投资,79.8\n工业税收,很多\n")
    table = read_tables([path], lenient=True)
    assert [row.name for row in table.rows] == ["工业投资"]
    assert table.set_aside == (
        "a.csv，B3：读到“很多”，应为数字，如 208.6、1,234.5、近5亿元、13-17、1/3；没有则填“—”",
    )


def test_an_impossible_period_is_a_problem_and_a_word_is_not(tmp_path: Path):
    text = "指标名称,本期,时期\n甲指标,1,2024年13月\n乙指标,2,长期\n"
    assert problems(written(tmp_path / "a.csv", text)) == ["C2:2024年13月"]


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding_that_occurs(tmp_path: Path, encoding: str):
    text = "指标名称,单位,本期,备注\n规模工业企业数,家,137,截至十一月底经统计部门核定\n"
    row = only(read_tables([written(tmp_path / "a.csv", text, encoding)]))
    assert (row.name, said(row)) == ("规模工业企业数", {"value": "137"})


def test_json_keeps_digits_as_written(tmp_path: Path):
    text = '[{"name": "工业投资", "value": 79.80, "unit": "亿元", "aliases": ["工投", "工业固投"]}]'
    row = only(read_tables([written(tmp_path / "a.json", text)]))
    assert row.value is not None
    assert (str(row.value.number), row.value.cell.cell) == ("79.80", "[0].value")
    assert row.aliases == ("工投", "工业固投")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '[{"name": "甲", "value": NaN}]', '[{"name": "甲", "name": "乙"}]', '"甲"'],
)
def test_unusable_json_is_one_clear_message(tmp_path: Path, text: str):
    with pytest.raises(UnreadableFileError):
        read_tables([written(tmp_path / "a.json", text)])


@pytest.mark.parametrize(
    "text", ["甲,乙\n1,2\n", "工作总结\n一年来\n", "指标名称,单位\n工业投资,亿元\n"]
)
def test_a_file_without_a_usable_head_is_a_problem(tmp_path: Path, text: str):
    path = written(tmp_path / "a.csv", text)
    with pytest.raises(TableError, match="指标名称"):
        read_tables([path])
    with pytest.raises(TableError, match="指标名称"):
        read_tables([path], lenient=True)


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.pdf", "a.xlsm"])
def test_other_kinds_of_files_are_refused_with_advice(tmp_path: Path, name: str):
    with pytest.raises(UnreadableFileError):
        read_tables([written(tmp_path / name, "x")])


def test_unusable_files_are_one_clear_message_each(tmp_path: Path):
    whole = sheet(tmp_path / "a.xlsx", [["指标名称", "本期"], ["工业投资", 1]]).read_bytes()
    contents = {
        "截断.xlsx": whole[: len(whole) // 2],
        "文本.xlsx": b"not a workbook",
        "空.xlsx": b"",
        "空.csv": b"",
        "大.csv": b"a,b\n" * 12_500_000,
        "乱码.csv": bytes(range(128, 256)) * 40,
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableFileError, match=name):
            read_tables([tmp_path / name], lenient=True)
    with pytest.raises(UnreadableFileError, match="没有可见"):
        read_tables([sheet(tmp_path / "b.xlsx", [])])


def test_workbooks_are_parsed_with_defusedxml():
    assert openpyxl.DEFUSEDXML


def test_files_of_one_name_are_told_apart_by_their_folder(tmp_path: Path):
    paths = []
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        paths.append(written(tmp_path / folder / "a.csv", f"指标名称,本期\n{folder}指标,1\n"))
    assert read_tables(paths).files == tuple(str(path) for path in paths)


# --- ids and conflicts -------------------------------------------------------------------------


def conflict_of(tmp_path: Path, first: str, second: str, **settings: Any) -> tuple[str, str]:
    head = "指标名称,本期,单位,时期,状态,来源,板块\n"
    paths = [
        written(tmp_path / "甲.csv", f"{head}工业税收,{first}\n"),
        written(tmp_path / "乙.csv", f"{head}工业税收,{second}\n"),
    ]
    table = read_tables(paths, **settings)
    if not table.conflicts:
        return ("", "")
    (conflict,) = table.conflicts
    assert table.overruled == {conflict.other}
    return conflict.cells[0].value, conflict.reason


@pytest.mark.parametrize(
    ("first", "second", "chosen", "reason"),
    [
        ("5.93,亿元,2024年,核定,,", "5.96,亿元,2024年,快报,,", "5.93", "核定"),
        ("5.96,亿元,2024年,预计,,", "5.93,亿元,2024年,,,", "5.93", "未注明"),
        ("5.93,亿元,2024年,,市税务局,", "5.96,亿元,2024年,,本局,", "5.93", "税务局"),
        ("5.93,亿元,2024年,,,", "5.96,亿元,2024年,,,", "5.96", "后一行"),
        ("5.93,亿元,2024年,,,工业", "5.96,亿元,2024年,,,", "5.96", "后一行"),
        ("5.93,亿元,2024年,,,", "59300,万元,2024年,,,", "", ""),
        ("5.93,亿元,2024年,,,", "6.2,亿元,2024年,目标,,", "", ""),
        ("5.93,亿元,2024年,,,", "5.96,亿元,2023年,,,", "", ""),
        ("5.93,亿元,2024年,,,工业", "5.96,亿元,2024年,,,财税", "", ""),
    ],
)
def test_rows_that_compete_are_decided_by_status_then_source_then_order(
    tmp_path: Path, first: str, second: str, chosen: str, reason: str
):
    value, why = conflict_of(tmp_path, first, second)
    assert value == chosen
    assert reason in why


def test_the_order_of_choice_is_a_setting(tmp_path: Path):
    choice = Choice(statuses=("快报", "核定"))
    rows = ("5.93,亿元,2024年,核定,,", "5.96,亿元,2024年,快报,,")
    assert conflict_of(tmp_path, *rows, choice=choice)[0] == "5.96"


def test_the_row_that_counts_has_the_plain_template_name(tmp_path: Path):
    text = "指标名称,本期,状态\n工业税收,5.96,快报\n工业税收,5.93,核定\n"
    table = read_tables([written(tmp_path / "a.csv", text)])
    assert [(row.status, row.ref) for row in table.rows] == [
        ("快报", "工业税收_2"),
        ("核定", "工业税收"),
    ]


def test_ids_are_kept_made_and_unique(tmp_path: Path):
    text = "编号,指标名称,本期\na,工业投资,1\n,工业税收,2\na,工业投资,1\n"
    table = read_tables([written(tmp_path / "a.csv", text)])
    assert [row.id for row in table.rows] == ["a", "工业税收", "a_2"]


def test_one_id_for_two_indicators_is_a_problem(tmp_path: Path):
    text = "编号,指标名称,本期\na,工业投资,1\na,工业税收,2\n"
    assert problems(written(tmp_path / "a.csv", text)) == ["B3:a"]


# --- real tables -------------------------------------------------------------------------------


def test_every_cell_of_a_real_table_lands_where_the_contract_says(corpus: Path):
    path = corpus / "seeds" / "000_indicators.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        records = list(csv.DictReader(file))
    table = read_tables([path])
    assert len(table.rows) == len(records)
    for record, row in zip(records, table.rows, strict=True):
        texts = ("id", "name", "section", "unit", "rank_scope", "status", "note")
        assert [record[name] for name in texts] == [getattr(row, name) for name in texts]
        assert record["period"] == row.period_written
        assert (row.period is None) == (not record["period"])
        figures = {
            name: record[name] for name in ("value", "yoy", "rank", "target") if record[name]
        }
        assert figures == {name: str(figure.number) for name, figure in row.figures()}
        assert (row.value.approx if row.value else None) == (record["approx"] or None)
    assert not table.conflicts
    assert table.year == 2022


CHINESE = {
    "id": "编号",
    "name": "指标名称",
    "section": "所属板块",
    "value": "完成值",
    "approx": "约数",
    "unit": "计量单位",
    "period": "数据时点",
    "yoy": "同比±%",
    "yoy_approx": "同比约数",
    "rank": "位次",
    "rank_approx": "位次约数",
    "rank_scope": "排名范围",
    "target": "年度目标",
    "status": "状态",
    "note": "备注",
}


def test_a_real_table_says_the_same_as_workbook_with_chinese_heads_and_as_json(
    corpus: Path, tmp_path: Path
):
    source = corpus / "seeds" / "000_indicators.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        records = list(csv.DictReader(file))
    fields = list(reversed(CHINESE))
    numbers = [
        [float(text) if text.replace(".", "").isdecimal() else text for text in row]
        for row in ([record[field] for field in fields] for record in records)
    ]
    rows: Rows = [["2022年工作指标完成情况表"], [], [CHINESE[field] for field in fields], *numbers]
    book = sheet(tmp_path / "a.xlsx", rows, merged=["A1:O1"])
    data = written(tmp_path / "a.json", json.dumps(records, ensure_ascii=False))
    gbk = written(tmp_path / "a.csv", source.read_text(encoding="utf-8-sig"), "gb18030")
    expected = [
        (row.key, row.id, row.ref, row.unit, said(row)) for row in read_tables([source]).rows
    ]
    for path in (data, gbk, book):
        found = read_tables([path]).rows
        assert [row.id for row in found] == [row[1] for row in expected]
        for row, one in zip(found, expected, strict=True):
            # A sheet's title gives its year to the rows that name no period.
            key = row.key if one[0][2] else (*row.key[:2], "", *row.key[3:])
            assert (key, row.id, row.ref, row.unit, said(row)) == one


def test_a_county_table_with_a_column_of_years(corpus: Path):
    table = read_tables([corpus / "county" / "indicators.csv"])
    assert len(table.rows) == 39
    assert {row.period.year for row in table.rows if row.period} == {2011, 2012, 2013, 2014, 2015}
    assert not table.conflicts
