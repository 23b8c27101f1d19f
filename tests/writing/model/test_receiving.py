"""From what a model wrote to a template that may be stored; nothing is ever evaluated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.writing.model.receiving import MOST_REFERENCES, Received, receive
from drafter.writing.references import check_template, parse
from drafter.writing.rendering import render
from drafter.writing.sentences import sentence_templates
from tests.writing.model.scribe import INVESTMENT, MATERIALS, PROJECT, WHOLE


def taken(raw: str, facts: tuple[str, ...] | None = None) -> Received:
    return receive(raw, MATERIALS, facts=facts)


def codes(raw: str) -> list[str]:
    return [one.code for one in taken(raw).objections]


def test_a_section_of_the_grammar_stays_as_it_is():
    assert taken(WHOLE) == Received(WHOLE)


MEANT = {
    "完成｛｛ 工业投资 。值 ｝｝。": "完成{{ 工业投资.值 }}。",
    "完成{ { 工业投资.值 } }。": "完成{{ 工业投资.值 }}。",
    "工业投资增长{{ 工业投资.增长 }}。": "工业投资{{ 工业投资.增长 }}。",
    "工业投资208.6亿元。": "工业投资{{ 工业投资.值 }}。",
    "新增规模工业企业{{ 新增规模工业企业数 }}。": "新增规模工业企业{{ 新增规模工业企业数.值 }}。",
}


@pytest.mark.parametrize(("raw", "template"), MEANT.items())
def test_what_is_meant_is_understood(raw: str, template: str):
    found = taken(raw)
    assert found.template == template
    assert not found.sentences


def test_a_model_that_types_its_numbers_goes_the_same_way():
    found = taken("工业投资完成208.6亿元，增长28.2%，排全市第五。技改投资79.8亿元，下降5.7%。")
    assert "{{ 工业投资.值 }}" in found.template
    assert "{{ 技改投资.增长 }}" in found.template
    assert {one.kind for one in found.links} == {"linked"}


REFUSED = {
    "{{ 工业投姿.值 }}。": "unknown",
    "{{ 工业投资.占比 }}。": "empty",
    "{{ 工业投资.增张 }}。": "field",
    "{{ 工业投资.__class__ }}。": "field",
    "{{ ''.__class__.__mro__ }}。": "grammar",
    "{% for x in y %}。": "grammar",
    "{{ config }}。": "grammar",
    "{{ 占比(工业投资) }}。": "grammar",
    "技改投资208.6亿元。": "contradicted",
    "加强企业服务{{ 据.沿用 }}。": "carried",
}


@pytest.mark.parametrize(("raw", "code"), REFUSED.items())
def test_what_cannot_stand_is_objected_to(raw: str, code: str):
    assert code in codes(raw)
    assert taken(raw).sentences == (0,)


def test_near_names_are_told():
    (found,) = taken("完成{{ 工业投姿.值 }}。").objections
    assert found.near == ("工业投资.值",)
    assert "工业投资.值" in found.message


def test_facts_of_other_sections_are_refused():
    (found,) = taken(PROJECT, facts=("F02",)).objections[:1]
    assert found.code == "fact"


def test_an_objection_names_the_sentence_of_the_template():
    raw = f"{INVESTMENT}\n\n技改投资增长{{{{ 技改投资.增长 }}}}。完成{{{{ 无.值 }}}}。{PROJECT}"
    found = taken(raw)
    (number,) = found.sentences
    assert "无" in sentence_templates(found.template)[number].template


def test_what_our_own_writer_alone_may_say_is_taken_out():
    assert taken("加强企业服务{{ 据.沿用 }}。").template == "加强企业服务。"


def test_size_comes_first():
    for raw in ("长" * 200_000, "{{ 工业投资.值 }}。" * (MOST_REFERENCES + 1), "长" * 5_000):
        found = taken(raw)
        assert (found.template, found.objections[0].code) == ("", "size")


_PARTS = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        " 工业投资",
        ".值",
        "据.F01",
        "。",
        "\n",
        "占比(",
        "208.6亿元",
        "\x00",
    ]
)


@given(st.lists(_PARTS | st.text(max_size=4), max_size=30))
def test_whatever_comes_is_a_template_and_prints_no_code(parts: list[str]):
    found = taken("".join(parts))
    assert not parse(found.template).problems
    names = {one.message for one in check_template(found.template, MATERIALS)}
    assert all("没有" in one for one in names)
    render(found.template, MATERIALS)
    count = len(sentence_templates(found.template))
    assert all(one.sentence < max(1, count) for one in found.objections)
