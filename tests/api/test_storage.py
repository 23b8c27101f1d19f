"""The database, on SQLite and on PostgreSQL alike: migrations, turns of writers, one state to read."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, func, insert, select, text
from sqlalchemy.orm import Session

from api.drafts import tell
from api.settings import ApiSettings
from api.storage.audit import record, verified
from api.storage.database import Database, downgrade, prepared, upgrade
from api.storage.schema import AuditEntry, Base, Draft, Event, Original, Token
from api.tokens import Principal, create_token, identifier, organisation_named
from api.uploads import kept
from drafter.errors import OperatorError
from tests.api.conftest import Kind
from tests.api.postgres import Cluster

pytestmark = pytest.mark.postgresql
NOW = datetime(2024, 12, 31, 15, 59, 59, 123456, tzinfo=UTC)


@pytest.fixture
def empty(kind: Kind, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without a schema."""
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'service.db'}"
    else:
        cluster: Cluster = request.getfixturevalue("server")
        url = cluster.database("storage")
    found = Database(url)
    yield found
    found.close()


@pytest.fixture
def database(empty: Database) -> Database:
    upgrade(empty)
    return empty


def drafted(database: Database) -> str:
    """A draft without sections."""
    with database.writing() as session:
        bureau = organisation_named(session, "云岭县科技和工业信息化局")
        row = Draft(
            id=identifier("draft"), organisation_id=bureau.id, title="", state="done",
            inputs={"b": 1, "a": [2.5, None, "文\x00"]}, frame={}, open_points=[], version=1,
            error="", created_by="甲", created_at=NOW, finished_at=None,
        )  # fmt: skip
        session.add(row)
        return row.id


def together(times: int, act: Callable[[int], object]) -> None:
    """Something done by many at the same moment; the errors of each are ours."""
    gate = Barrier(times)

    def one(number: int) -> None:
        gate.wait(20)
        act(number)

    with ThreadPoolExecutor(times) as pool:
        for done in [pool.submit(one, number) for number in range(times)]:
            done.result(60)


class TestMigrations:
    def test_they_make_what_the_models_say(self, database: Database):
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, Base.metadata) == []

    def test_a_second_time_they_do_nothing(self, database: Database):
        upgrade(database)
        database.probe()

    def test_rows_of_the_first_schema_are_there_in_the_newest(self, empty: Database):
        upgrade(empty, "0001")
        old = MetaData()
        old.reflect(empty.engine)
        given = {
            "organisations": {"id": "org_1", "name": "甲局", "created_at": NOW.replace(tzinfo=None)},
            "materials": {
                "id": "table_1", "organisation_id": "org_1", "kind": "table", "name": "表",
                "created_at": NOW.replace(tzinfo=None),
            },
            "audit": {
                "seq": 1, "organisation_id": "org_1", "at": NOW.replace(tzinfo=None), "actor": "甲",
                "action": "x", "object": "y", "detail": "{}", "previous": "0" * 64, "digest": "d",
            },
        }  # fmt: skip
        with empty.writing() as session:
            for name, row in given.items():
                session.execute(insert(old.tables[name]).values(**row))
        upgrade(empty)
        with empty.reading() as session:
            for name, row in given.items():
                found = session.execute(select(old.tables[name])).mappings().one()
                assert {key: found[key] for key in row} == row

    def test_going_back_and_forth_loses_no_row_that_others_refer_to(self, database: Database):
        draft = drafted(database)
        with database.writing() as session:
            tell(session, session.get_one(Draft, draft), "draft.queued", {})
        downgrade(database, "0002")
        upgrade(database)
        with database.reading() as session:
            assert session.get_one(Draft, draft).open_points == []
            assert session.get(Event, (draft, 1)) is not None

    def test_of_processes_that_start_together_one_makes_the_schema(self, empty: Database):
        def begin(_: int) -> None:
            process = Database(empty.url)
            upgrade(process)
            process.close()

        together(4, begin)
        empty.probe()

    def test_an_upgrade_that_fails_leaves_nothing(self, empty: Database):
        with empty.engine.begin() as connection:
            connection.execute(text("CREATE TABLE drafts (id INTEGER)"))
        with pytest.raises(Exception, match="drafts"):
            upgrade(empty)
        with empty.engine.connect() as connection:
            found = MetaData()
            found.reflect(connection)
        assert [*found.tables] == ["drafts"]


