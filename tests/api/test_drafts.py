"""Drafts over HTTP: asked for, watched, read, edited by several, exported."""

import io
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import Any

import httpx2
import pytest
from docx import Document

from tests.api.conftest import FACTS, FOREIGN, Running

pytestmark = pytest.mark.postgresql
DRAFTS = "/v1/drafts"


def asked(running: Running, **more: Any) -> dict[str, Any]:
    """A draft newly asked for."""
    facts = running.upload("/v1/fact-lists", FACTS, name="素材.csv").json()["id"]
    body = {"table": {"id": running.table()}, "facts": {"id": facts}, "year": 2024, **more}
    answer = running.ask("POST", DRAFTS, json=body, role="staff")
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ended(running: Running, draft: str, **more: Any) -> dict[str, Any]:
    """The draft when its job has ended."""
    until = monotonic() + 60
    while monotonic() < until:
        found: dict[str, Any] = running.ask("GET", f"{DRAFTS}/{draft}", **more).json()
        if found["state"] in ("done", "failed", "cancelled"):
            return found
        sleep(0.1)
    raise AssertionError(found)


@pytest.fixture(scope="module")
def draft(running: Running) -> dict[str, Any]:
    return ended(running, asked(running)["id"])


@pytest.fixture
def fresh(running: Running) -> dict[str, Any]:
    """A draft of its own, to be changed."""
    return ended(running, asked(running)["id"])


def section_with(running: Running, draft: dict[str, Any], words: str) -> dict[str, Any]:
    for one in draft["sections"]:
        found: dict[str, Any] = running.ask(
            "GET", f"{DRAFTS}/{draft['id']}/sections/{one['id']}"
        ).json()
        if words in found["text"]:
            return found
    raise AssertionError(words)


def edit(
    running: Running, draft: dict[str, Any], section: dict[str, Any], text: str, **more: Any
) -> httpx2.Response:
    headers = {"If-Match": f'"{section["version"]}"'}
    body = {"text": text, "reason": more.pop("reason", "")}
    path = f"{DRAFTS}/{draft['id']}/sections/{section['id']}"
    return running.ask("PUT", path, json=body, headers=headers | more.pop("headers", {}), **more)


def test_a_draft_is_written_by_a_job_and_proven(running: Running, draft: dict[str, Any]):
    assert (draft["state"], draft["error"], draft["open_points"]) == ("done", "", [])
    assert draft["title"] == "云岭县科技和工业信息化局2024年工作总结"
    section = section_with(running, draft, "208.6亿元")
    assert section["version"] == 1
    assert any(
        one["text"] == "208.6亿元" and one["verdict"] == "supported" for one in section["findings"]
    )
    assert any(one["kind"] == "cell" for one in section["spans"])


def test_the_copies_are_word_files(running: Running, draft: dict[str, Any]):
    for kind in ("review", "clean"):
        answer = running.ask("GET", f"{DRAFTS}/{draft['id']}/exports/{kind}", role="reader")
        assert answer.status_code == 200
        lines = [one.text for one in Document(io.BytesIO(answer.content)).paragraphs]
        assert any("208.6亿元" in line for line in lines)
        assert ("核对附页" in lines) == (kind == "review")


def test_its_events_are_told_in_order_and_from_any_number_on(
    running: Running, draft: dict[str, Any]
):
    def told(last: str) -> list[tuple[int, str]]:
        answer = running.ask(
            "GET", f"{DRAFTS}/{draft['id']}/events", headers={"Last-Event-ID": last}
        )
        assert answer.headers["content-type"].startswith("text/event-stream")
        blocks = [one.split("\n") for one in answer.text.strip().split("\n\n")]
        return [(int(one[0][4:]), one[1][7:]) for one in blocks if one[0].startswith("id: ")]

    whole = told("0")
    assert [number for number, _ in whole] == list(range(1, len(whole) + 1))
    kinds = [kind for _, kind in whole]
    assert kinds[:2] == ["draft.queued", "draft.started"]
    assert kinds[-1] == "draft.finished"
    assert kinds.count("section.started") == len(draft["sections"])
    assert kinds.count("section.finished") == len(draft["sections"])
    assert told("3") == whole[3:]


