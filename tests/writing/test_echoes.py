"""A noun on both sides of its figure is said once."""

from drafter.writing.carrying import Piece, Slot
from drafter.writing.echoes import without_echo

FIGURE = Slot("{{ 上云企业.值 }}", field="value")


def said(*pieces: Piece) -> str:
    return "".join(one if isinstance(one, str) else "20家" for one in without_echo(pieces))


def test_a_noun_that_stands_before_the_figure_is_not_said_again_behind_it():
    assert said("成功指导上云企业", FIGURE, "企业", "。") == "成功指导上云企业20家。"


def test_a_noun_that_only_begins_like_it_stays():
    assert said("指导企业", FIGURE, "企业集团", "。") == "指导企业20家企业集团。"


def test_a_noun_that_stands_behind_alone_stays():
    assert said("新增", FIGURE, "企业", "，") == "新增20家企业，"
