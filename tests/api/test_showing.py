"""What lists show of drafts: kept beside them, the same as worked out, read at one go."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, null, update

from api.storage.schema import Draft
from tests.api.conftest import Running
from tests.api.test_drafts import DRAFTS, asked, edit, ended, section_with


@pytest.fixture(scope="module")
def fresh(running: Running) -> dict[str, Any]:
    """A draft with a number that nothing proves."""
    draft = ended(running, asked(running)["id"])
    section = section_with(running, draft, "208.6亿元")
    edit(running, draft, section, section["text"].replace("208.6", "209.6"))
    return draft


def test_a_draft_stored_before_briefs_were_kept_is_shown_the_same(
    running: Running, fresh: dict[str, Any]
) -> None:
    paths = (f"{DRAFTS}/{fresh['id']}", f"{DRAFTS}/{fresh['id']}/claims", DRAFTS)
    kept = [running.ask("GET", one).json() for one in paths]
    assert sum(one["open"] for one in kept[0]["sections"]) == 1
    assert len(kept[1]) >= 1
    with running.database.writing() as session:
        session.execute(
            update(Draft).where(Draft.id == fresh["id"]).values(brief=null(), claims=null())
        )
    assert [running.ask("GET", one).json() for one in paths] == kept
    section = section_with(running, fresh, "209.6亿元")
    edit(running, fresh, section, section["text"].replace("209.6", "208.6"))
    with running.database.reading() as session:
        row = session.get_one(Draft, fresh["id"])
        assert row.brief is not None
        assert row.claims == []


def test_a_list_asks_the_database_no_more_often_for_more_drafts(running: Running) -> None:
    ended(running, asked(running)["id"])
    with _statements(running) as few:
        before = running.ask("GET", DRAFTS).json()
    ended(running, asked(running)["id"])
    with _statements(running) as more:
        after = running.ask("GET", DRAFTS).json()
    assert (len(after), len(more)) == (len(before) + 1, len(few))
    assert not [one for one in more if "frame" in one or "content" in one]


@contextmanager
def _statements(running: Running) -> Iterator[list[str]]:
    """The statements about drafts and sections that are run meanwhile."""
    found: list[str] = []

    def heard(*given: Any) -> None:
        if "FROM drafts" in given[2] or "FROM sections" in given[2]:
            found.append(given[2])

    event.listen(running.database.engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        event.remove(running.database.engine, "before_cursor_execute", heard)
