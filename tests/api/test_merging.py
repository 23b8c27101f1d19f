"""Three ways of one text."""

from hypothesis import given
from hypothesis import strategies as st

from api.merging import Clash, merged

BASE = "工业投资完成208.6亿元，增长28.2%。技改投资完成79.8亿元。持续抓好落实。"


def test_changes_of_different_clauses_go_together():
    mine = BASE.replace("完成208.6", "累计完成208.6")
    theirs = BASE.replace("持续", "一以贯之")
    both = merged(BASE, mine, theirs)
    assert both.text == mine.replace("持续", "一以贯之")
    assert both.clashes == ()


def test_neighbouring_clauses_do_not_meet():
    mine, theirs = BASE.replace("208.6", "209"), BASE.replace("28.2%", "29%")
    assert merged(BASE, mine, theirs).text == BASE.replace("208.6", "209").replace("28.2%", "29%")


def test_two_hands_in_one_clause_clash_and_each_way_is_shown():
    mine, theirs = BASE.replace("208.6", "218.6"), BASE.replace("完成208.6", "达到208.6")
    found = merged(BASE, mine, theirs)
    assert found.text is None
    assert found.clashes == (
        Clash("工业投资完成208.6亿元，", "工业投资完成218.6亿元，", "工业投资达到208.6亿元，"),
    )


def test_insertions_at_one_place_clash_as_nobody_knows_their_order():
    assert merged(BASE, BASE + "甲。", BASE + "乙。").text is None


def test_the_same_change_by_both_is_taken_once():
    both = BASE.replace("持续", "全力")
    assert merged(BASE, both, both).text == both


def test_what_one_deletes_and_the_other_leaves_is_gone():
    mine = BASE.replace("技改投资完成79.8亿元。", "")
    theirs = BASE.replace("208.6", "209")
    assert merged(BASE, mine, theirs).text == mine.replace("208.6", "209")


TEXTS = st.lists(st.sampled_from(["甲，", "乙。", "丙；", "丁\n", "戊"]), max_size=8).map("".join)


@given(TEXTS, TEXTS)
def test_one_hand_alone_gets_its_text(base: str, mine: str):
    assert merged(base, mine, base).text == mine
    assert merged(base, base, mine).text == mine


@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_who_came_first(base: str, mine: str, theirs: str):
    assert merged(base, mine, theirs).text == merged(base, theirs, mine).text
