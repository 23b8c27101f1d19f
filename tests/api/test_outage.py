"""The database goes away and comes back: 503 in words meanwhile, and on again without a restart."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest
from sqlalchemy import event

from api import service as shared
from api.settings import ApiSettings
from api.storage.audit import verified
from api.storage.database import Database, prepared
from tests.api.conftest import TABLE, Running, serving
from tests.api.postgres import Cluster, cluster
from tests.api.test_drafts import DRAFTS, asked, edit, ended, section_with


def settings(tmp_path: Path, **more: str) -> ApiSettings:
    return ApiSettings(data=tmp_path, requests_a_minute=100_000, attempts_a_minute=100_000, **more)  # type: ignore[arg-type]


def down(answer: httpx2.Response, code: str = "storage.down") -> bool:
    """The answer to whoever asks meanwhile: one sentence, and when to ask again."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["code"] == code
    assert "数据库" in said["detail"] or "磁盘" in said["detail"]
    return code != "storage.down" or int(answer.headers["retry-after"]) > 0


class TestPostgresql:
    @pytest.fixture
    def mortal(self) -> Iterator[Cluster]:
        """A server of its own, to be killed."""
        with cluster() as found:
            yield found

    @pytest.mark.heavy
    def test_a_server_that_is_killed_is_missed_and_found_again(
        self, mortal: Cluster, tmp_path: Path
    ):
        given = settings(tmp_path, database=mortal.database())
        running = serving(given)
        service = next(running)
        draft = ended(service, asked(service)["id"])
        section = section_with(service, draft, "208.6")
        mortal.kill()
        began = monotonic()
        for method, path in (
            ("GET", "/v1/me"),
            ("GET", f"{DRAFTS}/{draft['id']}"),
            ("GET", "/ready"),
        ):
            assert down(service.ask(method, path))
        assert down(service.upload("/v1/indicator-tables"))
        assert down(edit(service, draft, section, "改。"))
        assert monotonic() - began < 10
        assert service.ask("GET", "/health").status_code == 200
        mortal.start()
        assert service.ask("GET", "/ready").status_code == 200
        assert edit(service, draft, section, "工业投资完成208.6亿元。").status_code == 200
        again = ended(service, asked(service)["id"])
        assert again["state"] == "done", again
        with service.database.reading() as session:
            assert verified(session)[1] is None
        next(running, None)

    @pytest.mark.heavy
    def test_requests_in_the_middle_of_which_it_dies_are_answered_too(
        self, mortal: Cluster, tmp_path: Path
    ):
        running = serving(settings(tmp_path, database=mortal.database()), jobs=False)
        service = next(running)
        seen: set[int] = set()
        ends = monotonic() + 7

        def client(number: int) -> int:
            done = 0
            while monotonic() < ends:
                text = TABLE.replace("208.6", f"{number}{done}.6")
                answer = service.upload("/v1/indicator-tables", text)
                seen.add(answer.status_code)
                done += answer.status_code == 201
                assert answer.status_code == 201 or down(answer)
            return done

        with ThreadPoolExecutor(4) as pool:
            clients = [pool.submit(client, number) for number in range(4)]
            for _ in range(2):
                sleep(1.5)
                mortal.kill()
                sleep(0.5)
                mortal.start()
            stored = sum(one.result(60) for one in clients)
        assert seen == {201, 503}
        assert len(service.ask("GET", "/v1/indicator-tables").json()) >= stored
        with service.database.reading() as session:
            assert verified(session)[1] is None
        next(running, None)

    @pytest.mark.heavy
    @pytest.mark.parametrize("seconds", [0.1, 1.2])
    def test_a_draft_is_written_to_its_end_though_it_dies_in_the_middle(
        self, mortal: Cluster, tmp_path: Path, seconds: float
    ):
        running = serving(settings(tmp_path, database=mortal.database()))
        service = next(running)
        ended(service, asked(service)["id"])  # the worker is there
        drafts = [asked(service)["id"] for _ in range(4)]
        sleep(seconds)
        mortal.kill()
        sleep(1)
        mortal.start()
        found = [ended(service, one) for one in drafts]
        assert [(one["state"], one["error"]) for one in found] == [("done", "")] * 4
        with service.database.reading() as session:
            assert verified(session)[1] is None
        next(running, None)

    def test_a_server_that_takes_no_writes_is_not_ready(self, mortal: Cluster, tmp_path: Path):
        running = serving(settings(tmp_path, database=mortal.database()), jobs=False)
        service = next(running)
        mortal.kill()
        mortal.stand_by()
        assert service.ask("GET", "/v1/me").status_code == 200
        assert down(service.upload("/v1/indicator-tables"))
        assert service.ask("GET", "/ready").status_code == 503
        mortal.promote()
        assert service.upload("/v1/indicator-tables").status_code == 201
        assert service.ask("GET", "/ready").status_code == 200
        next(running, None)


