"""Two states of a text held against each other."""

from drafter.writing.comparing import SentenceChange, compare, joined


def changes(old: str, new: str) -> tuple[SentenceChange, ...]:
    return compare(joined([("s", "", old)]), joined([("s", "", new)])).changes


def kinds(old: str, new: str) -> list[tuple[str, ...]]:
    return [one.kinds for one in changes(old, new)]


FIRST = "全年完成技改投资208.6亿元，增长28.2%。"
SECOND = "新增规模企业35家，培育专精特新企业12家。"
THIRD = "我们持续优化营商环境，扎实开展走访服务。"


def test_what_stays_is_not_told():
    assert changes(FIRST + SECOND, FIRST + SECOND) == ()


def test_a_changed_digit_is_a_changed_number():
    (one,) = changes(FIRST + SECOND, FIRST.replace("208.6", "206.8") + SECOND)
    assert one.kinds == ("改数",)
    assert (one.numbers_before, one.numbers_after) == (("208.6亿元",), ("206.8亿元",))
    assert (one.before, one.after) == (FIRST, FIRST.replace("208.6", "206.8"))


def test_a_changed_year_or_a_lost_direction_is_a_changed_number_too():
    assert kinds("2024年投产。", "2023年投产。") == [("改数",)]
    assert kinds(FIRST, FIRST.replace("增长", "下降")) == [("改数",)]


def test_other_words_are_changed_words():
    assert kinds(THIRD, THIRD.replace("扎实", "深入")) == [("改字",)]


def test_an_added_and_a_deleted_sentence():
    assert kinds(FIRST, FIRST + THIRD) == [("新增",)]
    (one,) = changes(FIRST + THIRD, FIRST)
    assert (one.kinds, one.before, one.after) == (("删除",), THIRD, "")


def test_a_moved_sentence_is_neither_added_nor_deleted():
    assert kinds(FIRST + SECOND + THIRD, SECOND + THIRD + FIRST) == [("移动",)]


def test_a_sentence_may_be_moved_and_changed():
    (one,) = changes(FIRST + SECOND + THIRD, SECOND + THIRD + FIRST.replace("28.2", "28.3"))
    assert one.kinds == ("移动", "改数")


def test_two_sentences_joined_are_one_change():
    old, new = FIRST + SECOND, FIRST.rstrip("。") + "，" + SECOND
    (one,) = changes(old, new)
    assert (one.kinds, one.before, one.after) == (("改字",), old, new)


def test_a_sentence_cut_in_two_is_one_change():
    old = SECOND + THIRD
    new = SECOND.replace("，", "。") + THIRD
    (one,) = changes(old, new)
    assert (one.kinds, one.before) == (("改字",), SECOND)


def test_a_changed_heading_says_so():
    old, new = (joined([("s", heading, FIRST)]) for heading in ("一、工作情况", "一、工作成效"))
    (one,) = compare(old, new).changes
    assert (one.kinds, one.section) == (("改标题",), "s")


def test_a_name_that_only_one_side_tells_is_a_changed_fact():
    old = joined([("s", "", "青杉铜箔二期项目开工。")])
    new = joined([("s", "", "白杉铜箔二期项目开工。")])
    (one,) = compare(old, new, facts=([(0, 8)], [(0, 8)])).changes
    assert one.kinds == ("改事",)
    assert (one.facts_before, one.facts_after) == (("青杉铜箔二期项目",), ("白杉铜箔二期项目",))


def test_pairs_lead_every_sentence_to_what_it_was():
    old, new = joined([("s", "", FIRST + SECOND)]), joined([("s", "", SECOND + THIRD + FIRST)])
    found = {
        (old.text[slice(*before)].strip(), new.text[slice(*after)].strip())
        for before, after in compare(old, new).pairs
    }
    assert found == {(FIRST, FIRST), (SECOND, SECOND)}
