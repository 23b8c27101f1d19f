"""What is attached to a copy: the year's table, figures of several years, their titles."""

import io
from dataclasses import replace
from decimal import Decimal

import docx
import pytest

from drafter.errors import OperatorError
from drafter.exporting.attachments import Attachments
from drafter.exporting.charts import chart
from drafter.exporting.evidence import Sources
from drafter.exporting.word import Extras, clean_copy, review_copy
from drafter.records.indicator import IndicatorTable
from drafter.records.series import SectionSeries, Series
from tests.builders import table
from tests.exporting.drafts import a_draft
from tests.exporting.opened import Opened, W, all_of, attribute, text

ROWS = (
    "规模工业增加值 同比8.7 全市第2 期2024年1—11月 板块工业经济",
    "工业投资=79.8亿元 上年84.6 同比-5.7 增速第9 期2024年1—11月 板块工业经济",
    "技改投资=44.7亿元 属工业投资 期2024年1—11月 板块工业经济",
    "高新技术企业数=16家 目标15 完成率106.7 期2024年 板块科技创新 状态预计",
    "内部测算数=3家 采用备查 期2024年 板块科技创新",
    "明年目标数=90亿元 状态目标 期2025年 板块工业经济",
)
SERIES = Series(
    "R1", "工业投资", "亿元", "1—11月",
    ((2022, Decimal("51.20")), (2023, Decimal("84.6")), (2024, Decimal("79.8"))),
)  # fmt: skip
CHARTS = (SectionSeries("（一）工业经济稳中有进", (SERIES,)),)


def attached(**held: object) -> Opened:
    extras = Extras(Attachments(**held))  # type: ignore[arg-type]
    return Opened(clean_copy(a_draft("一、情况 / 总结如下。"), extras=extras))


def rows_of(copy: Opened) -> list[list[str]]:
    return [
        ["\n".join(text(p) for p in all_of(cell, "p")) for cell in all_of(row, "tc")]
        for row in all_of(copy.document, "tr")
    ]


def the_table(*rows: str) -> IndicatorTable:
    return table(*(rows or ROWS))


@pytest.fixture(scope="module", autouse=True)
def _a_chinese_font() -> None:
    try:
        chart((SERIES,))
    except OperatorError as error:
        pytest.skip(str(error))


def test_without_attachments_nothing_is_said_of_them():
    copy = Opened(clean_copy(a_draft("一、情况 / 总结如下。")))
    assert not any("附件" in line for line in copy.lines)


def test_one_attachment_has_no_number():
    copy = attached(table=the_table())
    assert "附件：2024年主要指标完成情况表" in copy.lines
    page = copy.lines.index("附件")
    assert copy.lines[page + 1 : page + 3] == ["", "2024年主要指标完成情况表"]
    assert copy.paragraphs[page].find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert attribute(copy.paragraphs[page], "pPr/ind", "firstLine") is None


def test_several_are_numbered_and_the_second_name_stands_below_the_first():
    copy = attached(table=the_table(), series=CHARTS)
    note = copy.lines.index("附件：1．2024年主要指标完成情况表")
    assert copy.lines[note + 1] == "2．2024年主要指标历年情况图"
    first, second = (copy.paragraphs[note + number] for number in (0, 1))
    starts = [
        int(attribute(one, "pPr/ind", "left") or 0) - int(attribute(one, "pPr/ind", "hanging") or 0)
        for one in (first, second)
    ]
    # Indented by two characters; 2． stands below 1．, behind the three of 附件：.
    assert starts == [630, 630 + 3 * 315]
    assert {"附件1", "附件2"} <= set(copy.lines)


def test_the_note_stands_before_the_signature_and_the_pages_behind_it():
    lines = attached(table=the_table()).lines
    assert lines.index("附件：2024年主要指标完成情况表") < lines.index("云岭县科技和工业信息化局")
    assert lines.index("2024年12月31日") < lines.index("附件")


