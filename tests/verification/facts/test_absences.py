"""That nothing happened is held against the row that counts it."""

import pytest

from drafter.verification import verify
from tests.builders import table


def told(text: str, *rows: str) -> list[tuple[str, bool]]:
    found = verify(text, table(*rows)).findings
    return [(one.verdict, one.blocking) for one in found if one.kind == "fact"]


MAJOR = "较大及以上生产安全事故起数"


@pytest.mark.parametrize(
    ("text", "count", "verdicts"),
    [
        ("全年未发生较大及以上生产安全事故。", "0", [("supported", False)]),
        ("全年未发生较大及以上生产安全事故。", "2", [("contradicted", True)]),
        ("没有发生较大及以上生产安全事故。", "2", [("contradicted", True)]),
        ("未发生重大网络安全事件。", "2", []),
        ("未发生一起较大及以上生产安全事故。", "0", []),
        ("较大及以上生产安全事故发生率下降。", "2", []),
    ],
)
def test_the_row_that_counts_it_decides(
    text: str, count: str, verdicts: list[tuple[str, bool]]
) -> None:
    assert told(text, f"{MAJOR}={count}起") == verdicts


def test_a_narrower_word_is_another_count():
    assert told("未发生重大及以上生产安全事故。", "生产安全事故起数=2起") == []


def test_the_finding_names_the_cell_and_fails_the_text():
    report = verify("全年未发生较大及以上生产安全事故。", table(f"{MAJOR}=2起"))
    (one,) = [finding for finding in report.findings if finding.kind == "fact"]
    assert one.expected == "2起"
    assert one.evidence
    assert report.verdict(with_issues=False) == "fail"
