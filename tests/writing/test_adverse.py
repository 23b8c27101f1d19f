"""Falls, missed targets and poor ranks, as a person gets them to decide upon."""

import pytest

from drafter.records.indicator import Indicator
from drafter.writing.adverse import adverse_figures, reasons
from tests.writing.samples import figure, materials, row


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(row("工业投资=9亿元", yoy="-4.7"), ("下降4.7%",), id="a fall"),
        pytest.param(row("企业数=9家", prior="10"), ("减少1家",), id="less than last year"),
        pytest.param(row("企业数=9家", completion="90"), ("完成任务的90%",), id="a missed task"),
        pytest.param(row("企业数=9家", target="12"), ("未达到年度目标12家",), id="below target"),
        pytest.param(
            row("工业投资=9亿元", rank="9", rank_of=figure("11"), rank_scope="全市"),
            ("全市第九",),
            id="a poor rank",
        ),
        pytest.param(
            row("工业投资=9亿元", yoy="4.7", rank="2", rank_of=figure("11")), (), id="all well"
        ),
        pytest.param(row("生产安全事故起数=1起", yoy="-50"), (), id="fewer accidents"),
        pytest.param(row("能耗降低率=3%", yoy="-1"), ("下降1%",), id="less saving"),
        pytest.param(row("工业投资=9亿元", yoy="-4", status="目标"), (), id="a goal"),
    ],
)
def test_what_speaks_against_the_year_is_said_as_it_would_be_printed(
    given: Indicator, said: tuple[str, ...]
) -> None:
    assert reasons(given, materials(given)) == said


def test_a_row_that_is_not_printed_stands_in_no_section():
    given = materials(row("工业投资=9亿元", yoy="-4.7"))
    (figure,) = adverse_figures(given.table.rows, given, (), "s03")
    assert figure.section == ""
    (printed,) = adverse_figures(given.table.rows, given, ("工业投资",), "s03")
    assert printed.section == "s03"