class TestSqlite:
    @pytest.fixture
    def running(self, tmp_path: Path) -> Iterator[Running]:
        given = settings(tmp_path)
        prepared(given).close()
        database = Database(given.database_url, patience=0.4)
        yield from serving(given, jobs=False, database=database)

    def test_a_file_that_is_locked_for_long(self, running: Running):
        other = sqlite3.connect(running.settings.data / "service.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert down(running.upload("/v1/indicator-tables"))
        assert down(running.ask("GET", "/ready"))
        assert running.ask("GET", "/v1/me").status_code == 200  # readers do not wait for writers
        other.execute("ROLLBACK")
        other.close()
        assert running.ask("GET", "/ready").status_code == 200
        assert running.upload("/v1/indicator-tables").status_code == 201

    def test_a_full_disk(self, running: Running):
        """As the database tells it: it gets no page more than it has."""
        pages = [1]

        @event.listens_for(running.database.engine, "checkout")
        def _limit(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages[0]}")

        facts = (f"F{number},工业经济,项目,{number}号项目开工建设\n" for number in range(2000))
        large = "编号,板块,类型,要点\n" + "".join(facts)
        assert down(running.upload("/v1/fact-lists", large, name="素材.csv"))
        pages[0] = 2**32 - 2
        assert running.upload("/v1/fact-lists", large, name="素材.csv").status_code == 201
        with running.database.reading() as session:
            assert verified(session) == (11, None)  # ten tokens, and what was stored in the end

    def test_a_disk_that_is_nearly_full_is_told_before_it_is(
        self, running: Running, monkeypatch: pytest.MonkeyPatch
    ):
        assert running.ask("GET", "/ready").status_code == 200
        monkeypatch.setattr(shared, "_FREE", 2**62)
        answer = running.ask("GET", "/ready")
        assert answer.status_code == 503
        assert "磁盘将满" in answer.json()["detail"]

    def test_a_folder_that_is_gone(self, running: Running):
        folder = running.settings.data
        away = folder.rename(folder.with_name("away"))
        answer = running.ask("GET", "/ready")
        assert answer.status_code == 503
        assert "数据目录" in answer.json()["detail"]
        away.rename(folder)
        assert running.ask("GET", "/ready").status_code == 200

    def test_a_file_that_may_only_be_read(self, running: Running):
        is_closed = [1]

        @event.listens_for(running.database.engine, "checkout")
        def _close(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute(f"PRAGMA query_only = {is_closed[0]}")

        assert down(running.upload("/v1/indicator-tables"))
        is_closed[0] = 0
        assert running.upload("/v1/indicator-tables").status_code == 201

    def test_a_file_that_is_damaged(self, running: Running):
        running.database.close()
        file = running.settings.data / "service.db"
        sound = file.read_bytes()
        file.write_bytes(b"no database" + sound[11:])
        assert down(running.ask("GET", "/v1/me"))
        assert down(running.ask("GET", "/ready"))
        running.database.close()
        file.write_bytes(sound)
        assert running.ask("GET", "/ready").status_code == 200
