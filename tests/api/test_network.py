"""Nothing is called but loopback: the service under a guard, and in a namespace without routes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from eval.endpoint.server import ScriptedServer
from tests.api.conftest import FACTS, TABLE
from tests.api.process import Process, served

HERE = Path(__file__).parent
GUARD = HERE / "guard"
PAST = HERE.parent.parent / "knowledge_base" / "summaries" / "2022年工作总结.txt"


def records(record: Path) -> list[list[str]]:
    """What was noted: where, by what, the host, the process."""
    return [line.rsplit(" ", 1)[0].split(" ", 2) for line in record.read_text().splitlines()]


@pytest.mark.heavy
def test_a_service_under_the_guard_calls_nothing_but_loopback(tmp_path: Path):
    record = tmp_path / "record"
    with (
        ScriptedServer() as model,
        served(
            tmp_path / "data",
            "--no-sample",
            PYTHONPATH=str(GUARD),
            NETWORK_RECORD=str(record),
            DRAFTER_API_MODEL="openai:m",
            DRAFTER_BASE_URL=model.url,
        ) as process,
    ):
        process.wait_for("Uvicorn running")
        used(process)
    assert model.requests
    noted = records(record)
    assert ["here", "socket.bind", "127.0.0.1"] in noted
    assert ["here", "socket.connect", "127.0.0.1"] in noted
    assert not [one for one in noted if one[0] != "here"]
    assert not [line for line in process.lines if "not loopback" in line]


def used(process: Process) -> None:
    """From an upload to the Word copies, with and without the model."""

    def uploaded(path: str, name: str, content: bytes) -> str:
        answer = process.ask("POST", path, files={"file": (name, content)})
        assert answer.status_code == 201, answer.text
        return str(answer.json().get("id", ""))

    table = uploaded("/v1/indicator-tables", "表.csv", TABLE.encode())
    facts = uploaded("/v1/fact-lists", "素材.csv", FACTS.encode())
    uploaded("/v1/summaries", PAST.name, PAST.read_bytes())
    for writer in ("offline", "model"):
        body = {"table": {"id": table}, "facts": {"id": facts}, "year": 2024, "writer": writer}
        answer = process.ask("POST", "/v1/drafts", json=body)
        assert answer.status_code == 202, answer.text
        draft = process.written(answer.json()["id"])
        edited(
            process, draft["id"], next(one["id"] for one in draft["sections"] if one["characters"])
        )
        for kind in ("review",):
            answer = process.ask("GET", f"/v1/drafts/{draft['id']}/exports/{kind}")
            assert answer.content.startswith(b"PK")
    check = {"text": "工业投资完成208.6亿元。", "table": {"id": table}}
    assert process.ask("POST", "/v1/checks", json=check).json()["findings"]
    files = {"file": (PAST.name, PAST.read_bytes())}
    assert process.ask("POST", "/v1/checks/file", files=files).status_code == 200
    (held,) = process.ask("GET", "/v1/summaries").json()["summaries"]
    assert process.ask("DELETE", f"/v1/summaries/{held['name']}").status_code == 204


def edited(process: Process, draft: str, section: str) -> None:
    """A sentence more in a section."""
    path = f"/v1/drafts/{draft}/sections/{section}"
    found = process.ask("GET", path)
    headers = {"If-Match": found.headers["etag"]}
    text = found.json()["text"] + "工业投资完成208.6亿元。"
    assert process.ask("PUT", path, json={"text": text}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "call",
    [
        "socket.create_connection(('192.0.2.1', 80), 1)",
        "socket.getaddrinfo('example.com', 80)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "__import__('urllib.request').request.urlopen('http://192.0.2.1/', timeout=1)",
    ],
)
def test_the_guard_stops_and_notes_what_would_leave(tmp_path: Path, call: str):
    record = tmp_path / "record"
    environment = {**os.environ, "PYTHONPATH": str(GUARD), "NETWORK_RECORD": str(record)}
    code = [sys.executable, "-W", "ignore", "-c", f"import socket; {call}"]
    done = subprocess.run(code, env=environment, capture_output=True, text=True, check=False)
    assert "not loopback" in done.stderr
    assert any(one[0] == "ELSEWHERE" for one in records(record))


def without_routes() -> list[str]:
    """How a command is run in a network namespace with loopback alone; nothing where it cannot."""
    prefix = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    if not shutil.which("unshare") or not shutil.which("ip"):
        return []
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return prefix if tried.returncode == 0 else []


@pytest.mark.heavy
def test_the_service_works_in_a_network_namespace_without_routes():
    prefix = without_routes()
    if not prefix:
        pytest.skip("unshare -rn is not allowed here")
    reach = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"
    tried = subprocess.run(
        [*prefix, sys.executable, "-c", reach], capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in tried.stderr
    name = test_a_service_under_the_guard_calls_nothing_but_loopback.__name__
    command = [
        *prefix,
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-m",
        "",
        f"{__file__}::{name}",
    ]
    done = subprocess.run(
        command, cwd=HERE.parent.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
