"""`python -m eval uploads`: malformed uploads against the service as it is started.

Each request goes over a socket of its own. Counted: answers of 500 and more, broken connections,
answers without a problem in Chinese, anything kept of what was refused, requests at a server that
must never be asked, the slowest answer, and the memory of the service and its children.
"""

import json
import re
import socket
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any

import httpx2

from eval.serving import client, command, environment_of, started, token
from eval.uploads.attacks import FACTS, TABLES, Attack, attack, form
from eval.uploads.seeds import seed
from eval.uploads.watching import Memory, highest, kept

PATIENCE = 30.0
SLOW = 5.0
MEMORY = 512_000_000
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LEAK = re.compile(r"/tmp|/home|/work|root:x|Traceback")  # noqa: S108 - what must not be told


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 for nothing at all."""

    status: int
    kind: str = ""
    body: bytes = b""
    lost: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class Score:
    """What the attacks did."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    """Of each failure, what was sent."""
    slowest: tuple[float, str] = (0.0, "")
    seconds: list[float] = field(default_factory=list)
    peak: int = 0
    highest: int = 0
    heaviest: tuple[int, str] = (0, "")
    asked: int = 0
    healthy: bool = False
    drafted: bool = False


def report(count: int, seed_: int, log: Path | None = None) -> Iterator[str]:
    """A line for each thing that was counted."""
    score = attacked(count, seed_, log)
    yield f"requests {score.sent}, of {len(score.kinds)} kinds; answers {dict(sorted(score.statuses.items()))}"
    for what in (
        "5xx",
        "connection lost",
        "no problem in Chinese",
        "kept",
        "accepted",
        "leak",
        "slow",
    ):
        yield f"{what} {score.failures[what]} (aim 0)"
    yield f"requests at the server that must not be asked {score.asked} (aim 0)"
    times = sorted(score.seconds)
    yield (
        f"seconds: median {times[len(times) // 2]:.3f}, 99 % {times[len(times) * 99 // 100]:.2f}, "
        f"slowest {score.slowest[0]:.2f} ({score.slowest[1]})"
    )
    yield (
        f"memory of the service at most {score.highest / 1e6:.0f} MB (aim {MEMORY / 1e6:.0f}); "
        f"with its worker and its judge {score.peak / 1e6:.0f} MB, at {score.heaviest[1]}"
    )
    yield f"healthy at the end {score.healthy}, drafts at the end {score.drafted}"
    yield from score.told[:40]


def attacked(count: int, seed_: int, log: Path | None = None) -> Score:
    """So many requests to one service, whose messages go to `log`."""
    chance, score = Random(seed_), Score()  # noqa: S311 - chance, no secret
    with tempfile.TemporaryDirectory() as folder, _canary() as (canary, asked):
        data, temporary = Path(folder) / "data", Path(folder) / "temporary"
        temporary.mkdir()
        environment = environment_of(
            data,
            DRAFTER_API_REQUESTS_A_MINUTE="1000000",
            DRAFTER_API_UPLOAD_BYTES_A_DAY="1000000000000",
            DRAFTER_API_DRAFTS_A_DAY="1000000",
            DRAFTER_API_SAMPLE="false",
            TMPDIR=str(temporary),
        )
        secret = token(environment)
        process = started(environment, log)
        try:
            with client(environment, secret) as asking, Memory(process.pid) as memory:
                sent = _Sent(asking, secret, data, temporary, memory, score)
                for _ in range(count):
                    sent.send(attack(chance, canary))
                score.healthy = asking.get("/ready").status_code == 200
                score.drafted = _drafts(asking)
                peak = memory.taken()
                score.peak, score.heaviest = max(
                    (score.peak, score.heaviest), (peak, (peak, "draft"))
                )
                score.highest = highest(process.pid)
        finally:
            process.terminate()
            process.wait(30)
        score.asked = len(asked)
        if command(environment, "audit").returncode:
            score.failures["kept"] += 1
            score.told.append("audit chain broken")
    return score


class _Sent:
    """Sends attacks to a service and judges what comes back."""

    def __init__(
        self,
        asking: httpx2.Client,
        secret: str,
        data: Path,
        temporary: Path,
        memory: Memory,
        score: Score,
    ) -> None:
        self._asking, self._secret, self._places = asking, secret, (data, temporary)
        self._memory, self._score = memory, score
        self._ids = {"table": _uploaded(asking, TABLES, "table.csv")}
        self._ids["facts"] = _uploaded(asking, FACTS, "facts.csv")
        self._before = kept(*self._places)
        memory.taken()

    def send(self, given: Attack) -> None:
        """One attack: sent, answered, judged."""
        score = self._score
        path = given.path.replace("{table}", f"{TABLES}/{self._ids['table']}/revisions").replace(
            "{facts}", f"{FACTS}/{self._ids['facts']}/revisions"
        )
        body = given.body.replace(b"{table id}", self._ids["table"].encode())
        port = self._asking.base_url.port
        assert port is not None  # noqa: S101 - it is ours
        answer = sent(port, self._secret, path, given.head, body, chunks=given.chunks)
        score.sent += 1
        score.kinds[given.kind] += 1
        score.statuses[answer.status] += 1
        score.seconds.append(answer.seconds)
        score.slowest = max(score.slowest, (answer.seconds, given.kind))
        peak = self._memory.taken()
        score.peak = max(score.peak, peak)
        score.heaviest = max(score.heaviest, (peak, given.kind))
        if answer.status == 202:
            _ended(self._asking, json.loads(answer.body)["id"])
        after = kept(*self._places)
        for what in self._wrong(given, path, answer, after):
            score.failures[what] += 1
            shown = answer.body[:200].decode(errors="replace")
            score.told.append(
                f"{what}: number {score.sent} {given.kind} to {path}: {answer.status} {answer.lost} "
                f"{answer.seconds:.1f} s, {peak / 1e6:.0f} MB, {shown} {_unlike(self._before, after)}"
            )
        self._before = after

    def _wrong(
        self, given: Attack, path: str, answer: Answer, after: dict[str, int]
    ) -> Iterator[str]:
        if answer.lost:
            yield "connection lost"
            return
        if answer.status >= 500:
            yield "5xx"
        is_framed = given.kind.startswith("length")  # refused by the server before we see it
        if answer.status >= 400 and not is_framed and not _is_problem(answer):
            yield "no problem in Chinese"
        if (answer.status >= 400 or path.startswith("/v1/checks")) and after != self._before:
            yield "kept"
        if given.is_refused and answer.status < 400:
            yield "accepted"
        if _LEAK.search(answer.body.decode(errors="replace")):
            yield "leak"
        if answer.seconds > SLOW:
            yield "slow"


def sent(
    port: int,
    secret: str,
    path: str,
    head: tuple[tuple[str, str], ...],
    body: bytes,
    *,
    chunks: bool,
) -> Answer:
    """A request written by hand, so that its frame may be wrong; its answer."""
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {secret}",
        "Connection: close",
        *(f"{name}: {value}" for name, value in head),
    ]
    if chunks:
        lines.append("Transfer-Encoding: chunked")
        body = b"".join(
            b"%x\r\n%s\r\n" % (len(body[at : at + 7]), body[at : at + 7])
            for at in range(0, len(body), 7)
        ) + b"0\r\n\r\n"  # fmt: skip
    elif not any(name == "Content-Length" for name, _ in head):
        lines.append(f"Content-Length: {len(body)}")
    begun = monotonic()
    try:
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
            found = _answer(connection)
    except OSError as error:
        return Answer(0, lost=f"{type(error).__name__}", seconds=monotonic() - begun)
    return Answer(*found, seconds=monotonic() - begun)


def _answer(connection: socket.socket) -> tuple[int, str, bytes, str]:
    """Status, type and body, as far as the length that it gives."""
    with connection.makefile("rb") as stream:
        first = stream.readline().split(b" ", 2)
        if len(first) < 2:
            return 0, "", b"", "no answer"
        fields = {}
        while (line := stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            fields[name.strip().lower()] = value.strip()
        length = fields.get("content-length")
        body = stream.read(int(length)) if length else stream.read()
        lost = "cut off" if length and len(body) < int(length) else ""
    return int(first[1]), fields.get("content-type", ""), body, lost


def _unlike(before: dict[str, int], after: dict[str, int]) -> list[str]:
    return [
        f"{name}: {before.get(name, 0)} -> {after.get(name, 0)}"
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]


def _is_problem(answer: Answer) -> bool:
    if not answer.kind.startswith("application/problem+json"):
        return False
    body = json.loads(answer.body)
    return body["status"] == answer.status and bool(_CHINESE.search(body["detail"]))


def _uploaded(asking: httpx2.Client, path: str, kind: str) -> str:
    head, body = form(*seed(kind))
    answer = asking.post(path, content=body, headers=dict(head))
    answer.raise_for_status()
    return str(answer.json()["id"])


def _drafts(asking: httpx2.Client) -> bool:
    """After all that, the service still drafts."""
    body = {"table": {"id": _uploaded(asking, TABLES, "table.xlsx")}, "year": 2024}
    answer = asking.post("/v1/drafts", json=body)
    return answer.status_code == 202 and _ended(asking, answer.json()["id"])["state"] == "done"


def _ended(asking: httpx2.Client, draft: str) -> dict[str, Any]:
    until = monotonic() + PATIENCE
    while monotonic() < until:
        found: dict[str, Any] = asking.get(f"/v1/drafts/{draft}").json()
        if found["state"] in ("done", "failed", "cancelled"):
            return found
        sleep(0.1)
    return {"state": "late"}


@contextmanager
def _canary() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that notes what it is asked for."""
    asked: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
