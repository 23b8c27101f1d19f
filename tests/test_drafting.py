"""The main errand on values: what this year's materials change in last year's words."""

from drafter.drafting import Assignment, with_searches_made, write_draft
from drafter.records.fact import FactList
from drafter.records.outline import Outline, OutlineSection
from drafter.records.passage import Passage
from tests.builders import fact, table
from tests.writing.past import block

PAST = "加强企业服务，深入开展走访。1—11月，工业投资完成150亿元，增长9%，排全市第三；技改投资完成60亿元，增长5%。"


def text(told: FactList) -> str:
    section = OutlineSection(
        "s1", "工业经济", 1, "achievements", "一、", source=(block(PAST),), inherited=True
    )
    outline = Outline("某局2024年工作总结", (section,))
    draft = write_draft(
        Assignment(
            outline=outline,
            table=table(
                "工业投资=208.6亿元 同比28.2 全市第2 板块工业", "技改投资=79.8亿元 同比5.7 板块工业"
            ),
            facts=told,
            year=2024,
            organisation="某县某局",
            title=outline.title,
            settings={},
        )
    )
    return draft.sections[0].text


def test_a_wording_that_this_years_replaces_is_not_carried():
    assert "深入开展走访" in text(FactList())
    wording = fact("坚持“服务进企”的工作思路", kind="提法", supersedes="深入开展走访、入企行动")
    assert "深入开展走访" not in text(FactList((wording,)))


def test_an_assignment_whose_searches_are_made_asks_the_knowledge_base_for_nothing():
    asked: list[str] = []

    def search(text: str) -> tuple[Passage, ...]:
        asked.append(text)
        return ()

    section = OutlineSection("s1", "工业经济", 1, "achievements", "一、", source=(block(PAST),))
    assignment = Assignment(
        outline=Outline("某局2024年工作总结", (section,)),
        table=table("新增企业=12家 板块工业经济"),
        facts=FactList(),
        year=2024,
        organisation="某县某局",
        title="某局2024年工作总结",
        search=search,
        settings={},
    )
    ready = with_searches_made(assignment)
    made = len(asked)
    assert made
    assert write_draft(ready).sections[0].text == write_draft(assignment).sections[0].text
    assert len(asked) == made + 1  # by the second alone
