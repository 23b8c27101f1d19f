"""One section's text changed by hand: references stay, everything is judged anew."""

import pytest

from drafter.drafting import rejudged
from drafter.editing import edited
from drafter.errors import RequestError
from drafter.records.draft import Draft
from drafter.writing.offline import WrittenSection
from drafter.writing.references import Materials
from tests.builders import facts, table

ROWS = table("工业投资=208.6亿元 同比28.2", "技改投资=79.8亿元 同比-5.7")
MATERIALS = Materials(ROWS, facts(), 2024, "云岭县科工局", "云岭县科工局2024年工作总结")


def drafted() -> Draft:
    bare = Draft(title=MATERIALS.title, year=2024, organisation="云岭县科工局", sections=())
    said = (
        ("s1", "一、工业经济", "工业投资完成{{ 工业投资.值 }}，{{ 工业投资.增长 }}。"),
        ("s2", "二、技改", "技改投资完成{{ 技改投资.值 }}。"),
    )
    written = [
        WrittenSection(
            id=name, heading=heading, level=1, kind="achievements", template=one, by_model=True
        )
        for name, heading, one in said
    ]
    return rejudged(bare, written, MATERIALS)


def test_the_edited_section_keeps_its_references_and_the_others_stay():
    before = drafted()
    done = edited(before, "s1", "全年工业投资累计完成208.6亿元，增长28.2%。", MATERIALS)
    first, second = done.draft.sections
    assert first.template == "全年工业投资累计完成{{ 工业投资.值 }}，{{ 工业投资.增长 }}。"
    assert second == before.sections[1]


def test_what_a_person_wrote_is_no_models_text_any_more():
    done = edited(drafted(), "s1", "工业投资累计完成208.6亿元。", MATERIALS)
    assert [one.by_model for one in done.draft.sections] == [False, True]


def test_a_typed_number_is_judged_and_one_that_is_proven_is_a_reference():
    wrong = edited(drafted(), "s2", "技改投资完成97.8亿元。", MATERIALS)
    assert wrong.draft.open_points
    right = edited(wrong.draft, "s2", "技改投资完成79.8亿元。", MATERIALS)
    assert right.draft.open_points == ()
    assert [one.text for one in right.links] == ["79.8亿元"]


def test_the_change_is_recorded_with_who_and_why():
    done = edited(drafted(), "s2", "技改投资79.8亿元。", MATERIALS, by="办公室", reason="精简")
    (edit,) = done.draft.edits
    assert (edit.section, edit.before, edit.after) == (
        "s2",
        "技改投资完成79.8亿元。",
        "技改投资79.8亿元。",
    )
    assert (edit.by, edit.reason) == ("办公室", "精简")


def test_the_same_text_changes_nothing():
    before = drafted()
    assert edited(before, "s1", before.sections[0].text, MATERIALS).draft == before


def test_a_section_that_is_not_there_is_a_mistake():
    with pytest.raises(RequestError, match="s9"):
        edited(drafted(), "s9", "好。", MATERIALS)


def saved(draft: Draft, *steps: tuple[str, str]) -> Draft:
    for text, by in steps:
        draft = edited(draft, "s2", text, MATERIALS, by=by).draft
    return draft


def test_what_one_goes_on_with_is_recorded_as_one_change():
    done = saved(drafted(), ("技改投资79亿元。", "甲"), ("技改投资79.8亿元。", "甲"))
    assert [(one.before, one.after) for one in done.edits] == [
        ("技改投资完成79.8亿元。", "技改投资79.8亿元。")
    ]


def test_what_another_changed_in_between_is_a_change_of_its_own():
    done = saved(
        drafted(), ("技改投资79亿元。", "甲"), ("技改79亿元。", "乙"), ("技改79.8亿元。", "甲")
    )
    assert [one.by for one in done.edits] == ["甲", "乙", "甲"]


def test_what_is_taken_back_is_no_change():
    done = saved(drafted(), ("技改投资79亿元。", "甲"), ("技改投资完成79.8亿元。", "甲"))
    assert done.edits == ()


def test_a_change_for_another_reason_is_recorded_apart():
    first = edited(drafted(), "s2", "技改投资79.8亿元。", MATERIALS, by="甲", reason="精简")
    second = edited(first.draft, "s2", "技改79.8亿元。", MATERIALS, by="甲", reason="领导意见")
    assert [one.reason for one in second.draft.edits] == ["精简", "领导意见"]
