"""Sections written again over HTTP by a scripted model: applied, beside a lock or an edit, refused."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from api.settings import ApiSettings
from eval.endpoint.scripts import SCRIPTS
from eval.endpoint.server import ScriptedServer
from tests.api.conftest import FOREIGN, TABLE, Running, serving
from tests.api.test_changes import change
from tests.api.test_drafts import DRAFTS, asked, edit, ended, section_with

AGAIN = "工业投资达到{{ 工业投资.值 }}，{{ 工业投资.增长 }}。技改投资{{ 技改投资.值 }}，{{ 技改投资.增长 }}。青杉铜箔二期项目5月开工建设{{ 据.F01 }}。"


@pytest.fixture(scope="module")
def model() -> Iterator[dict[str, Any]]:
    """What the model says (`said`), how long it thinks (`wait`, seconds), what ails it (`fault`)."""
    held: dict[str, Any] = {"said": AGAIN, "wait": 0.0, "fault": None}

    def told(_: Any) -> str:
        sleep(held["wait"])
        return str(held["said"])

    SCRIPTS["service"] = told
    with ScriptedServer("service", faulty=lambda _: held["fault"]) as server:
        held["url"], held["requests"] = server.url, server.requests
        yield held
    del SCRIPTS["service"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, model: dict[str, Any]) -> Iterator[Running]:
    """A service with a model; its worker reads the address from the environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAFTER_BASE_URL", model["url"])
        patch.setenv("DRAFTER_MODEL_BACKOFF", "0.01")
        data: Path = tmp_path_factory.mktemp("service")
        yield from serving(
            ApiSettings(
                data=data, model="openai:m", requests_a_minute=100_000, attempts_a_minute=100_000
            )
        )


@pytest.fixture
def draft(running: Running, model: dict[str, Any]) -> dict[str, Any]:
    """Written offline; the model has its say when a section is written again."""
    model.update(said=AGAIN, wait=0.0, fault=None)
    return ended(running, asked(running)["id"])


def regenerate(
    running: Running, draft: dict[str, Any], section: dict[str, Any], **body: Any
) -> dict[str, Any]:
    """The job, when it has been asked for."""
    answer = running.ask(
        "POST",
        f"{DRAFTS}/{draft['id']}/sections/{section['id']}/regenerate",
        json=body,
        headers={"If-Match": f'"{section["version"]}"'},
        role="editor",
    )
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def done(running: Running, job: dict[str, Any]) -> dict[str, Any]:
    """The job when it has ended."""
    until = monotonic() + 60
    while monotonic() < until:
        found: dict[str, Any] = running.ask("GET", f"/v1/jobs/{job['id']}").json()
        if found["state"] in ("done", "failed", "cancelled"):
            return found
        sleep(0.1)
    raise AssertionError(found)


def in_hand(running: Running, job: dict[str, Any]) -> None:
    """Waits until a worker has it."""
    until = monotonic() + 30
    while running.ask("GET", f"/v1/jobs/{job['id']}").json()["state"] == "queued":
        assert monotonic() < until
        sleep(0.05)


