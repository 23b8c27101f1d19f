"""This year's 上年同期 rules over what last year printed; growth across the change is quoted."""

import pytest

from drafter.records.claim import Report
from drafter.verification import verify
from drafter.verification.restating import restatements
from tests.builders import table

TABLE = table(
    "技术合同成交额=19.3亿元 上年16.1 期2023年",
    "电商交易额=26.4亿元 上年22 期2023年",
    "外贸主体=60家 上年50 同比20 期2023年",
)
TEXT = "2023年，技术合同成交额19.3亿元，增长19.9%；电商交易额26.4亿元，增长20%；外贸主体60家，增长20%。"


def verdicts(report: Report) -> list[str]:
    return [one.verdict for one in report.findings if one.text.endswith("%")]


def changes(report: Report) -> list[str]:
    return [one.message for one in report.issues if one.rule == "P07"]


def test_growth_is_computed_where_last_year_says_the_same():
    report = verify(TEXT, TABLE, last_year="2022年，技术合同成交额16.1亿元，电商交易额22亿元。")
    assert verdicts(report) == ["derived", "derived", "supported"]
    assert changes(report) == []


def test_growth_is_not_computed_where_last_year_printed_another_figure():
    report = verify(TEXT, TABLE, last_year="2022年，技术合同成交额17.4亿元，电商交易额22亿元。")
    assert verdicts(report) == ["unsupported", "derived", "supported"]
    (told,) = changes(report)
    assert "技术合同成交额" in told
    assert "16.1亿元" in told
    assert "17.4亿元" in told


def test_a_growth_that_the_table_states_is_quoted_in_any_case():
    report = verify(TEXT, TABLE, last_year="2022年，外贸主体48家。")
    assert verdicts(report)[2] == "supported"
    assert len(changes(report)) == 1


@pytest.mark.parametrize(
    "last_year",
    [
        pytest.param("2022年，技术合同成交额16亿元。", id="rounded"),
        pytest.param("2022年，技术合同成交额16.08亿元。", id="to more decimals"),
        pytest.param("2022年，技术合同成交额161000万元。", id="in another unit"),
        pytest.param("2022年1—11月，技术合同成交额14.2亿元。", id="of other months"),
        pytest.param("2022年，技术合同成交额超15亿元。", id="approximate"),
        pytest.param("2022年，成交额17.4亿元。", id="of no certain row"),
        pytest.param("一、2023年打算\n技术合同成交额达到17.4亿元。", id="a goal"),
        pytest.param(
            "预计技术合同成交额17亿元，全年实际技术合同成交额16.1亿元。", id="told rightly once"
        ),
    ],
)
def test_what_is_no_restatement(last_year: str):
    assert restatements(TABLE, last_year) == {}


def test_last_years_own_row_in_the_table_tells_it_too():
    rows = table(
        "技术合同成交额=19.3亿元 上年16.1 期2023年",
        "技术合同成交额=17.4亿元 期2022年",
        "电商交易额=26.4亿元 上年22 期2023年",
        "电商交易额=22.04亿元 期2022年",
    )
    assert list(restatements(rows)) == ["r1"]
    report = verify("2023年，技术合同成交额19.3亿元，比上年增加3.2亿元，增长19.9%。", rows)
    assert [(one.verdict, one.rule) for one in report.findings[-2:]] == [("unsupported", "L05")] * 2
