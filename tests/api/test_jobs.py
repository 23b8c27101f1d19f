"""Jobs in the database: whose turn it is, whose hands they are in, and how they end."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from api import jobs
from api.jobs import Given, Taken
from api.settings import ApiSettings
from api.storage.database import Database, prepared
from api.storage.schema import Draft, Executor, Job
from api.tokens import organisation_named
from api.work.answers import Answers
from tests.api.conftest import OWN

pytestmark = pytest.mark.postgresql


@pytest.fixture
def database(tmp_path: Path, address: str) -> Iterator[Database]:
    found = prepared(ApiSettings(data=tmp_path, database=address))
    with found.writing() as session:
        session.execute(delete(Job))
        session.execute(delete(Executor))
    yield found
    found.close()


def ask(database: Database, *authors: str) -> list[str]:
    """A draft to be written for each author, in this order; their ids."""
    made = []
    with database.writing() as session:
        organisation = organisation_named(session, OWN)
        for number, author in enumerate(authors):
            name = f"{author}{number}-{datetime.now(UTC).timestamp()}"[:40]
            row = Draft(
                id=name,
                organisation_id=organisation.id,
                title="",
                state=jobs.QUEUED,
                inputs={},
                frame={},
                open_points=[],
                version=0,
                error="",
                created_by=author,
                created_at=datetime.now(UTC),
                finished_at=None,
            )
            session.add(row)
            session.flush()
            jobs.asked_for(session, name, row, jobs.DRAFT, {}, author)
            made.append(name)
    return made


def claim(database: Database, executor: str = "一号") -> Taken | None:
    with database.writing() as session:
        jobs.alive(session, executor)
        return jobs.claimed(session, executor)


def end(database: Database, taken: Taken | None, state: str = jobs.DONE) -> None:
    assert taken is not None
    with database.writing() as session:
        jobs.ended(session, jobs.still_held(session, taken), state)


def silence(database: Database, executor: str) -> None:
    """The executor was heard of long ago."""
    with database.writing() as session:
        session.get_one(Executor, executor).seen_at = datetime.now(UTC) - 2 * jobs.SILENT


def state(database: Database, name: str) -> tuple[str, str]:
    with database.reading() as session:
        return session.get_one(Job, name).state, session.get_one(Draft, name).state


def test_many_jobs_of_one_person_keep_another_waiting_for_one_alone(database: Database):
    names = ask(database, "甲", "甲", "甲", "乙")
    first, second = claim(database), claim(database)
    assert first is not None
    assert second is not None
    assert (first.id, second.id) == (names[0], names[3])


def test_people_take_turns_also_where_one_job_runs_at_a_time(database: Database):
    names = ask(database, "甲", "甲", "甲", "乙", "乙", "丙")
    order = []
    while (taken := claim(database)) is not None:
        order.append(names.index(taken.id))
        end(database, taken)
    assert order == [0, 3, 5, 1, 4, 2]


def test_the_jobs_of_a_silent_worker_go_to_another_and_its_own_word_counts_no_more(
    database: Database,
):
    (name,) = ask(database, "甲")
    old = claim(database, "一号")
    assert old is not None
    with database.writing() as session:
        assert jobs.reaped(session) == []
    silence(database, "一号")
    with database.writing() as session:
        assert jobs.reaped(session) == [name]
    assert state(database, name) == ("queued", "queued")
    new = claim(database, "二号")
    assert new == Taken(name, 2)
    with database.reading() as session, pytest.raises(Given):
        jobs.still_held(session, old)
    end(database, new)
    assert state(database, name) == ("done", "done")


def test_a_worker_that_starts_again_finds_what_it_had(database: Database):
    ask(database, "甲", "乙")
    taken = claim(database)
    with database.reading() as session:
        assert jobs.of_executor(session, "一号") == [taken]
        assert jobs.of_executor(session, "二号") == []


def test_a_job_that_ends_every_worker_is_given_up_and_says_so(database: Database):
    (name,) = ask(database, "甲")
    for _ in range(20):
        taken = claim(database)
        assert taken is not None
        with database.writing() as session:
            jobs.released(session, taken)
    assert claim(database) is None
    with database.reading() as session:
        assert "20次" in session.get_one(Job, name).error
        assert session.get_one(Draft, name).state == "failed"


def test_what_runs_for_too_long_is_found(database: Database):
    (name,) = ask(database, "甲")
    claim(database)
    with database.writing() as session:
        assert jobs.overdue(session, 60) == []
        session.get_one(Job, name).started_at = datetime.now(UTC) - timedelta(minutes=61)
    with database.reading() as session:
        assert [one.id for one in jobs.overdue(session, 60)] == [name]


def test_a_worker_of_the_same_name_elsewhere_is_noticed_as_long_as_it_lives(database: Database):
    with database.writing() as session:
        jobs.alive(session, "一号")
        assert not jobs.is_elsewhere(session, "一号")  # that is this machine
        session.get_one(Executor, "一号").host = "另一台"
        session.flush()
        assert jobs.is_elsewhere(session, "一号")
    silence(database, "一号")
    with database.reading() as session:
        assert not jobs.is_elsewhere(session, "一号")


def test_an_answer_is_kept_for_its_job_alone_and_the_first_one_stays(database: Database):
    name, other = ask(database, "甲", "乙")
    mine = Answers(database, name)
    assert mine.read("a-1") is None
    mine.keep("a-1", "第一".encode())
    mine.keep("a-1", "第二".encode())
    assert mine.read("a-1") == "第一".encode()
    assert Answers(database, other).read("a-1") is None
