"""The real service as a process of its own, with the sample bureau, ready to be asked."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx2
from sqlalchemy import select

from api.sample import BUREAU
from api.settings import ApiSettings
from api.storage.database import prepared
from api.storage.schema import AuditEntry
from api.tokens import create_token, organisation_named
from eval.load.mix import Target

ROOT = Path(__file__).parent.parent.parent
_PATIENCE = 90.0
_LOADED = "sample.loaded"
_ALWAYS = {"DRAFTER_API_REQUESTS_A_MINUTE": "1000000", "DRAFTER_API_SAMPLE": "true"}
_LONGEST = 600
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A service that answers."""

    url: str
    token: str
    folder: Path
    pid: int

    @contextmanager
    def client(self) -> Iterator[httpx2.Client]:
        """A client with its token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx2.Client(
            base_url=self.url, headers=headers, trust_env=False, timeout=60
        ) as client:
            yield client

    def processes(self) -> dict[str, int]:
        """Its processes by what they do, as Linux tells them: service, work, judge."""
        told = Path(f"/proc/{self.pid}/task").glob("*/children")
        children = [int(one) for path in told for one in path.read_text().split()]
        return {"service": self.pid} | {_errand_of(one): one for one in children}


def _errand_of(pid: int) -> str:
    """The command of `python -m api` that a process was started with."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return words[words.index("api") + 1]


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[Served]:
    """The service with the sample bureau, until the end of the block.

    Args:
        folder: For its data, empty.
        settings: More environment variables.

    Raises:
        TimeoutError: it did not start, or the sample was not loaded.
    """
    token, port = _token(folder), free_port()
    environment = {
        **os.environ,
        **_ALWAYS,
        "DRAFTER_API_DATA": str(folder),
        "DRAFTER_API_PORT": str(port),
        **settings,
    }
    with running(["-m", "api", "serve"], environment) as pid:
        found = Served(f"http://127.0.0.1:{port}", token, folder, pid)
        wait_until(lambda: answers(found.url + "/ready"), "the service")
        wait_until(lambda: _is_loaded(folder), "the sample")
        yield found


@contextmanager
def running(arguments: Sequence[str], environment: dict[str, str]) -> Iterator[int]:
    """Python in the project's folder until the end of the block; its id."""
    process = subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    last: list[bytes] = []
    reader = threading.Thread(target=_kept, args=(process, last), daemon=True)
    reader.start()
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)
        reader.join(5)


def _kept(process: "subprocess.Popen[bytes]", last: list[bytes]) -> None:
    """Reads what it says, so that it never waits for a reader."""
    assert process.stderr is not None  # noqa: S101 - opened above
    with process.stderr as stream:
        for line in stream:
            last[:] = [*last[-20:], line]


def answers(url: str) -> bool:
    """Something answers there with 200."""
    try:
        return httpx2.get(url, trust_env=False, timeout=2).status_code == 200
    except httpx2.HTTPError:
        return False


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Waits, but not for ever.

    Raises:
        TimeoutError: it did not come about.
    """
    until = monotonic() + _PATIENCE
    while not is_so():
        if monotonic() > until:
            raise TimeoutError(what)
        sleep(0.1)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def cpu_of(pid: int) -> float:
    """Seconds of the processor that a process has taken, in all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def target_of(service: Served) -> Target:
    """One finished draft with what the load asks of it."""
    with service.client() as client:
        table = client.get("/v1/indicator-tables").json()[0]["id"]
        facts = client.get("/v1/fact-lists").json()[0]["id"]
        draft = asked(client, table, facts)
        wait_until(lambda: state_of(client, draft) == "done", "the first draft")
        briefs = client.get(f"/v1/drafts/{draft}").json()["sections"]
        sections = tuple(one["id"] for one in briefs if one["characters"])
        texts = [
            client.get(f"/v1/drafts/{draft}/sections/{one}").json()["text"] for one in sections
        ]
    paragraphs = tuple(line[:_LONGEST] for text in texts for line in text.split("\n") if line)
    return Target(draft, sections, table, facts, paragraphs)


def asked(client: httpx2.Client, table: str, facts: str, writer: str = "offline") -> str:
    """Asks for a draft; its id."""
    body: dict[str, Any] = {"table": {"id": table}, "facts": {"id": facts}, "writer": writer}
    answer = client.post("/v1/drafts", json=body).raise_for_status()
    return str(answer.json()["id"])


def state_of(client: httpx2.Client, draft: str) -> str:
    """Of a draft; one that failed ends the measurement.

    Raises:
        RuntimeError: it failed.
    """
    found = client.get(f"/v1/drafts/{draft}").json()
    if found["state"] == "failed":
        raise RuntimeError(found["error"])
    return str(found["state"])


def _token(folder: Path) -> str:
    database = prepared(ApiSettings(data=folder))
    try:
        with database.writing() as session:
            bureau = organisation_named(session, BUREAU)
            made = create_token(
                session, organisation=bureau.id, name="测", role="admin", actor="测"
            )
        return made.written
    finally:
        database.close()


def _is_loaded(folder: Path) -> bool:
    database = prepared(ApiSettings(data=folder))
    try:
        with database.reading() as session:
            query = select(AuditEntry.seq).where(AuditEntry.action == _LOADED)
            return session.scalars(query).first() is not None
    finally:
        database.close()