class TestWriters:
    def test_a_hundred_entries_of_many_make_one_chain(self, database: Database):
        def act(number: int) -> None:
            for turn in range(10):
                with database.writing() as session:
                    record(
                        session, organisation="org_a", actor=f"{number}", action="x", target=f"{turn}"
                    )  # fmt: skip

        together(12, act)
        with database.reading() as session:
            assert verified(session) == (120, None)

    def test_a_writer_that_fails_among_others_leaves_no_gap(self, database: Database):
        def act(number: int) -> None:
            def turn() -> None:
                with database.writing() as session:
                    record(session, organisation="o", actor=f"{number}", action="x", target="y")
                    if number % 3 == 0:
                        raise ZeroDivisionError

            if number % 3 == 0:
                with pytest.raises(ZeroDivisionError):
                    turn()
            else:
                turn()

        together(12, act)
        with database.reading() as session:
            assert verified(session) == (8, None)

    def test_of_editors_who_saw_the_same_version_one_alone_writes_the_next(
        self, database: Database
    ):
        draft, wrote = drafted(database), []

        def edit(number: int) -> None:
            with database.reading() as session:
                seen = session.get_one(Draft, draft).version
            with database.writing() as session:
                row = session.get_one(Draft, draft)
                if row.version == seen:
                    row.version += 1
                    tell(session, row, "section.version", {"by": number})
                    wrote.append(number)

        together(12, edit)
        with database.reading() as session:
            version = session.get_one(Draft, draft).version
            numbers = list(session.scalars(select(Event.number).order_by(Event.number)))
        assert version == 1 + len(wrote)
        assert numbers == list(range(1, len(wrote) + 1))

    def test_counting_up_by_many_loses_nothing(self, database: Database):
        draft = drafted(database)

        def act(_: int) -> None:
            for _ in range(5):
                with database.writing() as session:
                    session.get_one(Draft, draft).version += 1

        together(10, act)
        with database.reading() as session:
            assert session.get_one(Draft, draft).version == 51

    def test_the_same_name_and_the_same_file_at_once_are_kept_once(self, database: Database):
        def act(_: int) -> None:
            with database.writing() as session:
                bureau = organisation_named(session, "青石县商务局")
                kept(session, bureau.id, b"the same bytes")

        together(10, act)
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Original)) == 1

    def test_a_turn_taken_for_long_is_said_to_be(self, database: Database):
        impatient = Database(database.url, patience=0.3)
        with database.writing(), pytest.raises(Exception, match="lock"), impatient.writing():
            pass
        with database.writing(), pytest.raises(Exception, match="lock"):
            impatient.probe()
        with impatient.writing():
            pass
        impatient.close()


class TestReading:
    def test_a_reader_sees_one_state_to_its_end(self, database: Database):
        draft = drafted(database)

        def version(session: Session) -> int | None:
            return session.scalar(select(Draft.version).where(Draft.id == draft))

        with database.reading() as reader:
            before = version(reader)
            with database.writing() as session:
                session.get_one(Draft, draft).version = 7
            assert version(reader) == before == 1
        with database.reading() as reader:
            assert version(reader) == 7

    def test_values_come_back_as_they_were(self, database: Database):
        draft = drafted(database)
        with database.reading() as session:
            row = session.get_one(Draft, draft)
        assert row.created_at == NOW
        assert list(row.inputs.items()) == [("b", 1), ("a", [2.5, None, "文\x00"])]

    def test_many_readers_wait_for_connections_and_get_them(self, database: Database):
        def act(_: int) -> None:
            with database.reading() as session:
                session.execute(text("SELECT 1"))

        together(40, act)


def test_the_longest_name_fits_wherever_its_owner_is_named(database: Database):
    with database.writing() as session:
        bureau = organisation_named(session, "局" * 200)
        made = create_token(
            session, organisation=bureau.id, name="名" * 200, role="admin", actor="命令行"
        )  # fmt: skip
        token = session.get_one(Token, made.id)
        who = Principal(token.id, token.name, "admin", bureau.id, bureau.name)
        record(session, organisation=bureau.id, actor=who.actor, action="x", target="y")
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        assert entry is not None
        assert entry.actor == who.actor
        assert made.id in entry.actor


@pytest.mark.parametrize(
    "url", ["mysql://localhost/x", "oracle://localhost/x", "postgresql+psycopg2://localhost/x"]
)
def test_another_kind_of_database_is_refused_in_words(url: str, tmp_path: Path):
    with pytest.raises(OperatorError, match="不支持的数据库"):
        prepared(ApiSettings(data=tmp_path, database=url))


@pytest.mark.parametrize("url", ["no address", "postgresql://nobody@127.0.0.1:1/none"])
def test_an_address_where_nothing_is_names_the_setting(url: str, tmp_path: Path):
    with pytest.raises(OperatorError, match="DRAFTER_API_DATABASE"):
        prepared(ApiSettings(data=tmp_path, database=url))
