"""Several workers on one PostgreSQL: they share the jobs, and one takes over from a dead one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from api.settings import ApiSettings
from api.storage.database import prepared
from api.storage.schema import Job
from eval.endpoint.server import ScriptedServer
from tests.api.conftest import Running, serving
from tests.api.postgres import Cluster
from tests.api.process import ROOT
from tests.api.test_drafts import DRAFTS, asked

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, server: Cluster) -> ApiSettings:
    return ApiSettings(
        data=tmp_path_factory.mktemp("service"),
        database=server.database("workers"),
        model="openai:m",
        requests_a_minute=100_000,
        attempts_a_minute=100_000,
        embedded_worker=False,
    )


@pytest.fixture(scope="module")
def running(settings: ApiSettings) -> Iterator[Running]:
    yield from serving(settings, jobs=False)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """Takes a second for each answer."""
    with ScriptedServer(before=1.0) as server:
        monkeypatch.setenv("DRAFTER_BASE_URL", server.url)
        yield server


@contextmanager
def worker(settings: ApiSettings, name: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`python -m api work` under a name."""
    given = {
        "DRAFTER_API_DATA": str(settings.data),
        "DRAFTER_API_DATABASE": settings.database,
        "DRAFTER_API_MODEL": settings.model,
        "DRAFTER_API_EXECUTOR": name,
        "DRAFTER_API_WORKERS": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "work"], cwd=ROOT, env={**os.environ, **given}
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def held(settings: ApiSettings, draft: str) -> tuple[str, str]:
    """State and executor of a draft's job."""
    database = prepared(settings)
    try:
        with database.reading() as session:
            job = session.get_one(Job, draft)
            return job.state, job.executor
    finally:
        database.close()


def until(settings: ApiSettings, draft: str, state: str, seconds: float = 90) -> str:
    """The executor, as soon as the job has the state."""
    end = monotonic() + seconds
    while (found := held(settings, draft))[0] != state:
        assert monotonic() < end, found
        sleep(0.2)
    return found[1]


def test_two_workers_share_the_drafts(
    running: Running, settings: ApiSettings, model: ScriptedServer
):
    del model
    with worker(settings, "一号"), worker(settings, "二号"):
        names = [asked(running, writer="model")["id"] for _ in range(4)]
        seen = {until(settings, name, "running") for name in names[:2]}
        assert seen == {"一号", "二号"}
        for name in names:
            until(settings, name, "done")


def test_a_dead_workers_draft_is_finished_by_another_without_asking_twice(
    running: Running, settings: ApiSettings, model: ScriptedServer, tmp_path: Path
):
    del tmp_path
    with worker(settings, "甲号") as first:
        draft = asked(running, writer="model")["id"]
        assert until(settings, draft, "running") == "甲号"
        end = monotonic() + 30
        while len(model.requests) < 2 and monotonic() < end:
            sleep(0.05)
        first.send_signal(signal.SIGKILL)
        first.wait()
    with worker(settings, "乙号"):
        until(settings, draft, "done")
    told: dict[str, Any] = running.ask("GET", f"{DRAFTS}/{draft}").json()
    assert told["by_model"] >= 1
    versions = [
        running.ask("GET", f"{DRAFTS}/{draft}/sections/{one['id']}/versions").json()
        for one in told["sections"]
    ]
    assert all(len(one) == 1 for one in versions)
