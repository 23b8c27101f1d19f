"""Names against the words of a clause."""

import pytest

from drafter.verification.binding.names import NameIndex


def shortened(noun: str, name: str) -> bool:
    return NameIndex([(name,)]).abbreviated(0, noun) > 0


@pytest.mark.parametrize(
    ("noun", "name"),
    [("定检率", "定期检验率"), ("不合格率", "不合格产品率"), ("社保费", "社会保险费")],
)
def test_a_short_form_takes_characters_in_their_order(noun: str, name: str):
    assert shortened(noun, name)


@pytest.mark.parametrize(
    ("noun", "name"),
    [("率检定", "定期检验率"), ("合格率", "不合格食品处置率"), ("完成率", "未完成项目占比率")],
)
def test_a_short_form_never_leaves_out_a_not(noun: str, name: str):
    assert not shortened(noun, name)
