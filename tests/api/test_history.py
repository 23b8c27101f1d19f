"""Versions compared and put back; edits that go together; stages and signatures."""

import io
from typing import Any

import pytest
from docx import Document

from tests.api.conftest import TABLE, Running
from tests.api.test_changes import NEWER, change
from tests.api.test_drafts import DRAFTS, asked, edit, ended, section_with

pytestmark = pytest.mark.postgresql


@pytest.fixture
def fresh(running: Running) -> dict[str, Any]:
    return ended(running, asked(running)["id"])


def stage(running: Running, draft: dict[str, Any], to: str, **more: Any) -> Any:
    return change(running, draft, "stages", {"stage": to}, **more)


def signed(running: Running, draft: dict[str, Any]) -> None:
    for to in ("送审稿", "会签稿", "签发稿"):
        assert stage(running, draft, to).status_code == 201


def test_who_comes_second_is_told_how_both_changes_go_together(
    running: Running, fresh: dict[str, Any]
):
    section = section_with(running, fresh, "208.6亿元")
    first = edit(running, fresh, section, section["text"] + "持续抓好落实。")
    mine = section["text"].replace("工业投资完成", "工业投资累计完成")
    second = edit(running, fresh, section, mine)
    assert second.status_code == 412
    assert second.json()["current"]["text"] == first.json()["text"]
    assert second.json()["merged"] == mine + "持续抓好落实。"
    third = edit(running, fresh, first.json(), second.json()["merged"])
    assert third.status_code == 200
    assert "累计完成{{ 工业投资.值 }}" in third.json()["template"]


def test_two_changes_of_one_clause_are_shown_side_by_side(running: Running, fresh: dict[str, Any]):
    section = section_with(running, fresh, "208.6亿元")
    edit(running, fresh, section, section["text"].replace("工业投资完成", "工业投资累计完成"))
    second = edit(running, fresh, section, section["text"].replace("工业投资完成", "工业投资达到"))
    assert second.json()["merged"] is None
    (clash,) = second.json()["clashes"]
    assert "工业投资达到" in clash["mine"]
    assert "工业投资累计完成" in clash["theirs"]


def test_a_version_is_compared_and_put_back(running: Running, fresh: dict[str, Any]):
    section = section_with(running, fresh, "208.6亿元")
    path = f"{DRAFTS}/{fresh['id']}/sections/{section['id']}"
    edit(running, fresh, section, section["text"].replace("工业投资完成", "工业投资累计完成"))
    pieces = running.ask("GET", f"{path}/versions/2/difference").json()
    assert [one["text"] for one in pieces if one["kind"] == "added"] == ["累计"]
    whole = [one["text"] for one in pieces if one["kind"] != "added"]
    assert "".join(whole) == section["text"]
    headers = {"If-Match": '"2"'}
    back = running.ask("POST", f"{path}/restore", json={"version": 1}, headers=headers)
    assert (back.json()["text"], back.json()["version"]) == (section["text"], 3)
    assert back.json()["template"] == section["template"]
    missing = running.ask(
        "POST", f"{path}/restore", json={"version": 9}, headers={"If-Match": '"3"'}
    )
    assert missing.status_code == 404


def test_what_is_put_back_has_the_numbers_of_the_present_table(
    running: Running, fresh: dict[str, Any]
):
    section = section_with(running, fresh, "208.6亿元")
    path = f"{DRAFTS}/{fresh['id']}/sections/{section['id']}"
    change(running, fresh, "refresh", {"table": {"id": running.table(NEWER)}})
    back = running.ask(
        "POST", f"{path}/restore", json={"version": 1}, headers={"If-Match": '"2"'}
    ).json()
    assert "212.4亿元" in back["text"]
    assert "208.6" not in back["text"]


