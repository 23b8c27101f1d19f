"""Goals: rows that hold nothing but a target, headings that tell of next year, bounds to keep."""

import pytest

from drafter.verification import verify
from tests.builders import table

TABLE = table(
    "城镇新增就业人数=15683人 目标14000 期2023年",
    "城镇新增就业人数 目标15000 期2024年",
    "城镇登记失业率=2.6% 目标4.5 期2023年",
)


@pytest.mark.parametrize("heading", ["2024年工作要点", "2024年工作打算", "今后努力方向"])
def test_a_row_with_nothing_but_a_target_proves_next_years_goal(heading: str):
    text = f"一、2023年工作\n成效明显。\n二、{heading}\n城镇新增就业1.5万人以上。"
    (found,) = [one for one in verify(text, TABLE).findings if "万人" in one.text]
    assert (found.verdict, found.field) == ("supported", "target")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("城镇登记失业率2.6%，控制在4.5%以内。", "supported", id="the target"),
        pytest.param("城镇登记失业率2.6%，控制在5.5%以内。", "open", id="true, but not the target"),
    ],
)
def test_what_a_figure_is_kept_within_is_its_target(text: str, verdict: str):
    found = [one for one in verify(text, TABLE).findings if "以内" in one.text]
    assert ["open" if one.is_open else one.verdict for one in found] == [verdict]