def now(running: Running, draft: dict[str, Any], section: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = running.ask(
        "GET", f"{DRAFTS}/{draft['id']}/sections/{section['id']}"
    ).json()
    return found


def proposals(running: Running, draft: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = running.ask("GET", f"{DRAFTS}/{draft['id']}/proposals").json()
    return found


def test_a_section_is_written_again_and_is_a_new_version(
    running: Running, draft: dict[str, Any], model: dict[str, Any]
):
    section = section_with(running, draft, "208.6亿元")
    job = done(running, regenerate(running, draft, section, instruction="突出投资"))
    assert (job["state"], job["result"]["changed"], job["result"]["version"]) == ("done", True, 2)
    after = now(running, draft, section)
    assert "工业投资达到208.6亿元" in after["text"]
    assert after["by_model"]
    assert "突出投资" in model["requests"][-1]["messages"][-1]["content"]
    versions = running.ask(
        "GET", f"{DRAFTS}/{draft['id']}/sections/{section['id']}/versions"
    ).json()
    assert (versions[1]["reason"], versions[1]["model"]) == ("重写：突出投资", "m")
    assert versions[1]["prompt"].startswith("regenerate")
    assert running.ask("GET", f"{DRAFTS}/{draft['id']}").json()["open_points"] == []


def test_one_sentence_is_written_again_and_the_others_stay(
    running: Running, draft: dict[str, Any], model: dict[str, Any]
):
    section = section_with(running, draft, "208.6亿元")
    model["said"] = "青杉铜箔二期项目5月开工建设{{ 据.F01 }}。"
    last = section["text"].count("。")
    done(running, regenerate(running, draft, section, sentences=[last, last]))
    text = now(running, draft, section)["text"]
    cut = section["text"].rindex("。", 0, len(section["text"]) - 1) + 1
    assert text == section["text"][:cut] + "青杉铜箔二期项目5月开工建设。"


def test_numbers_that_nothing_proves_are_not_taken_over_and_that_is_said(
    running: Running, draft: dict[str, Any], model: dict[str, Any]
):
    section = section_with(running, draft, "208.6亿元")
    model["said"] = "引进企业73家。"
    job = done(running, regenerate(running, draft, section, instruction="写上引进企业73家"))
    assert now(running, draft, section)["text"] == section["text"]
    assert job["result"]["changed"] is False
    assert any("73家" in note for note in job["result"]["notes"])


def test_beside_an_edit_the_new_text_is_a_proposal_and_both_go_together(
    running: Running, draft: dict[str, Any], model: dict[str, Any]
):
    section = section_with(running, draft, "208.6亿元")
    model.update(said=AGAIN, wait=1.0)
    job = regenerate(running, draft, section)
    in_hand(running, job)
    assert edit(running, draft, section, section["text"] + "持续抓好落实。").status_code == 200
    result = done(running, job)["result"]
    kept = now(running, draft, section)
    assert kept["text"] == section["text"] + "持续抓好落实。"
    (one,) = proposals(running, draft)
    assert (one["id"], one["why"], one["state"]) == (result["proposal"], "板块已被改动", "open")
    path = f"{DRAFTS}/{draft['id']}/proposals/{one['id']}"
    accepted = running.ask(
        "POST", f"{path}/accept", json={}, headers={"If-Match": f'"{kept["version"]}"'}
    )
    if accepted.status_code == 409:  # the model left no clause of the old text to stand between
        assert accepted.json()["code"] == "proposal.clash"
        assert accepted.json()["clashes"]
        accepted = running.ask(
            "POST",
            f"{path}/accept",
            json={"replace": True},
            headers={"If-Match": f'"{kept["version"]}"'},
        )
        assert "持续抓好落实" not in accepted.json()["text"]
    assert accepted.status_code == 200, accepted.text
    assert "工业投资达到208.6亿元" in accepted.json()["text"]
    again = running.ask("POST", f"{path}/refuse")
    assert (again.status_code, again.json()["code"]) == (409, "proposal.decided")


def test_a_locked_section_is_never_touched_by_a_job(running: Running, draft: dict[str, Any]):
    section = section_with(running, draft, "208.6亿元")
    path = f"{DRAFTS}/{draft['id']}/sections/{section['id']}"
    running.ask("POST", f"{path}/lock", role="editor")
    job = done(running, regenerate(running, draft, section))
    assert now(running, draft, section)["text"] == section["text"]
    (one,) = proposals(running, draft)
    assert (one["id"], one["why"]) == (job["result"]["proposal"], "板块已锁定")
    accept = f"{DRAFTS}/{draft['id']}/proposals/{one['id']}"
    headers = {"If-Match": f'"{section["version"]}"'}
    other = running.ask("POST", f"{accept}/accept", json={}, headers=headers, role="admin")
    assert (other.status_code, other.json()["code"]) == (409, "section.locked")
    assert running.ask("POST", f"{accept}/refuse", role="editor").json()["state"] == "refused"
    assert now(running, draft, section)["text"] == section["text"]


def test_a_job_leaves_a_locked_neighbour_as_it_is_also_where_the_table_has_moved_on(
    running: Running, draft: dict[str, Any]
):
    lead = next(one for one in draft["sections"] if one["characters"])
    path = f"{DRAFTS}/{draft['id']}/sections/{lead['id']}"
    told = running.ask("GET", path).json()
    text = "工业投资完成208.6亿元。" + told["text"]
    assert "{{ 工业投资.值 }}" in edit(running, draft, told, text).json()["template"]
    running.ask("POST", f"{path}/lock", role="admin")
    newer = {"table": {"id": running.table(TABLE.replace("208.6", "212.4"))}}
    assert change(running, draft, "refresh", newer).status_code == 200
    other = section_with(running, draft, "212.4亿元")
    assert other["id"] != lead["id"]
    job = done(running, regenerate(running, draft, other))
    assert job["state"] == "done", job["error"]
    assert job["result"]["changed"]
    assert running.ask("GET", path).json()["text"] == text


def test_a_proposal_can_be_wished_for_and_is_seen_by_no_other_bureau(
    running: Running, draft: dict[str, Any]
):
    section = section_with(running, draft, "208.6亿元")
    job = done(running, regenerate(running, draft, section, propose=True))
    assert now(running, draft, section)["version"] == 1
    path = f"{DRAFTS}/{draft['id']}/proposals/{job['result']['proposal']}"
    assert running.ask("GET", path).json()["base"] == 1
    assert running.ask("GET", path, organisation=FOREIGN).status_code == 404
    assert running.ask("GET", f"/v1/jobs/{job['id']}", organisation=FOREIGN).status_code == 404


def test_a_job_that_runs_can_be_cancelled_and_changes_nothing(
    running: Running, draft: dict[str, Any], model: dict[str, Any]
):
    section = section_with(running, draft, "208.6亿元")
    model["wait"] = 1.5
    job = regenerate(running, draft, section)
    in_hand(running, job)
    assert running.ask("POST", f"/v1/jobs/{job['id']}/cancel").json()["state"] == "cancelled"
    sleep(2.5)
    assert now(running, draft, section)["version"] == 1
    assert proposals(running, draft) == []


def test_jobs_that_were_cancelled_keep_no_hand_though_the_model_hangs(
    running: Running, draft: dict[str, Any], model: dict[str, Any]
):
    section = section_with(running, draft, "208.6亿元")
    model["fault"] = "silent"  # for a minute, by the limits of the drafter
    asked_before = len(model["requests"])
    hanging = [regenerate(running, draft, section) for _ in range(running.settings.workers)]
    until = monotonic() + 30
    while len(model["requests"]) < asked_before + len(hanging):
        assert monotonic() < until
        sleep(0.05)
    for job in hanging:
        running.ask("POST", f"/v1/jobs/{job['id']}/cancel")
    model["fault"] = None
    begun = monotonic()
    assert done(running, regenerate(running, draft, section))["state"] == "done"
    assert monotonic() - begun < 20
    assert now(running, draft, section)["version"] == 2


def test_a_version_that_stands_no_more_is_told_before_anything_is_asked(
    running: Running, draft: dict[str, Any]
):
    section = section_with(running, draft, "208.6亿元")
    edit(running, draft, section, section["text"] + "持续抓好落实。")
    path = f"{DRAFTS}/{draft['id']}/sections/{section['id']}/regenerate"
    answer = running.ask("POST", path, json={}, headers={"If-Match": '"1"'})
    assert answer.status_code == 412
    assert answer.json()["current"]["text"].endswith("持续抓好落实。")
    assert running.ask("POST", path, json={}).status_code == 428


def test_a_draft_by_the_model_tells_each_section_and_is_written_while_others_ask(
    running: Running, model: dict[str, Any]
):
    model.update(said=AGAIN, wait=0.0)
    draft = ended(running, asked(running, writer="model")["id"])
    assert draft["by_model"] >= 1
    told = running.ask("GET", f"{DRAFTS}/{draft['id']}/events").text
    for kind in ("section.started", "section.written", "section.verified", "section.finished"):
        assert f"event: {kind}\n" in told


def test_what_the_model_is_asked_again_is_counted_and_offline_is_not(
    running: Running, draft: dict[str, Any]
):
    def left() -> int:
        answer = running.ask("GET", "/v1/me", role="editor").json()
        return int(answer["left_today"]["rewrites"])

    section = section_with(running, draft, "208.6亿元")
    before = left()
    done(running, regenerate(running, draft, section, writer="offline"))
    assert left() == before
    done(running, regenerate(running, draft, now(running, draft, section)))
    assert left() == before - 1


def test_the_metrics_tell_of_requests_jobs_and_workers(running: Running):
    until = monotonic() + 60
    while "drafter_workers 1.0" not in running.ask("GET", "/metrics", role=None).text:
        assert monotonic() < until
        sleep(0.2)
    told = running.ask("GET", "/metrics", role=None).text
    assert 'drafter_jobs{state="queued"} 0.0' in told
    assert 'drafter_requests_total{method="GET",status="200"}' in told
