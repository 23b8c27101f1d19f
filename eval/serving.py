"""The service as a process of its own, for measurements: started, asked, ended."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx2

from api.storage.database import Database
from api.tokens import Role, create_token, organisation_named

ROOT = Path(__file__).parent.parent
_START = 40.0

Environment = dict[str, str]
Process = subprocess.Popen[bytes]


def environment_of(data: Path, **settings: str) -> Environment:
    """The environment of a service with its data in a folder, on a free port."""
    return {
        **os.environ,
        "DRAFTER_API_DATA": str(data),
        "DRAFTER_API_PORT": str(free_port()),
        "PYTHONPATH": str(ROOT),
        **settings,
    }


def command(environment: Environment, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """`python -m api` with these arguments, when it has ended."""
    return subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "api", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def token(environment: Environment) -> str:
    """A new token of an administrator."""
    made = command(
        environment, "token", "create", "--org", "云岭县科技局", "--name", "测", "--role", "admin"
    )
    return made.stdout.strip().rpartition("：")[2]


def token_in(database: Database, name: str = "测", role: Role = "admin") -> str:
    """The same, put into the database without a process."""
    with database.writing() as session:
        organisation = organisation_named(session, "云岭县科技局")
        return create_token(
            session, organisation=organisation.id, name=name, role=role, actor="测"
        ).written


def started(environment: Environment, log: Path | None = None) -> Process:
    """The service when it is ready.

    Args:
        environment: As `environment_of` has it.
        log: Where its messages go; nowhere by default.

    Raises:
        TimeoutError: it does not get ready.
    """
    with (log or Path(os.devnull)).open("ab") as messages:
        process = subprocess.Popen(
            [sys.executable, "-m", "api", "serve"],
            env=environment,
            cwd=ROOT,
            stdout=messages,
            stderr=messages,
        )
    until = monotonic() + _START
    url = f"http://127.0.0.1:{environment['DRAFTER_API_PORT']}/ready"
    while monotonic() < until:
        try:
            if httpx2.get(url, trust_env=False, timeout=2).status_code == 200:
                return process
        except httpx2.HTTPError:
            sleep(0.1)
    process.kill()
    raise TimeoutError("the service did not start")


@contextmanager
def client(environment: Environment, secret: str) -> Iterator[httpx2.Client]:
    """A client of the service with a token."""
    base = f"http://127.0.0.1:{environment['DRAFTER_API_PORT']}"
    headers = {"Authorization": f"Bearer {secret}"}
    with httpx2.Client(base_url=base, headers=headers, trust_env=False, timeout=30) as asking:
        yield asking


def free_port() -> int:
    """One that nobody listens at now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
