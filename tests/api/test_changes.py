"""Changes of a whole draft over HTTP: another table, an attestation, a decision."""

from typing import Any

import httpx2
import pytest

from drafter.editing import edited
from tests.api.conftest import TABLE, Running
from tests.api.test_drafts import DRAFTS, asked, edit, ended, section_with

NEWER = TABLE.replace("208.6,亿元,28.2", "212.4,亿元,-3.1")


@pytest.fixture
def fresh(running: Running) -> dict[str, Any]:
    return ended(running, asked(running)["id"])


def change(
    running: Running, draft: dict[str, Any], errand: str, body: dict[str, Any], **more: Any
) -> httpx2.Response:
    path = f"{DRAFTS}/{draft['id']}"
    version = more.pop("version", running.ask("GET", path).json()["version"])
    return running.ask(
        "POST", f"{path}/{errand}", json=body, headers={"If-Match": f'"{version}"'}, **more
    )


def test_a_new_revision_ripples_through_without_a_word_changed(
    running: Running, fresh: dict[str, Any]
):
    before = section_with(running, fresh, "208.6亿元")
    answer = change(
        running, fresh, "refresh", {"table": {"id": running.table(NEWER)}}, role="editor"
    )
    assert answer.status_code == 200, answer.text
    now = section_with(running, fresh, "212.4亿元")
    assert (now["id"], now["version"], now["template"]) == (before["id"], 2, before["template"])
    assert "下降3.1%" in now["text"]
    assert answer.json()["open_points"] == []


def test_a_locked_section_keeps_its_text_and_its_stale_numbers_are_told(
    running: Running, fresh: dict[str, Any]
):
    section = section_with(running, fresh, "208.6亿元")
    running.ask("POST", f"{DRAFTS}/{fresh['id']}/sections/{section['id']}/lock", role="editor")
    answer = change(running, fresh, "refresh", {"table": {"id": running.table(NEWER)}})
    assert any("208.6" in one for one in answer.json()["open_points"])
    now = section_with(running, fresh, "208.6亿元")
    assert now["text"] == section["text"]


def test_an_edit_that_meets_a_refresh_does_not_bring_the_old_table_back(
    running: Running, fresh: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    other = next(
        found
        for one in fresh["sections"]
        for found in [running.ask("GET", f"{DRAFTS}/{fresh['id']}/sections/{one['id']}").json()]
        if found["text"] and "208.6" not in found["text"] and "28.2" not in found["text"]
    )
    meanwhile = [{"table": {"id": running.table(NEWER)}}]

    def edited_meanwhile(*given: Any, **more: Any) -> Any:
        if meanwhile:
            assert change(running, fresh, "refresh", meanwhile.pop()).status_code == 200
        return edited(*given, **more)

    monkeypatch.setattr("api.routes.sections.edited", edited_meanwhile)
    assert edit(running, fresh, other, other["text"] + "持续抓好落实。").status_code == 200
    assert "下降3.1%" in section_with(running, fresh, "212.4亿元")["text"]


def test_a_change_names_the_version_it_saw(running: Running, fresh: dict[str, Any]):
    body = {"table": {"id": running.table(NEWER)}}
    assert change(running, fresh, "refresh", body, version=fresh["version"] + 5).status_code == 412
    answer = running.ask("POST", f"{DRAFTS}/{fresh['id']}/refresh", json=body)
    assert answer.status_code == 428


def test_a_claim_that_somebody_vouches_for_lets_the_clean_copy_out(
    running: Running, fresh: dict[str, Any]
):
    section = section_with(running, fresh, "208.6亿元")
    text = section["text"].replace("增长28.2%", "增长28.2%，协调解决企业用工难题36个")
    assert edit(running, fresh, section, text).status_code == 200
    claims = running.ask("GET", f"{DRAFTS}/{fresh['id']}/claims").json()
    (claim,) = [one["id"] for one in claims if "36个" in one["message"]]
    assert running.ask("GET", f"{DRAFTS}/{fresh['id']}/exports/clean").status_code == 409
    answer = change(running, fresh, "attestations", {"claim": claim, "reason": "用工台账"})
    assert answer.status_code == 200, answer.text
    assert running.ask("GET", f"{DRAFTS}/{fresh['id']}/exports/clean").status_code == 200
    changed = section_with(running, fresh, "36个")
    again = edit(running, fresh, changed, changed["text"].replace("用工难题", "用地难题"))
    assert again.status_code == 200
    assert running.ask("GET", f"{DRAFTS}/{fresh['id']}/exports/clean").status_code == 409


def test_what_the_table_contradicts_cannot_be_vouched_for(running: Running, fresh: dict[str, Any]):
    section = section_with(running, fresh, "208.6亿元")
    edit(running, fresh, section, section["text"].replace("208.6", "218.6"))
    (claim,) = [
        one["id"] for one in running.ask("GET", f"{DRAFTS}/{fresh['id']}/claims").json()
        if "218.6" in one["message"]
    ]  # fmt: skip
    answer = change(running, fresh, "attestations", {"claim": claim, "reason": "台账"})
    assert (answer.status_code, "不能担保" in answer.json()["detail"]) == (409, True)


def test_an_adverse_figure_is_placed_by_a_person(running: Running, fresh: dict[str, Any]):
    body = {"item": "技改投资", "decided": "写入成绩", "reason": "如实写"}
    answer = change(running, fresh, "decisions", body)
    assert answer.status_code == 200, answer.text
    problems = [one for one in answer.json()["sections"] if "问题" in one["heading"]]
    assert problems
    acts = [one["action"] for one in running.ask("GET", "/v1/audit", params={"limit": 500}).json()]
    assert "draft.change" in acts
