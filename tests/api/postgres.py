"""A PostgreSQL of the tests' own: made in a temporary folder, on a socket there, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep

import psycopg
import pytest

_ACCOUNT = "postgres"
"""The account that the package of the server makes: the server refuses to run as root."""
_PLACES = Path("/usr/lib/postgresql")
"""Where Debian has the servers, by version."""
_OPTIONS = ("fsync=off", "full_page_writes=off", "listen_addresses=")
"""A crash of the server loses nothing that was committed, one of the machine would."""
_SECONDS = 60.0


class Cluster:
    """A server with its files; it may be killed and started again."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self._server: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)

    def make(self) -> None:
        """Its files; nobody but us gets to its socket, so that it asks for no password."""
        options = ("--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust")
        command = self._command("initdb", *options, "--username=drafter")
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder)

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        options = (*_OPTIONS, f"unix_socket_directories={self._folder}")
        arguments = [part for option in options for part in ("-c", option)]
        command = self._command("postgres", *arguments)
        log = self._folder / "log"
        with log.open("ab") as written:
            self._server = subprocess.Popen(
                command, stdout=written, stderr=written, cwd=self._folder
            )
        until = monotonic() + _SECONDS
        while not self._answers():
            is_starting = self._server.poll() is None and monotonic() < until
            assert is_starting, log.read_text()[-2000:]
            sleep(0.05)

    def kill(self) -> None:
        """Ends it at once with all connections, as a crash would; what was committed stays."""
        assert self._server is not None
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(_SECONDS)

    def stand_by(self) -> None:
        """Starts it as the copy of another that is away: it answers, and takes no writes."""
        subprocess.run(
            [*_as_account(), "touch", self._folder / "data" / "standby.signal"], check=True
        )
        self.start()

    def promote(self) -> None:
        """Makes the copy the one to write to, while it runs."""
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            assert connection.execute("SELECT pg_promote()").fetchone() == (True,)

    def database(self, name: str = "test") -> str:
        """The address of a new database."""
        name = f"{name}_{next(self._numbers)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return f"postgresql://drafter@/{name}?host={self._folder}"

    def _answers(self) -> bool:
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(self._address("postgres")) as connection,
        ):
            return connection.execute("SELECT 1").fetchone() == (1,)
        return False

    def _address(self, name: str) -> str:
        return f"host={self._folder} user=drafter dbname={name} connect_timeout=5"

    def _command(self, program: str, *arguments: str) -> list[str]:
        data = ("-D", str(self._folder / "data"))
        return [*_as_account(), str(self._programs / program), *data, *arguments]


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server that runs; the test is skipped where there can be none."""
    programs = _programs()
    if programs is None:
        pytest.skip("没有安装 PostgreSQL（apt-get install postgresql）：no PostgreSQL here")
    if os.geteuid() == 0 and not _as_account():
        pytest.skip(f"root 不能运行 PostgreSQL，又没有 {_ACCOUNT} 账号：no account to run it")
    # Not in the folder of pytest, which is root's alone.
    folder = Path(mkdtemp(prefix="drafter-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _ACCOUNT)
    made = Cluster(programs, folder)
    try:
        made.make()
        made.start()
        yield made
        made.kill()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """Where the server is installed; of several the newest."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = [path.parent for path in _PLACES.glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def _as_account() -> list[str]:
    """What a command begins with so that it is not root's; the server ends with the tests."""
    program = shutil.which("setpriv")
    if program is None:
        return []
    ends = [program, "--pdeathsig", "QUIT"]
    if os.geteuid() != 0:
        return ends
    with suppress(KeyError):
        account = pwd.getpwnam(_ACCOUNT)
        return [
            *ends, f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups", "--",
        ]  # fmt: skip
    return []
