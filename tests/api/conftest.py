"""A real service on loopback: uvicorn in a thread, tokens of all roles, on SQLite or PostgreSQL.

What asks for the kind of database, `running` among others, is run on both: on PostgreSQL in
`make test` where it is marked `postgresql`, all of it in `make heavy`.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Literal

import httpx2
import pytest
import uvicorn

from api.app import SERVER, create_app
from api.settings import ApiSettings
from api.storage.database import Database, prepared
from api.tokens import ROLES, Role, create_token, organisation_named
from tests.api.postgres import Cluster, cluster

OWN, FOREIGN = "云岭县科技和工业信息化局", "青石县商务局"
TABLE = "指标名称,所属板块,本期,单位,同比(%),采用\n工业投资,工业经济,208.6,亿元,28.2,必报\n技改投资,工业经济,79.8,亿元,-5.7,\n"
OUTLINE = """title: 某局工作总结
sections:
  - {heading: 工业经济稳健前行, level: 1, kind: achievements, themes: [工业经济]}
  - {heading: 存在的问题, level: 1, kind: problems}
"""
FACTS = "编号,板块,类型,要点\nF01,工业经济,项目,青杉铜箔二期项目于5月开工建设\n"


Kind = Literal["sqlite", "postgresql"]


@dataclass(frozen=True)
class Running:
    """A service that runs, and a way to ask it."""

    url: str
    database: Database
    settings: ApiSettings
    tokens: dict[tuple[str, Role], str]

    def ask(
        self,
        method: str,
        path: str,
        *,
        role: Role | None = "admin",
        organisation: str = OWN,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx2.Response:
        """A request with the token of a role; None for without."""
        given = dict(headers or {})
        if role is not None:
            given["Authorization"] = f"Bearer {self.tokens[organisation, role]}"
        return httpx2.request(
            method,
            self.url + path,
            headers=given,
            timeout=30,
            trust_env=False,
            verify=False,  # plain HTTP: reading certificates would take longer than the answer
            **more,
        )

    def upload(self, path: str, content: str | bytes = TABLE, **more: Any) -> httpx2.Response:
        """A file, posted as a form."""
        name = more.pop("name", "表.csv")
        data = content.encode() if isinstance(content, str) else content
        files = {"file": (name, data, "application/octet-stream")}
        return self.ask("POST", path, files=files, **more)

    def table(self, content: str = TABLE) -> str:
        """The id of a table newly uploaded."""
        return str(self.upload("/v1/indicator-tables", content).json()["id"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What asks for the kind of database is run on both."""
    if "kind" not in metafunc.fixturenames:
        return
    is_chosen = any(metafunc.definition.iter_markers("postgresql"))
    marks = () if is_chosen else (pytest.mark.heavy,)
    kinds = ["sqlite", pytest.param("postgresql", marks=marks)]
    metafunc.parametrize("kind", kinds, scope="module")


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """The PostgreSQL of this run; each module has a database of its own there."""
    with cluster() as found:
        yield found


@pytest.fixture(scope="module")
def address(kind: Kind, request: pytest.FixtureRequest) -> str:
    """The address of a new database; nothing for SQLite in the folder of the service."""
    if kind == "sqlite":
        return ""
    found: Cluster = request.getfixturevalue("server")
    return found.database(request.module.__name__.rpartition(".")[2])


def serving(
    settings: ApiSettings,
    *,
    jobs: bool = True,
    judge: bool = False,
    database: Database | None = None,
) -> Iterator[Running]:
    """The service of these settings on a free port, with or without processes beside it."""
    database = database or prepared(settings)
    tokens: dict[tuple[str, Role], str] = {}
    with database.writing() as session:
        for name in (OWN, FOREIGN):
            organisation = organisation_named(session, name)
            for role in ROLES:
                made = create_token(
                    session,
                    organisation=organisation.id,
                    name=f"测试{role}",
                    role=role,
                    actor="测试",
                )
                tokens[name, role] = made.written
    config = uvicorn.Config(
        create_app(
            settings.model_copy(update={"embedded_worker": jobs, "judge_beside": judge}), database
        ),
        host="127.0.0.1",
        port=0,
        log_level="critical",
        **SERVER,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = monotonic() + 20
    while not server.started:
        assert monotonic() < until
        sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Running(f"http://127.0.0.1:{port}", database, settings, tokens)
    server.should_exit = True
    thread.join(20)
    database.close()


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, address: str, request: pytest.FixtureRequest
) -> Iterator[Running]:
    """One service for the tests of a module that leave each other alone.

    A worker is beside it, unless the module is marked `jobless`: one takes seconds to start.
    """
    data: Path = tmp_path_factory.mktemp("service")
    settings = ApiSettings(
        data=data, database=address, requests_a_minute=100_000, attempts_a_minute=100_000
    )
    yield from serving(settings, jobs=request.node.get_closest_marker("jobless") is None)
