"""Texts judged in a process beside: the same answers, and no answer less when it is gone."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from api import judging
from api.judging import Judge
from api.problems import Problem
from api.service import Service
from api.settings import ApiSettings
from api.storage.database import prepared
from drafter.settings import load_settings
from tests.api.conftest import Running, serving
from tests.api.errands import refusing, where
from tests.api.test_drafts import asked, edit, ended, section_with


def until(so: Any) -> None:
    """Waits, but not for ever."""
    ends = monotonic() + 30
    while not so():
        assert monotonic() < ends
        sleep(0.05)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = ApiSettings(data=tmp_path_factory.mktemp("judge"))
    database = prepared(settings)
    yield Service(settings, database, load_settings())
    database.close()


@pytest.fixture(scope="module")
def judge(service: Service) -> Iterator[Judge]:
    found = Judge(service.settings)
    found.start()
    until(lambda: found.done(service, where) != os.getpid())
    yield found
    found.close()


def again(judge: Judge, service: Service) -> None:
    """Whatever a test did to the process, the next finds one."""
    judge._begun = -judging._PAUSE
    until(lambda: judge.done(service, where) != os.getpid())


def test_an_errand_is_done_beside_and_always_by_the_same_process(service: Service, judge: Judge):
    found = {judge.done(service, where) for _ in range(3)}
    assert len(found) == 1
    assert os.getpid() not in found


@pytest.mark.parametrize(
    ("way", "status", "code"), [("refused", 409, "refused"), ("operator", 503, "operator")]
)
def test_what_the_drafter_raises_there_is_a_problem_here(
    service: Service, judge: Judge, way: str, status: int, code: str
):
    with pytest.raises(Problem) as raised:
        judge.done(service, refusing, way)
    assert raised.value.status == status
    assert raised.value.code.startswith(code)


def test_a_problem_comes_back_whole(service: Service, judge: Judge):
    with pytest.raises(Problem) as raised:
        judge.done(service, refusing, "problem")
    problem = raised.value
    assert (problem.status, problem.detail, problem.code) == (412, "已被改动", "x.changed")
    assert problem.headers == {"ETag": '"3"'}
    assert problem.more == {"merged": "文"}


def test_a_bug_there_is_a_bug_here_and_the_next_errand_is_done(service: Service, judge: Judge):
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        judge.done(service, refusing, "bug")
    assert judge.done(service, where) != os.getpid()


def test_whoever_asked_when_it_ended_is_told_to_ask_again(service: Service, judge: Judge):
    with pytest.raises(Problem) as raised:
        judge.done(service, refusing, "end")
    assert (raised.value.status, raised.value.code) == (503, "judge.ended")
    assert judge.done(service, where) == os.getpid()  # until another has started
    again(judge, service)


def test_one_that_was_killed_is_missed_by_nobody(service: Service, judge: Judge):
    os.kill(judge.done(service, where), signal.SIGKILL)
    assert judge._process is not None
    judge._process.wait(10)
    assert judge.done(service, where) == os.getpid()
    again(judge, service)


def test_who_has_waited_long_is_served_here(
    service: Service, judge: Judge, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(judging, "TURN", 0.2)
    beside = judge.done(service, where)
    os.kill(beside, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(judge.done, service, where)
        try:
            until(judge._turn.locked)
            assert judge.done(service, where) == os.getpid()
        finally:
            os.kill(beside, signal.SIGCONT)
        assert first.result(10) == beside


def test_it_is_ended_though_it_hangs(service: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judging, "TURN", 0.2)
    monkeypatch.setattr(judging, "_LEAVE", 0.5)
    found = Judge(service.settings)
    found.start()
    until(lambda: found.done(service, where) != os.getpid())
    os.kill(found.done(service, where), signal.SIGSTOP)
    process = found._process
    assert process is not None
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(found.done, service, where)
        until(found._turn.locked)
        found.close()
        with pytest.raises(Problem):
            asked.result(10)
    assert process.poll() is not None


def test_after_the_end_there_is_none_and_none_is_started(service: Service):
    found = Judge(service.settings)
    found.start()
    found.close()
    found._begun = -judging._PAUSE
    assert found.done(service, where) == os.getpid()
    assert found._process is None


def test_it_ends_with_its_parent(tmp_path: Path):
    script = """
import os, sys, time
from pathlib import Path
from api.judging import Judge
from api.settings import ApiSettings
judge = Judge(ApiSettings(data=Path(sys.argv[1])))
judge.start()
while not judge._ready.is_set():
    time.sleep(0.05)
print(judge._process.pid, flush=True)
os._exit(9)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    beside = int(done.stdout)
    until(lambda: not Path(f"/proc/{beside}").exists())


@pytest.fixture
def beside(tmp_path: Path, address: str) -> Iterator[Running]:
    yield from serving(ApiSettings(data=tmp_path, database=address), judge=True)


def test_edits_and_checks_answer_as_they_do_in_one_process(beside: Running):
    draft = ended(beside, asked(beside)["id"])
    section = section_with(beside, draft, "208.6")
    changed = edit(beside, draft, section, "工业投资完成208.6亿元。")
    assert changed.status_code == 200
    assert changed.headers["ETag"] == f'"{changed.json()["version"]}"'
    assert [one["kind"] for one in changed.json()["spans"]] == ["cell"]
    late = edit(beside, draft, section, "工业投资208.6亿元。")
    assert late.status_code == 412
    assert late.json()["current"]["version"] == changed.json()["version"]
    check: dict[str, Any] = {"text": "工业投资完成208.6亿元。", "table": {"id": "table_none"}}
    assert beside.ask("POST", "/v1/checks", json=check).status_code == 404
    check["table"]["id"] = beside.table()
    assert beside.ask("POST", "/v1/checks", json=check).json()["verdict"] == "pass"
