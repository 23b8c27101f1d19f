"""The audit trail: every act, in a chain that shows any gap."""

from pathlib import Path

import pytest
from sqlalchemy import text

from api.settings import ApiSettings
from api.storage.audit import record, verified
from api.storage.database import Database, prepared
from tests.api.conftest import FOREIGN, TABLE, Running

pytestmark = [pytest.mark.postgresql, pytest.mark.jobless]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    found = prepared(ApiSettings(data=tmp_path))
    with found.writing() as session:
        for number in range(5):
            record(
                session, organisation="org_a", actor="甲", action="table.upload",
                target=f"t{number}", detail={"rows": number},
            )  # fmt: skip
    return found


def checked(database: Database) -> tuple[int, str]:
    with database.reading() as session:
        count, broken = verified(session)
    return count, broken.why if broken else ""


def test_a_sound_chain_is_sound(database: Database):
    assert checked(database) == (5, "")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE audit SET actor = '乙' WHERE seq = 3", "内容被改动"),
        ("UPDATE audit SET detail = '{}' WHERE seq = 3", "内容被改动"),
        ("DELETE FROM audit WHERE seq = 3", "第3条缺失"),
        ("UPDATE audit SET previous = digest WHERE seq = 4", "与上一条对不上"),
    ],
)
def test_a_change_or_a_gap_is_found(database: Database, statement: str, why: str):
    with database.writing() as session:
        session.execute(text(statement))
    assert checked(database)[1] == why


def test_an_act_that_fails_leaves_no_entry(database: Database):
    def act() -> None:
        with database.writing() as session:
            record(session, organisation="org_a", actor="甲", action="x", target="y")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert checked(database) == (5, "")


def test_uploads_and_deletions_are_told_to_their_own_bureau_alone(running: Running):
    table = running.table()
    running.upload(f"/v1/indicator-tables/{table}/revisions", TABLE.replace("208.6", "209"))
    running.ask("DELETE", f"/v1/indicator-tables/{table}")
    own = running.ask("GET", "/v1/audit", params={"limit": 500}).json()
    acts = [one["action"] for one in own if one["object"] == table]
    assert acts == ["table.upload", "table.upload", "table.delete"]
    other = running.ask("GET", "/v1/audit", organisation=FOREIGN).json()
    assert table not in [one["object"] for one in other]
    with running.database.reading() as session:
        assert verified(session)[1] is None
