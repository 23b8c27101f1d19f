"""What one section carries, no other tells again."""

from drafter.records.outline import SectionPlan
from drafter.writing.offline import Writing
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from drafter.writing.whole import write_all
from tests.writing.past import plan
from tests.writing.samples import materials, row


def texts(*plans: SectionPlan, given: Materials) -> list[str]:
    written = write_all(plans, Writing(materials=given, past_year=2023))
    return [render(one.template, given).text for one in written]


def test_a_row_carried_below_is_not_framed_above():
    given = materials(row("林业投资=9亿元", yoy="5"))
    above = plan("认真学习。", given, title="总体情况")
    below = plan("林业投资完成8亿元，增长4%。", given, title="林业")
    assert texts(above, below, given=given) == ["", "林业投资完成9亿元，增长5%。"]


def test_what_the_precedent_told_twice_is_told_twice():
    given = materials(row("林业投资=9亿元", yoy="5"))
    text = "林业投资完成8亿元，增长4%。"
    both = [plan(text, given, title=title) for title in ("总体情况", "林业")]
    assert texts(*both, given=given) == ["林业投资完成9亿元，增长5%。"] * 2
