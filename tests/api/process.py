"""The service as a process of its own, as whoever installed it starts it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import httpx2

ROOT = Path(__file__).parent.parent.parent
READY = "可以起草了"
"""Printed when the sample's past summaries are there."""


@dataclass
class Process:
    """`python -m api serve`, and what it printed so far."""

    port: int
    lines: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The token of the first start."""
        return self.wait_for("管理令牌").rpartition("：")[2].strip()

    def wait_for(self, words: str, seconds: float = 60) -> str:
        """The line with the words, as soon as it is printed."""
        until = monotonic() + seconds
        while monotonic() < until:
            for line in list(self.lines):
                if words in line:
                    return line
            sleep(0.05)
        raise AssertionError(f"{words}: {self.lines}")

    def ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        """A request with the token of the first start."""
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        url = self.url + path
        return httpx2.request(method, url, headers=headers, timeout=60, trust_env=False, **more)

    def written(self, draft: str) -> dict[str, Any]:
        """A draft when its job is done."""
        until = monotonic() + 120
        while monotonic() < until:
            found: dict[str, Any] = self.ask("GET", f"/v1/drafts/{draft}").json()
            if found["state"] == "done":
                return found
            assert found["state"] in ("queued", "running"), found
            sleep(0.2)
        raise AssertionError(draft)


@contextmanager
def served(data: Path, *options: str, **settings: str) -> Iterator[Process]:
    """The service on a free port until the end of the block."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    given = {"DRAFTER_API_DATA": str(data), "DRAFTER_API_PORT": str(port), **settings}
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "serve", *options],
        cwd=ROOT,
        env={**os.environ, **given, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    running = Process(port)

    def read() -> None:
        assert process.stdout is not None
        running.lines.extend(iter(process.stdout.readline, ""))

    reader = Thread(target=read, daemon=True)
    reader.start()
    try:
        yield running
    finally:
        process.terminate()
        process.wait(30)
        reader.join(10)
        assert process.stdout is not None
        process.stdout.close()
