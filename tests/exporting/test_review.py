"""The review copy: marks, comments and 核对附页."""

import dataclasses
import io
from collections import Counter
from pathlib import Path
from typing import get_args

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.exporting.evidence import Sources, field_name
from drafter.exporting.listings import files_of, listings
from drafter.exporting.review import prepare
from drafter.exporting.word import clean_copy, review_copy, write_review
from drafter.records.claim import Finding, Verdict
from drafter.records.draft import AdverseFigure, Edit, LeftOut, Question, Span, SpanKind
from drafter.verification.facts.points import PointKind
from tests.exporting.drafts import a_draft, a_section, asked, found, spanned
from tests.exporting.opened import Opened, W, all_of, attribute, children, number, runs, text
from tests.exporting.samples import FACTS, a_reviewed_draft, a_reviewed_table

Tables = list[list[list[str]]]


@pytest.fixture(scope="module")
def content():
    return review_copy(a_reviewed_draft(), Sources(a_reviewed_table(), FACTS))


@pytest.fixture(scope="module")
def review(content: bytes):
    return Opened(content)


@pytest.fixture(scope="module")
def comments(content: bytes):
    return [comment.text for comment in docx.Document(io.BytesIO(content)).comments]


@pytest.fixture(scope="module")
def tables(content: bytes):
    read = docx.Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in read]


def marked(review: Opened, words: str) -> list[tuple[str | None, ...]]:
    """The faces of the runs that print some words: shade, bold, style."""
    return [
        (
            attribute(run, "rPr/shd", "fill"),
            attribute(run, "rPr/b"),
            attribute(run, "rPr/rStyle"),
        )
        for paragraph in review.body_before_appendix()
        for run in runs(paragraph)
        if words in "".join(item.text or "" for item in run.iter(f"{W}t"))
    ]


def test_without_its_notes_the_review_copy_says_what_the_clean_copy_says(review: Opened):
    stripped = [text(item, notes=False) for item in review.body_before_appendix()]
    plain = Opened(clean_copy(a_reviewed_draft())).lines
    assert [line for line in stripped if line] == [line for line in plain if line]


def test_an_open_number_is_shaded_bold_and_followed_by_a_word(review: Opened):
    assert marked(review, "300人次") == [("F4B6B6", None, "OpenPoint")]
    paragraph = review.paragraph("新增规模企业")
    assert "300人次【无依据】" in text(paragraph)
    assert "80%【与表不符】" in text(paragraph)


def test_an_open_point_that_does_not_block_is_only_doubted():
    section = found(a_section("一、情况 / 4月5日开工。"), "4月5日", "unsupported", blocking=False)
    assert "4月5日【存疑】开工。" in Opened(review_copy(a_draft(section), Sources())).lines


def test_what_is_carried_or_adverse_is_left_to_a_person(review: Opened):
    assert marked(review, "加强运行调度") == [("FFF2CC", "0", "ToDecide")]
    assert "联系制度。【沿用】" in text(review.paragraph("规模工业增加值"))
    assert "下降4.7%【不利】" in text(review.paragraph("新增规模企业"))


def test_proven_numbers_have_no_mark(review: Opened):
    for words in ("8.7%", "第二", "208.6亿元", "117%"):
        assert marked(review, words) == [(None, "0", None)]


def test_questions_stand_where_they_belong(review: Opened):
    assert "【沿用】【请补：产业链招商签约情况（产业股）】" in text(
        review.paragraph("规模工业增加值")
    )
    assert text(review.paragraph("（二）")).startswith(
        "（二）信息化水平不断提升。【请补（必填）：两化融合贯标企业名单（信息化股）】全县首个"
    )
    assert "【请补：全年检查和整改情况（安全股）】" in review.lines


def test_each_number_has_a_comment_with_its_evidence(comments: list[str]):
    assert comments[0] == (
        "指标：规模工业增加值（同比）\n表中值：8.7　出处：2024年指标表.xlsx 指标 E3\n结论：有据"
    )
    upgrade = next(comment for comment in comments if "技改投资" in comment)
    assert "表中值：208.6　出处：2024年指标表.xlsx 指标 D4" in upgrade
    derived = next(comment for comment in comments if "推算有据" in comment)
    assert "算式：35 ÷ 30 × 100 = 116.7\n规则：N07" in derived
    assert "结论：与表不符。与表中数值不一致；表中为76%" in "\n".join(comments)
    assert "依据：省工信厅公告；信息化股" in comments[-1]
    assert len(comments) == 10


