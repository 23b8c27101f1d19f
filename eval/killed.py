"""`python -m eval killed`: the service killed with -9 at random moments of a draft by a model.

Each run starts the service, asks for a draft of several sections, kills it once or twice - whole,
the part that answers requests alone, or the worker alone -, starts it again and waits for the
draft. Counted at the scripted server and in the database: calls made although their answer had
been kept.
"""

import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any

import httpx2
from sqlalchemy import func, select

from api.settings import ApiSettings
from api.storage.audit import verified
from api.storage.database import Database, prepared
from api.storage.schema import ModelAnswer
from eval.endpoint.server import ScriptedServer
from eval.serving import Process, environment_of, started, token_in
from eval.serving import client as client_of

SECTIONS = ("工业经济", "科技创新", "信息化", "安全生产", "企业服务", "产业集群")
_PATIENCE = 90.0
_ANY_MOMENT = 0.3
_DYING = 0.3
"""Seconds in which a worker notices that its parent is gone."""
VICTIMS = ("all", "web", "worker")


@dataclass(slots=True)
class Score:
    """What the kills cost."""

    runs: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    complete: int = 0
    by_model: int = 0
    sections: int = 0
    calls: int = 0
    in_flight: int = 0
    beyond: int = 0
    broken_chains: int = 0
    failures: list[str] = field(default_factory=list)


def report(runs: int, seed: int) -> Iterator[str]:
    """A line for each thing that was counted."""
    score = killed(runs, seed)
    killed_so = "、".join(f"{victim} {count}" for victim, count in sorted(score.kills.items()))
    yield f"runs {score.runs}, drafts complete {score.complete}, kills {killed_so}"
    yield f"sections {score.sections}, of them by the model {score.by_model}"
    yield (
        f"calls {score.calls}, without a kept answer at the kills {score.in_flight}, "
        f"made in vain besides {score.beyond} (aim 0)"
    )
    yield f"audit chains broken {score.broken_chains} (aim 0)"
    yield from score.failures[:20]


def killed(runs: int, seed: int) -> Score:
    """So many runs."""
    chance, score = Random(seed), Score()  # noqa: S311 - chance, no secret
    for number in range(runs):
        with tempfile.TemporaryDirectory() as folder, ScriptedServer(before=0.15) as server:
            score.runs += 1
            try:
                _run(Path(folder), server, chance, score)
            except (httpx2.HTTPError, TimeoutError) as error:
                score.failures.append(f"run {number}: {type(error).__name__} {error}")
        sys.stderr.write(f"run {number + 1} of {runs}, {score.complete} complete\n")
    return score


def _run(folder: Path, server: ScriptedServer, chance: Random, score: Score) -> None:
    given = {
        "DRAFTER_API_SAMPLE": "false",
        "DRAFTER_API_MODEL": "openai:m",
        "DRAFTER_BASE_URL": server.url,
    }
    environment = environment_of(folder, **given)
    with _database(folder) as database:
        token = token_in(database)
    process = started(environment)
    draft, lost = "", 0
    try:
        with client_of(environment, token) as client:
            draft = _asked(client)
        for _ in range(chance.choice((1, 1, 2))):
            _wait_for_calls(server, chance)
            sleep(chance.uniform(0.0, 0.25))
            victim = chance.choice(VICTIMS)
            _kill(process, victim)
            lost = _unkept(server, folder)
            score.kills[victim] += 1
            if process.poll() is not None:
                process = started(environment)
        with client_of(environment, token) as client:
            found = _ended(client, draft)
            _count(client, draft, found, score)
    finally:
        _kill(process, "all")
    _count_calls(server, _recorded(folder), lost, score)
    with _database(folder) as database, database.reading() as session:
        score.broken_chains += verified(session)[1] is not None


def _count(client: httpx2.Client, draft: str, found: dict[str, Any], score: Score) -> None:
    score.complete += found["state"] == "done"
    if found["state"] != "done":
        score.failures.append(f"{found['state']}: {found['error']}")
        return
    versions = [
        client.get(f"/v1/drafts/{draft}/sections/{one['id']}/versions").json()
        for one in found["sections"]
    ]
    if any(len(one) != 1 for one in versions):
        score.failures.append("a section was stored twice")
    score.sections += len([one for one in found["sections"] if one["characters"]])
    score.by_model += found["by_model"]


def _recorded(folder: Path) -> int:
    """How many answers the service has kept."""
    with _database(folder) as database, database.reading() as session:
        return session.scalar(select(func.count()).select_from(ModelAnswer)) or 0


def _unkept(server: ScriptedServer, folder: Path) -> int:
    """Calls without a kept answer, when whoever was killed says no more."""
    sleep(_DYING)
    return len(server.requests) - _recorded(folder)


def _kill(process: Process, victim: str) -> None:
    """-9 to the whole service, to the process that was started, or to its worker alone."""
    children = _children(process.pid)
    if victim != "worker":
        process.kill()
        process.wait()
    for child in children if victim != "web" else ():
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _children(parent: int) -> list[int]:
    """The processes that a process has started, as Linux tells them."""
    told = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(one) for one in told.read_text().split()] if told.exists() else []


def _count_calls(server: ScriptedServer, recorded: int, lost: int, score: Score) -> None:
    """Every call leaves an answer on the disk, or was in flight at a kill, or was made in vain.

    Args:
        server: What was asked.
        recorded: Answers on the disk at the end.
        lost: Calls without an answer on the disk at the last kill.
        score: Counted up.
    """
    score.calls += len(server.requests)
    score.in_flight += lost
    score.beyond += len(server.requests) - recorded - lost


def _wait_for_calls(server: ScriptedServer, chance: Random) -> None:
    """Any moment, or until some more calls have been made, or no more come."""
    if chance.random() < _ANY_MOMENT:
        sleep(chance.uniform(0, 4))
        return
    wanted, until = len(server.requests) + chance.randrange(1, 8), monotonic() + 12
    while len(server.requests) < wanted and monotonic() < until:
        sleep(0.01)


def _asked(client: httpx2.Client) -> str:
    rows = "".join(
        f"{section}指标{number},{section},{100 + number}.5,亿元,{number + 2}.3,必报\n"
        for section in SECTIONS
        for number in range(3)
    )
    table = f"指标名称,所属板块,本期,单位,同比(%),采用\n{rows}"
    files = {"file": ("表.csv", table.encode(), "text/csv")}
    made = client.post("/v1/indicator-tables", files=files).json()
    body = {"table": {"id": made["id"]}, "year": 2024, "writer": "model"}
    answer = client.post("/v1/drafts", json=body)
    answer.raise_for_status()
    return str(answer.json()["id"])


def _ended(client: httpx2.Client, draft: str) -> dict[str, Any]:
    until = monotonic() + _PATIENCE
    while monotonic() < until:
        found: dict[str, Any] = client.get(f"/v1/drafts/{draft}").json()
        if found["state"] in ("done", "failed", "cancelled"):
            return found
        sleep(0.2)
    raise TimeoutError(f"still {found['state']}")


@contextmanager
def _database(folder: Path) -> Iterator[Database]:
    database = prepared(ApiSettings(data=folder))
    try:
        yield database
    finally:
        database.close()
