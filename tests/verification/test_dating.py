"""Dates of events against the rows and facts that name them."""

from drafter.verification import verify
from tests.builders import table

EVENTS = table("全县工业发展督查激励县通报 期2023年5月", "省级创新型县建设名单 期2023年9月")


def told(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.verdict) for one in verify(text, EVENTS).findings]


def test_each_of_two_dates_speaks_of_its_own_event():
    text = "5月，我县被列为全县工业发展督查激励县通报；9月，我县进入省级创新型县建设名单。"
    assert told(text) == [("5月", "supported"), ("9月", "supported")]


def test_the_date_of_the_other_event_of_a_sentence_proves_nothing():
    text = "9月，我县被列为全县工业发展督查激励县通报；5月，我县进入省级创新型县建设名单。"
    assert [verdict for _, verdict in told(text)] == ["unsupported", "unsupported"]


def test_a_date_may_stand_behind_its_event():
    assert told("我县于9月进入省级创新型县建设名单。") == [("9月", "supported")]