def test_comments_are_anchored_numbered_and_dated_with_the_draft(review: Opened):
    document = review.parts["word/document.xml"]
    elements = list(all_of(review.tree("word/comments.xml"), "comment"))
    assert [item.get(f"{W}id") for item in elements] == [str(n) for n in range(len(elements))]
    assert {item.get(f"{W}date") for item in elements} == {"2024-12-31T00:00:00Z"}
    for identifier in range(len(elements)):
        start = document.index(f'<w:commentRangeStart w:id="{identifier}"/>')
        end = document.index(f'<w:commentRangeEnd w:id="{identifier}"/>')
        called = document.index(f'<w:commentReference w:id="{identifier}"/>')
        assert start < end < called


def test_the_appendix_begins_on_a_new_page_with_its_name(review: Opened):
    heading = review.paragraph("核对附页")
    assert text(heading) == "核对附页"
    assert heading.find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert attribute(heading, "pPr/pStyle") == "Heading1"


def test_the_evidence_stands_in_the_order_of_the_page(tables: Tables):
    head, *rows = tables[0]
    assert head == ["序号", "文中数字、事实", "指标或素材", "表中值", "出处", "结论"]
    assert [row[0] for row in rows] == [str(n) for n in range(1, 9)]
    assert [row[1] for row in rows] == [
        "8.7%、第二", "208.6亿元", "35家", "117%", "4.1亿千瓦时、下降4.7%", "300人次", "80%",
        "全县首个省级数字化车间于6月获批。",
    ]  # fmt: skip


def test_neighbours_that_one_row_bears_share_a_line_with_all_their_cells(tables: Tables):
    assert tables[0][1] == [
        "1",
        "8.7%、第二",
        "规模工业增加值",
        "同比 8.7；位次 2",
        "表1 指标 E3、F3",
        "有据",
    ]


def test_what_is_open_or_derived_has_a_line_of_its_own(tables: Tables):
    derived = next(row for row in tables[0] if row[1] == "117%")
    assert derived[4:] == ["表1 指标 D5、G5\n35 ÷ 30 × 100 = 116.7", "推算有据"]
    assert next(row for row in tables[0] if row[1] == "80%")[5].startswith("与表不符：")


def test_two_open_numbers_of_one_row_have_a_line_each():
    section = a_section("一、情况 / 企业上云80家，增长90%。")
    for words in ("80家", "90%"):
        section = found(section, words, "contradicted", indicator="R9", indicator_name="企业上云")
    opened = Opened(review_copy(a_draft(section), Sources(a_reviewed_table(), FACTS)))
    rows = [[text(p) for p in all_of(row, "p")] for row in all_of(opened.document, "tr")]
    assert [row[1] for row in rows[1:3]] == ["80家", "90%"]


def test_the_short_names_of_the_files_are_explained(review: Opened):
    assert any("表1为“2024年指标表.xlsx”" in line for line in review.lines)


def test_the_copy_says_which_sections_a_model_wrote():
    draft = a_reviewed_draft(settings={"model": "openai:某模型"})
    by_model = dataclasses.replace(draft.sections[2], by_model=True)
    draft = dataclasses.replace(
        draft, sections=(*draft.sections[:2], by_model, *draft.sections[3:])
    )
    lines = Opened(review_copy(draft, Sources())).lines
    assert any(
        line.startswith("由模型（某模型）写成的板块：（一）工业经济稳中有进") for line in lines
    )
    assert not any(
        "由模型" in line for line in Opened(review_copy(a_reviewed_draft(), Sources())).lines
    )


def test_a_judgement_is_for_a_person_to_decide():
    section = a_section("一、情况 / 工业投资实现历史性突破。")
    section = found(section, "历史性突破", kind="fact", field="judgement")
    opened = Opened(review_copy(a_draft(section), Sources()))
    assert text(opened.paragraph("工业投资")) == "工业投资实现历史性突破【评价】。"


