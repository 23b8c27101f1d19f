"""The first start: what is loaded, what is printed, and what later starts leave alone."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from api import sample
from api.routes import summaries
from api.sample import BUREAU, PLAIN, begin, files_of, is_wanted
from api.service import Service
from api.settings import ApiSettings
from api.storage.audit import verified
from api.storage.database import prepared
from api.storage.schema import Material, Organisation, Original, Token
from drafter.errors import OperatorError
from drafter.settings import load_settings
from tests.api.process import READY, ROOT, served


def pasted(line: str) -> dict[str, Any]:
    """What a printed curl line answers in a shell."""
    command = "curl -sS --noproxy '*'" + line.partition("curl")[2]
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("first")


@pytest.mark.heavy
class TestByTheCommand:
    def test_the_first_start_alone_loads_the_sample_and_its_lines_work_when_pasted(
        self, data: Path
    ):
        with served(data) as process:
            process.wait_for("Uvicorn running")
            assert pasted(process.wait_for("我是谁"))["organisation"] == BUREAU
            told = process.wait_for(READY)
            assert "2021年工作总结.docx" in told
            assert "2023年指标表.xlsx" in told
            draft = pasted(process.wait_for("起草一份"))
            assert draft["state"] == "queued"
            assert process.written(draft["id"])["open_points"] == []

        # A second start loads nothing and prints no token.
        with served(data) as process:
            process.wait_for("Uvicorn running")
        printed = "".join(process.lines)
        assert "dft_" not in printed
        assert "载入" not in printed
        assert "收入" not in printed

    def test_it_is_left_out_when_asked(self, tmp_path: Path):
        with served(tmp_path, "--no-sample") as process:
            process.wait_for("Uvicorn running")
            assert pasted(process.wait_for("我是谁"))["organisation"] == PLAIN
        assert "载入" not in "".join(process.lines)


@contextmanager
def started(**settings: Any) -> Iterator[Service]:
    given = ApiSettings(**settings)
    database = prepared(given)
    yield Service(given, database, load_settings())
    database.close()


def silent(_: str) -> None:
    """Nobody is told."""


def held(service: Service, kind: Any) -> list[Any]:
    with service.database.reading() as session:
        return list(session.scalars(select(kind)))


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({}, True),
        ({"host": "0.0.0.0"}, False),  # noqa: S104 - what is tested
        ({"database": "postgresql+psycopg://service@db/drafter"}, False),
        ({"sample": False}, False),
        ({"host": "0.0.0.0", "sample": True}, True),  # noqa: S104 - likewise
    ],
)
def test_it_is_loaded_where_nobody_else_can_come_or_where_it_is_asked_for(
    settings: dict[str, Any], wanted: bool
):
    assert is_wanted(ApiSettings(**settings)) is wanted


def test_open_to_the_network_no_token_is_made_and_none_is_printed(tmp_path: Path):
    lines: list[str] = []
    with started(data=tmp_path, host="0.0.0.0") as service:  # noqa: S104 - what is tested
        assert begin(service, say=lines.append) is None
        assert not lines
        assert not held(service, Token.id)
        assert not held(service, Organisation.id)


def test_a_service_that_has_tokens_already_gets_no_sample(tmp_path: Path):
    with started(data=tmp_path, sample=False) as service:
        begin(service, say=silent)
    with started(data=tmp_path) as service:
        assert begin(service, say=silent) is None
        assert held(service, Organisation.name) == [PLAIN]


def test_a_start_killed_while_it_loads_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with started(data=tmp_path) as service:
        with monkeypatch.context() as patch:
            patch.setattr(sample, "_take_in", lambda *_: None)
            begin(service, say=silent)
        lines: list[str] = []
        thread = begin(service, say=lines.append)
        assert thread is not None
        thread.join(60)
        assert READY in lines[-1]
        assert not any("dft_" in line for line in lines)
        assert len(held(service, Material.id)) == 2
        assert begin(service, say=lines.append) is None
        with service.database.reading() as session:
            assert verified(session)[1] is None


def test_what_cannot_be_read_is_said_and_the_service_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(summaries, "taken_in", full)
    lines: list[str] = []
    with started(data=tmp_path) as service:
        thread = begin(service, say=lines.append)
        assert thread is not None
        thread.join(60)
    assert "下次启动再试" in lines[-1]


def test_the_originals_are_kept_as_those_of_an_upload_are(tmp_path: Path):
    with started(data=tmp_path) as service:
        thread = begin(service, say=silent)
        assert thread is not None
        thread.join(60)
        files = files_of(ROOT / "knowledge_base")
        assert files is not None
        kept = set(held(service, Original.content))
        given = (files.table, files.facts, *files.past)
        assert kept == {one.read_bytes() for one in given}


def test_an_installation_without_the_files_has_no_sample(tmp_path: Path):
    lines: list[str] = []
    with started(data=tmp_path / "a") as service:
        assert begin(service, say=lines.append, folder=tmp_path) is None
        assert PLAIN in lines[0]
    with (
        started(data=tmp_path / "b", sample=True) as service,
        pytest.raises(OperatorError, match="没有示例单位"),
    ):
        begin(service, say=silent, folder=tmp_path)