def test_an_edit_is_judged_at_once_and_keeps_its_references(
    running: Running, fresh: dict[str, Any]
):
    section = section_with(running, fresh, "208.6亿元")
    text = section["text"].replace("工业投资完成", "工业投资累计完成")
    answer = edit(running, fresh, section, text, role="editor", reason="润色")
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"2"'
    assert "累计完成{{ 工业投资.值 }}" in answer.json()["template"]
    assert running.ask("GET", f"{DRAFTS}/{fresh['id']}").json()["open_points"] == []
    versions = running.ask(
        "GET", f"{DRAFTS}/{fresh['id']}/sections/{section['id']}/versions"
    ).json()
    assert [(one["number"], one["reason"]) for one in versions] == [(1, "起草"), (2, "润色")]
    assert versions[0]["text"] == section["text"]


def test_a_wrong_number_is_stored_open_and_keeps_the_clean_copy_back(
    running: Running, fresh: dict[str, Any]
):
    section = section_with(running, fresh, "208.6亿元")
    answer = edit(running, fresh, section, section["text"].replace("208.6", "218.6"))
    assert [one["verdict"] for one in answer.json()["findings"] if "218.6" in one["text"]] == [
        "contradicted"
    ]
    refused = running.ask("GET", f"{DRAFTS}/{fresh['id']}/exports/clean")
    assert refused.status_code == 409
    assert any("218.6" in one for one in refused.json()["open_points"])
    assert running.ask("GET", f"{DRAFTS}/{fresh['id']}/exports/review").status_code == 200


def test_who_edits_what_somebody_else_changed_is_told_and_loses_nothing(
    running: Running, fresh: dict[str, Any]
):
    section = section_with(running, fresh, "208.6亿元")
    first = edit(running, fresh, section, section["text"].replace("完成", "累计完成", 1))
    other = edit(running, fresh, section, section["text"].replace("完成", "共完成", 1))
    assert (first.status_code, other.status_code) == (200, 412)
    assert other.headers["etag"] == '"2"'
    assert other.json()["current"]["text"] == first.json()["text"]


def test_many_editors_at_once_never_overwrite_each_other(running: Running, fresh: dict[str, Any]):
    section = section_with(running, fresh, "208.6亿元")
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(
                lambda number: (
                    edit(
                        running, fresh, section, section["text"] + f"第{number}位编辑留言。"
                    ).status_code
                ),
                range(6),
            )
        )
    assert sorted(answers) == [200] + [412] * 5


def test_editors_of_two_sections_both_stand(running: Running, fresh: dict[str, Any]):
    sections = [section_with(running, fresh, words) for words in ("208.6亿元", "青杉铜箔")]
    if sections[0]["id"] == sections[1]["id"]:
        lead = running.ask("GET", f"{DRAFTS}/{fresh['id']}/sections/{fresh['sections'][0]['id']}")
        sections[1] = lead.json()
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(
                lambda one: edit(running, fresh, one, one["text"] + "持续抓好落实。"), sections
            )
        )
    assert [one.status_code for one in answers] == [200, 200]
    for one in sections:
        now = running.ask("GET", f"{DRAFTS}/{fresh['id']}/sections/{one['id']}").json()
        assert now["text"].endswith("持续抓好落实。")


def test_an_edit_without_a_version_is_asked_for_one(running: Running, fresh: dict[str, Any]):
    section = fresh["sections"][0]["id"]
    path = f"{DRAFTS}/{fresh['id']}/sections/{section}"
    assert running.ask("PUT", path, json={"text": "好。"}).status_code == 428