def test_changes_that_came_back_are_listed():
    edit = Edit(section="s2", kinds=("改数",), before="完成12项。", after="完成15项。", by="产业股",
                reason="股室更正")  # fmt: skip
    opened = Opened(review_copy(a_reviewed_draft(edits=(edit,)), Sources()))
    cells = [[text(p) for p in all_of(row, "p")] for row in all_of(opened.document, "tr")]
    assert [
        "1",
        "（一）工业经济…",
        "完成12项。",
        "完成15项。",
        "改数",
        "股室更正",
        "产业股",
    ] in cells


def test_the_appendix_lists_what_a_reviewer_has_to_settle(tables: Tables):
    questions, conflicts, adverse, unused, left_out, issues = (table[1:] for table in tables[1:])
    assert questions[1][1:4] == [
        "（二）信息化水…",
        "两化融合贯标企业名单（必填）",
        "信息化股",
    ]
    assert questions[2][4] == "检查企业〔数〕家次"
    assert conflicts[0][1:] == [
        "技改投资\n本期值", "208.6\n表1 指标 D4", "206.8\n表1 指标 D12",
        "核定优先于快报",
    ]  # fmt: skip
    assert [row[4] for row in adverse] == ["（一）工业经济…", "未写入，请定夺"]
    assert unused[0] == ["1", "企业上云", "本期值 17（家）", "表1 指标 A9"]
    assert left_out[0][2:] == ["成功举办第〔数〕届产业大会", "事件或名称", "上年事件，今年无素材"]
    assert issues[0][1:] == ["警告", "L18", "同级标题句式不一致"]


def test_tables_repeat_their_head_and_are_never_clipped(review: Opened):
    for table in all_of(review.document, "tbl"):
        rows = list(all_of(table, "tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        widths = [number(item.get(f"{W}w")) for item in all_of(table, "gridCol")]
        assert sum(widths) == 8845
        for row in rows:
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
            assert len(list(all_of(row, "tc"))) == len(widths)
        for paragraph in all_of(table, "p"):
            assert attribute(paragraph, "pPr/spacing", "lineRule") == "auto"
            assert {attribute(run, "rPr/sz") for run in runs(paragraph)} <= {"18"}


def test_a_list_with_nothing_in_it_says_so():
    lines = Opened(review_copy(a_draft("总结如下。"), Sources())).lines
    assert lines.count("无。") == 10
    assert "文中没有需要依据的数字。" in lines


def test_without_tables_the_copy_names_ids():
    content = review_copy(a_reviewed_draft(), Sources())
    read = docx.Document(io.BytesIO(content))
    assert read.tables[4].rows[1].cells[1].text == "R9"


def test_a_comment_over_two_paragraphs_is_opened_and_closed_once():
    section = a_section("一、情况 / 完成12项。\n完成13项。")
    section = found(section, "12项。\n完成13项", kind="fact")
    section = found(section, "项。\n")
    opened = Opened(review_copy(a_draft(section), Sources()))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert len(list(all_of(opened.document, name))) == 2
    assert opened.lines[3:5] == ["完成12项。", "完成13项。"]


def test_no_question_is_lost_wherever_it_points():
    section = a_section("一、情况 / 完成12项。\n\n完成13项。")
    places = [*range(len(section.text) + 3), -4]
    questions = tuple(Question(section="s0", text=f"问{place}号", after=place) for place in places)
    draft = a_draft(section, questions=questions)
    shown = "".join(Opened(review_copy(draft, Sources())).lines)
    for place in places:
        assert shown.count(f"【请补：问{place}号】") == 1


STRETCHES = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.sampled_from("全县增长8.7%。“”\n \u200b"), max_size=36),
    st.lists(st.tuples(STRETCHES, st.sampled_from(("supported", "unsupported"))), max_size=5),
    st.lists(
        st.tuples(STRETCHES, st.sampled_from(("carried", "fact", "cell", "open"))), max_size=5
    ),
    st.lists(st.integers(0, 45), max_size=3),
    st.booleans(),
)
def test_any_stretches_give_balanced_anchors_and_the_same_text(
    words: str,
    found_at: list[tuple[list[int], Verdict]],
    spans: list[tuple[list[int], SpanKind]],
    asked_at: list[int],
    run_in: bool,
):
    section = a_section(f"一、情况 {'|' if run_in else '/'} {words}")
    findings = tuple(
        Finding(start=start, end=end, text="", verdict=verdict)
        for (start, end), verdict in found_at
    )
    inserted = tuple(Span(start=start, end=end, kind=kind) for (start, end), kind in spans)
    section = dataclasses.replace(section, findings=findings, spans=inserted)
    draft = a_draft(
        section, questions=tuple(Question(section="s0", text="何事", after=at) for at in asked_at)
    )
    content = review_copy(draft, Sources())
    opened = Opened(content)
    docx.Document(io.BytesIO(content))
    stripped = "".join(text(item, notes=False) for item in opened.body_before_appendix())
    plain = "".join(Opened(clean_copy(draft)).lines)
    assert stripped.replace(" ", "") == plain.replace(" ", "")
    starts, ends, calls = (
        [number(item.get(f"{W}id")) for item in all_of(opened.document, name)]
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
    )
    assert sorted(starts) == sorted(ends) == sorted(calls)
    assert len(set(starts)) == len(starts)
    known = {
        number(item.get(f"{W}id")) for item in all_of(opened.tree("word/comments.xml"), "comment")
    }
    assert set(starts) == known
    shown = "".join(opened.lines)
    places = Counter(min(at, len(section.text)) for at in asked_at)
    assert shown.count("【请补：何事") == len(places)
    assert shown.count("共2项") == sum(times == 2 for times in places.values())


