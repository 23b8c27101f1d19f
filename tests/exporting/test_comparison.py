"""花脸稿: taking all its changes leaves the later draft, refusing them the earlier one."""

import io
from dataclasses import replace
from random import Random

import docx
import pytest

from drafter.exporting.word import clean_copy, comparison_copy
from drafter.marking import DATA, WORDING, marked
from drafter.records.comparison import Comparison
from drafter.records.draft import Draft, Edit
from tests.exporting.drafts import a_draft, a_section, spanned
from tests.exporting.opened import Opened, W, all_of, attribute, text
from tests.exporting.samples import a_reviewed_draft

FIRST = "规模工业增加值增长8.7%，排全市第二。技改投资完成208.6亿元。"
SECOND = "规模工业增加值增长8.9%，排全市第二。技改投资完成208.6亿元，创历史新高。"


def before() -> Draft:
    return a_draft(
        "现将有关情况总结如下。",
        f"一、工作开展情况 / {FIRST}\n加强运行调度。",
        "二、存在的问题 / 一是总量不大。",
    )


def after() -> Draft:
    return a_draft(
        "现将全年情况总结如下。",
        f"一、工作开展情况 / {SECOND}",
        "二、存在的主要问题 / 一是总量不大。\n二是人才不足。",
        date="2025年1月6日",
    )


def compared(old: Draft, new: Draft, **more: str) -> Comparison:
    return marked(old, new, date=(old.date, new.date), **more)


def opened(old: Draft, new: Draft) -> Opened:
    return Opened(comparison_copy(compared(old, new), new))


def settled(copy: Opened, *, taken: bool) -> list[str]:
    """The lines after all changes are taken or refused, as Word does it."""
    gone, tag = ("del", "t") if taken else ("ins", "delText")
    lines, carry = [], ""
    for paragraph in copy.paragraphs[: copy.lines.index("改动对照表")]:
        said = carry
        for child in paragraph:
            for run in child.iter(f"{W}r"):
                if child.tag == f"{W}{gone}":
                    continue
                wanted = {f"{W}t"} if child.tag == f"{W}r" else {f"{W}{tag}", f"{W}t"}
                said += "".join(one.text or "" for one in run if one.tag in wanted)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None:
            carry = said
            continue
        lines.append(said)
        carry = ""
    return lines  # a paragraph that is gone leaves no blank line behind


def printed(draft: Draft) -> list[str]:
    return [line.replace("\n", "") for line in Opened(clean_copy(draft)).lines if line]


def test_taking_all_changes_leaves_the_later_text_and_refusing_them_the_earlier():
    copy = opened(before(), after())
    assert settled(copy, taken=True) == printed(after())
    assert settled(copy, taken=False) == printed(before())


@pytest.mark.parametrize("seed", range(40))
def test_any_two_drafts_come_apart_again(seed: int):
    chance = Random(seed)
    whole = a_reviewed_draft()

    def shaken(draft: Draft) -> Draft:
        sections = []
        for one in draft.sections:
            lines = [line for line in one.text.split("\n") if chance.random() < 0.8]
            chance.shuffle(lines)
            words = "\n".join(lines)
            if chance.random() < 0.5:
                words = words.replace("第二", "第三").replace("培训", "先后培训")
            sections.append(replace(one, text=words, heading=one.heading.replace("稳", "平稳")))
        kept = [one for one in sections if chance.random() < 0.8]
        return replace(
            draft, sections=tuple(kept), title=draft.title + "（稿）" * chance.randrange(2)
        )

    old, new = shaken(whole), shaken(whole)
    copy = opened(old, new)
    assert settled(copy, taken=True) == printed(new)
    assert settled(copy, taken=False) == printed(old)
    assert copy.parts == opened(old, new).parts


def test_numbers_are_never_cut_in_two():
    copy = opened(before(), after())
    said = [text(run) for one in all_of(copy.document, "del") for run in [one] if text(one)]
    assert not any(piece.endswith("8.") for piece in said)
    deleted = [
        "".join(t.text or "" for t in one.iter(f"{W}delText"))
        for one in all_of(copy.document, "del")
    ]
    assert "8.7" in deleted


def test_every_change_has_an_author_a_date_and_a_number_of_its_own():
    copy = opened(before(), after())
    changes = [*all_of(copy.document, "ins"), *all_of(copy.document, "del")]
    assert changes
    assert all(
        one.get(f"{W}author") and one.get(f"{W}date") == "2025-01-06T00:00:00Z" for one in changes
    )
    numbers = [one.get(f"{W}id") for one in changes]
    assert len(set(numbers)) == len(numbers)


def test_the_file_is_read_by_the_library():
    docx.Document(io.BytesIO(comparison_copy(compared(before(), after()), after())))


def test_a_value_that_only_the_table_changed_is_an_update_of_data():
    def draft(value: str) -> Draft:
        section = a_section(f"一、情况 / 技改投资完成{value}，增长较快。")
        return a_draft(spanned(section, value, "cell", indicator="R4", field="值"))

    (row,) = compared(
        draft("208.6亿元"), draft("206.8亿元"), by="办公室", reason="领导意见"
    ).changes
    assert (row.reason, row.by, row.kinds) == (DATA, "", ("改数",))


def test_a_change_that_came_back_has_its_reason_and_its_author():
    old = a_draft("一、情况 / 完成技改投资12项。")
    new = a_draft("一、情况 / 完成技改投资15项。")
    edit = Edit(section="s0", kinds=("改数",), before="完成技改投资12项。", after="完成技改投资15项。",
                by="产业股", reason="股室更正")  # fmt: skip
    comparison = compared(old, replace(new, edits=(edit,)))
    assert [(row.reason, row.by) for row in comparison.changes] == [("股室更正", "产业股")]
    assert {piece.author for line in comparison.lines for piece in line.pieces} >= {"产业股"}


def test_a_change_that_nobody_recorded_takes_what_the_command_says():
    (row, *_) = compared(before(), after(), by="分管领导", reason="领导意见").changes
    assert (row.reason, row.by) == ("领导意见", "分管领导")
    assert compared(before(), after()).changes[0].reason == WORDING


def test_two_equal_drafts_say_so():
    copy = opened(before(), before())
    assert "两稿文字相同。" in copy.lines
    assert not list(all_of(copy.document, "ins"))


def test_the_table_stands_on_a_page_of_its_own_and_names_old_and_new():
    copy = opened(before(), after())
    heading = copy.paragraph("改动对照表")
    assert heading.find(f"{W}pPr/{W}pageBreakBefore") is not None
    rows = [[text(p) for p in all_of(row, "p")] for row in all_of(copy.document, "tr")]
    assert rows[0] == ["序号", "板块", "原文", "现文", "原因", "何人"]
    assert any("一是总量不大" not in row[2] and "人才不足" in row[3] for row in rows[1:])
    assert attribute(heading, "pPr/jc") == "center"