def test_a_locked_section_is_changed_by_its_holder_alone(running: Running, fresh: dict[str, Any]):
    section = section_with(running, fresh, "208.6亿元")
    path = f"{DRAFTS}/{fresh['id']}/sections/{section['id']}"
    assert running.ask("POST", f"{path}/lock", role="editor").json()["locked_by"]
    other = edit(running, fresh, section, section["text"] + "加强调度。", role="admin")
    assert (other.status_code, other.json()["code"]) == (409, "section.locked")
    own = edit(running, fresh, section, section["text"] + "加强调度。", role="editor")
    assert own.status_code == 200
    assert running.ask("POST", f"{path}/unlock", role="admin").json()["locked_by"] == ""


def test_an_unwritten_draft_cannot_be_read_or_exported_and_says_why(running: Running):
    body = {"table": {"id": running.table("指标名称,本期,单位\n工业投资,1,亿元\n")}}
    made = running.ask("POST", DRAFTS, json=body).json()
    found = ended(running, made["id"])
    assert found["state"] == "failed"
    assert "--year" in found["error"] or "年" in found["error"]
    answer = running.ask("GET", f"{DRAFTS}/{made['id']}/exports/review")
    assert (answer.status_code, answer.json()["code"]) == (409, "draft.state")
    assert answer.json()["detail"].startswith("草稿没有写成：原因见草稿的 error")


def test_a_cancelled_draft_stays_cancelled(running: Running):
    made = asked(running)
    told = running.ask("POST", f"{DRAFTS}/{made['id']}/cancel").json()
    assert told["state"] in ("cancelled", "done")
    sleep(1)
    assert running.ask("GET", f"{DRAFTS}/{made['id']}").json()["state"] == told["state"]


def test_a_draft_follows_the_past_summary_of_its_bureau(running: Running):
    past = (
        "云岭县科技和工业信息化局2023年工作总结\n一、工作开展情况\n（一）工业经济稳中有进\n"
        "工业投资完成162.7亿元，增长12.1%。加强运行调度，落实分片联系制度。\n"
    )
    answer = running.upload(
        "/v1/summaries", past * 3, name="2023年工作总结.txt", data={"year": "2023"}
    )
    assert answer.status_code == 201
    assert answer.json()["added"] or answer.json()["quarantined"]
    held = running.ask("GET", "/v1/summaries", organisation=FOREIGN).json()
    assert held == {"summaries": [], "quarantined": [], "tables": []}


def test_another_bureau_sees_neither_draft_nor_section_nor_event(
    running: Running, draft: dict[str, Any]
):
    section = draft["sections"][0]["id"]
    base = f"{DRAFTS}/{draft['id']}"
    for path in (
        "",
        "/events",
        f"/sections/{section}",
        f"/sections/{section}/versions",
        "/exports/clean",
    ):
        assert running.ask("GET", base + path, organisation=FOREIGN).status_code == 404
    body = {"table": {"id": running.table()}}
    assert running.ask("POST", DRAFTS, json=body, organisation=FOREIGN).status_code == 404


def test_without_a_configured_model_only_offline_drafts_are_taken(running: Running):
    body = {"table": {"id": running.table()}, "writer": "model"}
    answer = running.ask("POST", DRAFTS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "draft.model")


def test_a_draft_follows_the_past_summary_it_is_told_to(running: Running):
    for year, heading in ((2022, "一、突出重点抓项目"), (2023, "一、攻坚克难稳增长")):
        text = f"云岭县科技和工业信息化局{year}年工作总结\n{heading}\n1—11月，工业投资完成{year % 100 * 7}亿元，增长9%。持续开展走访服务，帮助企业解决困难。\n"
        running.upload("/v1/summaries", text, name=f"{year}年总结.txt", data={"year": str(year)})
    older = ended(running, asked(running, precedent="2022年总结.txt")["id"])
    assert any("突出重点抓项目" in one["heading"] for one in older["sections"])
    body = {"table": {"id": running.table()}, "precedent": "没有.txt"}
    assert running.ask("POST", DRAFTS, json=body).status_code == 404
