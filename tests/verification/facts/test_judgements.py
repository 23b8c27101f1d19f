"""Judging words and the conditions that this year's rows must meet for them."""

import pytest

from drafter.records.indicator import Indicator
from drafter.verification.facts.judgements import holds, judging, places, rises, steady
from drafter.verification.facts.wordlists import load_words
from tests.writing.samples import figure, row


def words_of(text: str, licence: str = "") -> list[str]:
    return [one.word for _, one in judging(text, load_words(), licence)]


def test_the_longer_word_counts_where_two_overlap():
    assert words_of("工业投资大幅度增长") == ["大幅度"]


def test_a_word_within_a_routine_word_judges_nothing():
    assert words_of("持续推进项目建设") == []


def test_a_word_of_this_years_names_judges_nothing():
    assert words_of("前列腺筛查人数", "前列腺筛查人数") == []


@pytest.mark.parametrize(
    ("needs", "rows", "expected"),
    [
        ("rise", [row("甲=1亿元", yoy="3")], True),
        ("rise", [row("甲=1亿元", yoy="3"), row("乙=1亿元", yoy="-1")], False),
        ("rise", [row("甲=1亿元")], False),
        ("strong", [row("甲=1亿元", yoy="12")], True),
        ("strong", [row("甲=1亿元", yoy="9")], False),
        ("lead", [row("甲=1亿元", rank="3", rank_of=figure("11"))], True),
        ("lead", [row("甲=1亿元", rank="4", rank_of=figure("11"))], False),
        ("record", [row("甲=1亿元", yoy="30")], False),
        ("all", [row("甲=1亿元", yoy="30")], False),
    ],
)
def test_a_condition_is_asked_of_the_rows(
    needs: str, rows: list[Indicator], expected: bool
) -> None:
    assert holds(needs, rows, rows) is expected


def test_rows_that_must_be_reported_decide_whether_a_section_rises():
    rows = [row("甲=1亿元", yoy="3", weight="必报"), row("乙=1亿元", yoy="-1", weight="可报")]
    assert rises(rows)


def test_a_section_is_not_steady_when_a_required_row_falls():
    assert not steady([row("甲=1亿元", yoy="-3", weight="必报")])
    assert steady([row("甲=1家")])


def test_all_of_the_staff_is_a_manner_of_speaking():
    words = load_words()
    assert list(judging("在全体干部职工大会上传达", words)) == []
    assert [one.word for _, one in judging("全体企业达标", words)] == ["全体"]


def test_a_cue_across_two_routine_words_is_none():
    words = load_words()
    assert list(places("做好政务信息公开工作", "开工", words)) == []
    assert list(places("重点项目开工建设", "开工", words)) == [4]