def test_a_lock_that_ends_lets_the_table_in(running: Running, fresh: dict[str, Any]):
    section = section_with(running, fresh, "208.6亿元")
    path = f"{DRAFTS}/{fresh['id']}/sections/{section['id']}"
    running.ask("POST", f"{path}/lock", role="editor")
    change(running, fresh, "refresh", {"table": {"id": running.table(NEWER)}})
    held = running.ask("GET", path).json()
    assert (held["text"], held["version"]) == (section["text"], 1)
    other = next(one for one in fresh["sections"] if one["id"] != section["id"])
    beside = running.ask("GET", f"{DRAFTS}/{fresh['id']}/sections/{other['id']}").json()
    assert edit(running, fresh, beside, beside["text"] + "持续抓好落实。").status_code == 200
    assert running.ask("GET", path).json()["text"] == section["text"]
    freed = running.ask("POST", f"{path}/unlock", role="editor").json()
    assert "212.4亿元" in freed["text"]
    assert freed["version"] == 2
    assert running.ask("GET", f"{DRAFTS}/{fresh['id']}").json()["open_points"] == []


def test_a_draft_goes_from_stage_to_stage_and_skips_none(running: Running, fresh: dict[str, Any]):
    assert fresh["stage"] == "一稿"
    skipped = stage(running, fresh, "签发稿")
    assert (skipped.status_code, skipped.json()["code"]) == (409, "draft.stage")
    assert "送审稿" in skipped.json()["detail"]
    signed(running, fresh)
    entries = running.ask("GET", f"{DRAFTS}/{fresh['id']}/stages").json()
    assert [one["stage"] for one in entries] == ["送审稿", "会签稿", "签发稿"]
    assert all("测试admin" in one["author"] for one in entries)


def test_nothing_open_is_signed(running: Running, fresh: dict[str, Any]):
    section = section_with(running, fresh, "208.6亿元")
    edit(running, fresh, section, section["text"].replace("208.6", "218.6"))
    for to in ("送审稿", "会签稿"):
        assert stage(running, fresh, to).status_code == 201
    refused = stage(running, fresh, "签发稿")
    assert refused.status_code == 409
    assert any("218.6" in one for one in refused.json()["open_points"])


def test_a_change_after_the_signature_needs_a_new_one(running: Running, fresh: dict[str, Any]):
    signed(running, fresh)
    clean = f"{DRAFTS}/{fresh['id']}/exports/clean"
    assert running.ask("GET", clean).status_code == 200
    section = section_with(running, fresh, "208.6亿元")
    edit(running, fresh, section, section["text"] + "持续抓好落实。")
    now = running.ask("GET", f"{DRAFTS}/{fresh['id']}").json()
    assert (now["stage"], now["signature_ended"]) == ("会签稿", True)
    refused = running.ask("GET", clean)
    assert (refused.status_code, refused.json()["code"]) == (409, "draft.signature")
    assert stage(running, fresh, "签发稿").status_code == 201
    assert running.ask("GET", clean).status_code == 200


def test_a_change_that_no_reader_sees_leaves_the_signature(running: Running, fresh: dict[str, Any]):
    signed(running, fresh)
    answer = change(running, fresh, "refresh", {"table": {"id": running.table(TABLE)}})
    assert (answer.json()["stage"], answer.json()["signature_ended"]) == ("签发稿", False)


def test_the_way_from_a_stage_is_exported_as_a_marked_comparison(
    running: Running, fresh: dict[str, Any]
):
    stage(running, fresh, "送审稿")
    section = section_with(running, fresh, "208.6亿元")
    edit(running, fresh, section, section["text"] + "持续抓好落实。")
    path = f"{DRAFTS}/{fresh['id']}/exports"
    answer = running.ask("GET", f"{path}/comparison?stage=1")
    assert answer.status_code == 200
    xml = Document(io.BytesIO(answer.content)).element.xml
    assert "w:ins " in xml
    assert "持续抓好落实" in xml
    assert running.ask("GET", f"{path}/comparison?stage=7").status_code == 404
    page = running.ask("GET", f"{path}/evidence")
    assert page.headers["content-type"].startswith("text/html")
    assert "208.6亿元" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert running.ask("GET", f"{path}/data").json()["schema"] == 1