def test_the_file_is_the_same_on_any_day(tmp_path: Path, content: bytes):
    path = tmp_path / "审校稿.docx"
    write_review(a_reviewed_draft(), path, table=a_reviewed_table(), facts=FACTS)
    assert path.read_bytes() == content
    assert [item.name for item in tmp_path.iterdir()] == ["审校稿.docx"]


def test_an_adverse_figure_is_marked_only_where_it_stands():
    section = a_section("一、情况 / 增长8.7%。")
    other = AdverseFigure(indicator="R1", indicator_name="甲", text="增长8.7%", section="s9")
    lines = Opened(review_copy(a_draft(section, adverse=(other,)), Sources())).lines
    assert "增长8.7%。" in lines


def test_marks_carry_styles_that_a_returning_copy_is_read_by(review: Opened):
    names = {item.get(f"{W}styleId") for item in all_of(review.tree("word/styles.xml"), "style")}
    assert {"OpenPoint", "ToDecide", "ReviewNote", "CommentText", "CommentReference"} <= names
    assert children(review.document) == ["body"]


def test_a_question_asked_of_no_section_is_still_listed():
    section = spanned(a_section("一、情况 / 完成。"), "完成")
    draft = a_draft(section, questions=(asked(a_section("甲 / 乙", 9), "名单"),))
    read = docx.Document(io.BytesIO(review_copy(draft, Sources())))
    assert read.tables[0].rows[1].cells[2].text == "名单"


def test_a_signature_without_a_date_is_reported():
    lines = Opened(review_copy(a_draft("总结如下。", date=""), Sources())).lines
    assert "落款未写日期：起草时没有给出成文日期。" in lines


def test_clauses_left_out_for_one_reason_share_a_line():
    def out(text: str, reason: str = "往年的问题不沿用") -> LeftOut:
        return LeftOut(section="s1", text=text, reason=reason, label="Q")

    draft = dataclasses.replace(
        a_reviewed_draft(), left_out=(out("甲"), out("乙"), out("丙", "另一理由"))
    )
    sources = Sources(a_reviewed_table(), FACTS)
    review = prepare(draft, sources)
    listing = next(
        one
        for one in listings(draft, review, sources, files_of(draft, review, sources))
        if "未沿用" in one.heading
    )
    assert [(row[2], row[4]) for row in listing.rows] == [
        ("甲；乙", "往年的问题不沿用"),
        ("丙", "另一理由"),
    ]


@pytest.mark.parametrize("kind", get_args(PointKind))
def test_every_kind_of_fact_is_called_by_a_chinese_name(kind: str):
    assert field_name(kind) != kind


def test_a_number_of_a_fact_is_called_by_its_place():
    assert field_name("n12") == "第12个数"