def test_the_table_prints_what_the_rows_have_and_no_empty_column():
    head, *rows = rows_of(attached(table=the_table()))
    assert head == [
        "指标名称", "单位", "统计期", "完成", "上年同期", "同比%", "位次", "年度目标", "完成率%",
    ]  # fmt: skip
    assert rows[0] == ["工业经济", *[""] * 8]
    assert ["工业投资", "亿元", "1—11月", "79.8", "84.6", "-5.7", "增速第9", "—", "—"] in rows
    assert ["规模工业增加值", "—", "1—11月", "—", "—", "8.7", "全市第2", "—", "—"] in rows
    assert ["高新技术企业数", "家", "全年", "16（预计）", "—", "—", "—", "15", "106.7"] in rows


def test_parts_are_moved_in_and_internal_rows_and_goals_are_left_out():
    names = [row[0] for row in rows_of(attached(table=the_table()))]
    assert "\u3000其中：技改投资" in names
    assert not {"内部测算数", "明年目标数"} & set(names)


def test_a_unit_and_a_period_of_all_rows_stand_outside_the_table():
    copy = attached(table=the_table("甲=1.5亿元 期2024年1—11月", "乙=2.50亿元 期2024年1—11月"))
    head, first, second = rows_of(copy)
    assert head == ["指标名称", "完成"]
    assert (first[1], second[1]) == ("1.5", "2.50")
    assert "单位：亿元" in copy.lines
    assert "注：统计期为2024年1—11月。" in copy.lines


def test_a_table_without_notes_does_not_end_the_document():
    copy = attached(table=the_table("甲=1.5亿元 期2024年1—11月", "乙=2.50亿元 期2024年"))
    assert [child.tag for child in copy.document[0]][-3:] == [f"{W}tbl", f"{W}p", f"{W}sectPr"]


def test_a_picture_is_in_the_file_with_words_for_those_who_cannot_see_it():
    extras = Extras(Attachments(series=CHARTS))
    content = clean_copy(a_draft("一、情况 / 总结如下。"), extras=extras)
    document = docx.Document(io.BytesIO(content))
    (shape,) = document.inline_shapes
    assert round(shape.width.mm) == 150
    assert "工业投资" in document.element.body.xml
    assert any(part.partname.endswith("image1.png") for part in document.part.package.iter_parts())
    assert content == clean_copy(a_draft("一、情况 / 总结如下。"), extras=extras)


def test_a_chart_is_black_and_white_and_the_same_every_time():
    image = chart((SERIES,))
    assert image == chart((SERIES,))
    assert image.startswith(b"\x89PNG")
    assert b"Software" not in image
    pixels = _pixels(image)
    assert all(abs(int(r) - int(g)) < 3 and abs(int(g) - int(b)) < 3 for r, g, b in pixels)


def _pixels(image: bytes) -> list[tuple[int, int, int]]:
    import matplotlib.image  # noqa: PLC0415 -- the tests' only use of it

    shown = (matplotlib.image.imread(io.BytesIO(image), format="png") * 255).astype(int)
    return [tuple(pixel[:3]) for row in shown[::7] for pixel in row[::7]]


def test_values_stand_above_the_bars_as_the_table_has_them(monkeypatch: pytest.MonkeyPatch):
    said: list[str] = []

    def annotate(_: object, words: str, *_at: object, **_how: object) -> None:
        said.append(words)

    monkeypatch.setattr("matplotlib.axes.Axes.annotate", annotate)
    chart((SERIES,))
    assert said == ["51.20", "84.6", "79.8"]


def test_a_machine_without_chinese_fonts_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("drafter.exporting.charts._FONTS", ("DejaVu Sans",))
    strange = replace(SERIES, name="工业投资龘")
    with pytest.raises(OperatorError, match="字体"):
        chart((strange,))


def test_the_mark_of_help_by_a_machine_is_off_a_text_or_a_property():
    draft = a_draft("一、情况 / 总结如下。")
    off, words, named = (
        Opened(clean_copy(draft, extras=Extras(ai_mark=mark)))
        for mark in ("off", "text", "property")
    )
    assert not any("AI辅助起草" in part for part in off.parts.values())
    assert words.lines[-1] == "（AI辅助起草）"
    assert "AI辅助起草" in named.parts["docProps/core.xml"]
    assert "AI辅助起草" not in named.parts["word/document.xml"]


def test_the_review_copy_has_them_before_its_own_appendix():
    extras = Extras(Attachments(table=the_table()))
    lines = Opened(review_copy(a_draft("一、情况 / 总结。"), Sources(), extras=extras)).lines
    assert lines.index("附件") < lines.index("核对附页")
