"""`python -m api`: tokens at the command line, and how little it loads for them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.__main__ import main
from api.settings import ApiSettings
from api.storage.audit import verified
from api.storage.database import Database, prepared
from api.storage.schema import Token
from api.tokens import found, split

HEAVY = (
    "fastapi",
    "starlette",
    "limits",
    "jwt",
    "httpx2",
    "uvicorn",
    "dbos",
    "chromadb",
    "alembic",
)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("DRAFTER_API_DATA", str(tmp_path))
    monkeypatch.delenv("DRAFTER_API_DATABASE", raising=False)
    return prepared(ApiSettings(data=tmp_path))


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["token", *arguments]) == code
    captured = capsys.readouterr()
    return captured.out + captured.err


def made(capsys: pytest.CaptureFixture[str], *more: str, name: str = "李明（示例）") -> str:
    create = ("create", "--org", "云岭县商务局", "--name", name, "--role", "staff", *more)
    return told(capsys, *create).strip().partition("：")[2]


def is_let_in(database: Database, token: str) -> bool:
    given = split(token)
    assert given
    return found(database, *given).principal is not None


def test_a_token_is_made_listed_by_its_prefix_and_revoked(
    database: Database, capsys: pytest.CaptureFixture[str]
):
    token = made(capsys)
    prefix, secret = token[:16], token[17:]
    listed = told(capsys, "list")
    assert prefix in listed
    assert "云岭县商务局\t李明（示例）\tstaff\t有效" in listed
    assert secret not in listed
    assert is_let_in(database, token)
    assert told(capsys, "revoke", prefix) == f"已撤销：{prefix}（李明（示例））\n"
    assert not is_let_in(database, token)
    assert "早已撤销" in told(capsys, "revoke", token)
    assert "\t已撤销\t" in told(capsys, "list", "--org", "云岭县商务局")
    with database.reading() as session:
        assert verified(session) == (2, None)


def test_a_token_of_the_command_line_ends_with_its_days_or_never(
    database: Database, capsys: pytest.CaptureFixture[str]
):
    ends = []
    for more in (("--days", "1"), ("--forever",)):
        given = split(made(capsys, *more))
        assert given
        with database.reading() as session:
            ends.append(session.get_one(Token, given[0]).expires_at)
    assert ends[0] is not None
    assert ends[1] is None
    for wrong in ("0", "-1", "3651", "三"):
        with pytest.raises(SystemExit):
            made(capsys, "--days", wrong)


def test_what_is_not_there_is_said_in_chinese(
    database: Database, capsys: pytest.CaptureFixture[str]
):
    del database
    said = told(capsys, "revoke", "dft_000000000000", code=2)
    assert said == "没有这个令牌：000000000000；用 python -m api token list 查看\n"


def test_an_organisation_that_is_not_there_is_not_an_empty_one(
    database: Database, capsys: pytest.CaptureFixture[str]
):
    del database
    made(capsys)
    said = told(capsys, "list", "--org", "云岭县科技局", code=2)
    assert said.startswith("没有“云岭县科技局”这个单位；现有：")


def test_a_name_cannot_move_the_cursor_of_a_terminal(
    database: Database, capsys: pytest.CaptureFixture[str]
):
    del database
    made(capsys, name="甲\x1b[2J\t乙\n丙")
    assert "\t甲[2J乙丙\tstaff" in told(capsys, "list")


@pytest.mark.parametrize("command", [["audit"], ["token", "list"]])
def test_a_simple_command_loads_neither_the_web_nor_the_jobs(
    database: Database, tmp_path: Path, command: list[str]
):
    del database
    code = (
        "import json, sys; from api.__main__ import main; "
        f"code = main({command!r}); sys.stderr.write(json.dumps([code, *sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={**os.environ, "DRAFTER_API_DATA": str(tmp_path)},
    )
    result, *modules = json.loads(done.stderr)
    assert result == 0
    assert not set(HEAVY) & set(modules)
