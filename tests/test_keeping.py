"""What is kept of texts and tables, and what is not."""

import gc

from drafter.keeping import ByIdentity, WhileItLives, kept


class Value:
    """Anything."""


def counted(longest: int = 3):
    asked: list[str] = []

    @kept(2, longest=longest)
    def doubled(text: str) -> str:
        asked.append(text)
        return text * 2

    return doubled, asked


def test_what_was_worked_out_once_is_not_worked_out_again():
    doubled, asked = counted()
    assert [doubled("甲"), doubled("乙"), doubled("甲")] == ["甲甲", "乙乙", "甲甲"]
    assert asked == ["甲", "乙"]


def test_what_was_not_asked_for_longest_goes_first():
    doubled, asked = counted()
    for text in "甲乙丙甲":
        doubled(text)
    assert asked == ["甲", "乙", "丙", "甲"]


def test_a_long_stretch_is_worked_out_each_time_and_never_kept():
    doubled, asked = counted()
    for text in ("甲乙丙", "甲乙丙丁", "甲乙丙丁", "甲乙丙"):
        assert doubled(text) == text * 2
    assert asked == ["甲乙丙", "甲乙丙丁", "甲乙丙丁"]


def test_what_is_kept_can_be_dropped():
    doubled, asked = counted()
    doubled("甲")
    doubled.forget()
    doubled("甲")
    assert asked == ["甲", "甲"]


def test_a_value_is_itself_and_no_other_like_it():
    one, other = Value(), Value()
    for way in (ByIdentity, WhileItLives):
        assert way(one) == way(one)
        assert hash(way(one)) == hash(way(one))
        assert way(one) != way(other)
        assert way(one).value is one


def test_a_value_that_is_gone_is_not_held_and_equals_nothing():
    value = Value()
    held = WhileItLives(value)
    del value
    gc.collect()
    assert held != WhileItLives(Value())
    assert held != held  # noqa: PLR0124 - not even itself: its place may be another's by now
