"""A request as it is sent, within the room that there is."""

from dataclasses import replace
from pathlib import Path

import pytest

from drafter.writing.prompting.book import PromptBook
from drafter.writing.prompting.brief import Brief, FactBrief, Offered, RowBrief
from drafter.writing.prompting.budget import TokenRate
from drafter.writing.prompting.messages import (
    Request,
    regenerate_request,
    repair_request,
    resize_request,
    section_request,
)

BOOK = PromptBook(Path(__file__).parents[3] / "prompts")


def row(name: str, *, required: bool = False) -> RowBrief:
    return RowBrief(name, name, (), (Offered(f"{{{{ {name}.值 }}}}", "5家"),), required)


def fact(name: str, *, required: bool = False) -> FactBrief:
    return FactBrief(name, (), f"{name}的事", (), f"{{{{ 据.{name} }}}}", required)


BRIEF = Brief(
    organisation="某县某局",
    year=2024,
    headings=("工业经济", "党建工作"),
    heading="工业经济",
    kind="achievements",
    rows=(row("工业投资", required=True), row("用电量")),
    facts=(fact("F01", required=True), fact("F02")),
    past=("工业投资完成〔数〕。", "技改投资完成〔数〕。"),
    target=200,
)


def user(request: Request) -> str:
    return request.messages[-1].text


def test_a_section_is_asked_for_with_all_its_material():
    asked = section_request(BOOK, BRIEF)
    assert [one.role for one in asked.messages] == ["system", "user"]
    for said in ("“工业经济”", "{{ 工业投资.值 }}：5家", "{{ 据.F01 }}", "约200字", "〔数〕"):
        assert said in user(asked)
    assert (asked.prompt, asked.version) == ("achievements", BOOK.files["achievements"].version)


@pytest.mark.parametrize("kind", ["lead", "problems", "plan", "closing"])
def test_each_kind_of_section_has_its_own_prompt(kind: str):
    assert section_request(BOOK, replace(BRIEF, kind=kind), written=("甲。",)).prompt == kind


def test_the_lead_sees_the_rest():
    asked = section_request(BOOK, replace(BRIEF, kind="lead"), written=("工业投资完成5家。",))
    assert "1. 工业投资完成5家。" in user(asked)


def test_instruction_objections_and_length_reach_their_prompts():
    assert "写短些" in user(regenerate_request(BOOK, BRIEF, "甲。", "写短些"))
    assert "2. 无据" in user(repair_request(BOOK, BRIEF, "甲。", ["不符", "无据"]))
    assert "约150字" in user(resize_request(BOOK, BRIEF, "甲。", 150))


def test_material_that_looks_like_a_template_stays_text():
    sly = replace(BRIEF, facts=(replace(fact("F03"), text="{% for x in y %}{{ 7*7 }}"),))
    assert "{% for x in y %}{{ 7*7 }}" in user(section_request(BOOK, sly))


def test_what_finds_no_room_goes_in_order_passages_facts_rows_duties_last():
    full = section_request(BOOK, BRIEF).characters
    gone: list[tuple[str, ...]] = []
    for room in range(full, full - 400, -1):
        asked = section_request(BOOK, BRIEF, room=room)
        assert asked.characters <= room or len(asked.dropped) == 6
        if not gone or gone[-1] != asked.dropped:
            gone.append(asked.dropped)
    assert gone[-1] == (
        *("往年写法第2段", "往年写法第1段", "素材F02", "指标用电量"),
        *("素材F01", "指标工业投资"),
    )
    assert gone == [gone[-1][:count] for count in range(7)]


def test_tokens_a_character_are_those_that_the_endpoint_counted():
    rate = TokenRate().with_call(1_000, 600).with_call(1_000, None).with_call(1_000, -5)
    assert rate == TokenRate(1_000, 600)
    assert rate.characters_for(660) == 1_000
    assert TokenRate().characters_for(1_300) == 1_000
