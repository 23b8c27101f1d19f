"""The scripted models read the prompts as they are sent, and each has its one vice."""

import re

import pytest

from drafter.writing.model.weighing import received, weigh
from drafter.writing.prompting.messages import Request, repair_request, section_request
from eval.endpoint.scripts import Script, copier, good, inventor, sloppy, weak
from eval.endpoint.scripts.offering import offer_of
from tests.writing.model.scribe import BOOK, DOWN, Scribe, desk, plan, scribe, task


def prompt(of: Request) -> str:
    return "\n".join(one.text for one in of.messages)


SECTION = prompt(section_request(BOOK, task().brief))
NOBODY: Scribe = scribe(DOWN)


def objections(text: str) -> list[str]:
    template, noted = received(text, plan(), desk(NOBODY))
    found = weigh(template, plan(), desk(NOBODY), noted)
    return [said for one in found for said in one.objections]


def test_what_a_prompt_offers_is_read_whole():
    offer = offer_of(SECTION)
    assert [one.name for one in offer.rows] == ["工业投资", "技改投资", "新增规模工业企业数"]
    assert [one.id for one in offer.facts] == ["F01", "F02"]
    assert offer.rows[0].required
    assert offer.rows[0].fields["增长"] == ("{{ 工业投资.增长 }}", "增长28.2%")
    assert (offer.kind, offer.year) == ("section", "2024")
    assert offer.length == task().brief.target


def test_a_good_model_writes_what_stands():
    said = good(SECTION)
    assert objections(said) == []
    assert "{{ 工业投资.值 }}" in said
    assert "{{ 据.F01 }}" in said
    assert said == good(SECTION)


def test_a_good_model_mends_sentence_for_sentence():
    bad = "技改投资{{ 技改投资.值 }}创新高。\n成功举办博览会。"
    request = repair_request(BOOK, task().brief, bad, ("第1句：没有依据", "第2句：没有依据"))
    first, second = good(prompt(request)).splitlines()
    assert "{{ 技改投资.值 }}" in first
    assert second == "删去"


def test_a_weak_model_types_its_numbers():
    said = weak(SECTION)
    assert "{{" not in said
    assert re.search("[0-9]", said)


@pytest.mark.parametrize("author", [inventor, copier, sloppy])
def test_the_others_write_what_nothing_bears(author: Script):
    assert objections(author(SECTION))


def test_the_lead_ends_with_its_transition():
    lead = task(plan("lead", heading="", rows=("r1",), told=()))
    assert good(prompt(section_request(BOOK, lead.brief))).endswith("现将2024年工作总结如下。")
