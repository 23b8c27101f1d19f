from hypothesis import given
from hypothesis import strategies as st

from drafter.numerals.segments import clauses, sentences


def cut(text: str, stretches: tuple[tuple[int, int], ...]) -> str:
    return "|".join(text[start:end] for start, end in stretches)


def test_sentences_end_at_full_stops_and_newlines_but_not_at_semicolons():
    text = "甲完成5家；乙完成6家。丙\n丁！"
    assert cut(text, sentences(text)) == "甲完成5家；乙完成6家。|丙\n|丁！"


def test_clauses_end_at_commas_of_both_widths():
    text = "甲增长5%,排第二，乙：丙；丁"
    assert cut(text, clauses(text)) == "甲增长5%,|排第二，|乙：|丙；|丁"


def test_the_comma_within_a_number_ends_nothing():
    assert cut("完成1,234万元,增长", clauses("完成1,234万元,增长")) == "完成1,234万元,|增长"


def test_brackets_quotes_and_titles_hold_together():
    text = "甲（乙，丙），“丁，戊”，《己：庚》辛，壬"
    assert cut(text, clauses(text)) == "甲（乙，丙），|“丁，戊”，|《己：庚》辛，|壬"


def test_a_quote_that_is_never_closed_holds_nothing_together():
    assert cut("“甲，乙", clauses("“甲，乙")) == "“甲，|乙"


@given(st.text(alphabet="甲5,，。“”（）《》\n：;1234", max_size=80))
def test_the_stretches_cover_the_text(text: str):
    for stretches in (sentences(text), clauses(text)):
        assert "".join(text[start:end] for start, end in stretches) == text
        assert all(start < end for start, end in stretches)
