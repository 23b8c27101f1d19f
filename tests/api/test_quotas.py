"""What a token may use up in a day: counted once, by all processes, said in words."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from api.problems import Problem
from api.quotas import left, spend
from api.settings import ApiSettings
from api.storage.database import Database, prepared
from api.storage.schema import QuotaUse
from api.tokens import Principal, create_token, organisation_named
from tests.api.conftest import OWN, TABLE, Running, serving

SIZE = len(TABLE.encode())
WHO = Principal("t1", "甲", "staff", "org_1", OWN)
NOON = datetime(2024, 12, 31, 4, tzinfo=UTC)
"""In Beijing."""


@pytest.fixture
def settings(tmp_path: Path, address: str) -> ApiSettings:
    return ApiSettings(
        data=tmp_path, database=address, drafts_a_day=3, upload_bytes_a_day=3 * SIZE + 10
    )


@pytest.fixture
def running(settings: ApiSettings) -> Iterator[Running]:
    yield from serving(settings, jobs=False)


@pytest.fixture
def database(settings: ApiSettings) -> Iterator[Database]:
    found = prepared(settings)
    with found.writing() as session:
        session.query(QuotaUse).delete()
    yield found
    found.close()


def drafted(running: Running, table: str, token: str = "") -> httpx2.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else None
    body = {"table": {"id": table}, "year": 2024}
    return running.ask(
        "POST", "/v1/drafts", json=body, role=None if token else "admin", headers=headers
    )


class TestService:
    def test_the_fourth_draft_of_a_day_waits_for_the_next(self, running: Running):
        table = running.table()
        answers = [drafted(running, table) for _ in range(5)]
        assert [one.status_code for one in answers] == [202] * 3 + [429] * 2
        told = answers[-1].json()
        assert told["code"] == "access.quota"
        assert told["detail"].startswith("今天已起草3份，每天最多3份；")
        assert told["detail"].endswith("日0时（北京时间）起重新计算")
        assert 0 < int(answers[-1].headers["retry-after"]) <= 86_400
        assert len(running.ask("GET", "/v1/drafts").json()) == 3
        assert running.ask("GET", "/v1/me").json()["left_today"]["drafts"] == 0
        assert running.ask("GET", "/v1/me", role="staff").json()["left_today"]["drafts"] == 3

    def test_a_draft_that_is_refused_is_not_counted(self, running: Running):
        for _ in range(5):
            assert drafted(running, "table_missing").status_code == 404
        assert running.ask("GET", "/v1/me").json()["left_today"]["drafts"] == 3

    def test_bytes_are_counted_when_they_have_come_whatever_becomes_of_them(self, running: Running):
        assert running.upload("/v1/indicator-tables").status_code == 201
        assert running.upload("/v1/fact-lists", "x" * SIZE, name="甲.csv").status_code == 422
        told = running.upload("/v1/summaries", "%%" * (SIZE // 2), name="甲.txt")
        assert told.status_code == 201
        over = running.upload("/v1/indicator-tables")
        assert (over.status_code, over.json()["code"]) == (429, "access.quota")
        assert "今天已上传" in over.json()["detail"]
        assert running.upload("/v1/indicator-tables", role="staff").status_code == 201

    def test_checks_are_under_the_rate_alone(self, running: Running):
        for _ in range(5):
            answer = running.upload("/v1/checks/file", "总结。" * SIZE, name="总结.txt")
            assert answer.status_code == 200
        used = running.ask("GET", "/v1/me").json()["left_today"]
        assert used["upload_bytes"] == 3 * SIZE + 10

    def test_a_token_may_have_more_or_less_of_its_own(self, running: Running):
        with running.database.writing() as session:
            made = create_token(
                session,
                organisation=organisation_named(session, OWN).id,
                name="甲",
                role="staff",
                actor="测试",
                drafts_a_day=4,
                upload_bytes_a_day=0,
            )
        table = running.table()
        assert [drafted(running, table, made.written).status_code for _ in range(5)] == [
            *[202] * 4, 429,
        ]  # fmt: skip
        headers = {"Authorization": f"Bearer {made.written}"}
        assert running.upload("/v1/fact-lists", role=None, headers=headers).status_code == 429

    def test_an_administrator_gives_no_more_than_there_is(self, running: Running):
        body = {"name": "甲", "role": "staff", "drafts_a_day": 3, "upload_bytes_a_day": 0}
        made = running.ask("POST", "/v1/tokens", json=body)
        assert made.status_code == 201
        assert (made.json()["drafts_a_day"], made.json()["upload_bytes_a_day"]) == (3, 0)
        for more in ({"drafts_a_day": 4}, {"upload_bytes_a_day": 10**6}):
            answer = running.ask("POST", "/v1/tokens", json={**body, **more})
            assert (answer.status_code, answer.json()["code"]) == (403, "access.quota")


@pytest.mark.postgresql
class TestCounting:
    def test_many_at_once_get_exactly_what_there_is(
        self, database: Database, settings: ApiSettings
    ):
        other = prepared(settings)

        def one(number: int) -> bool:
            try:
                with (database, other)[number % 2].writing() as session:
                    spend(session, WHO, "drafts", 1, settings, now=NOON)
            except Problem:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(one, range(40))) == 3
        other.close()

    def test_a_day_begins_at_midnight_in_beijing(self, database: Database, settings: ApiSettings):
        midnight = NOON + timedelta(hours=12)
        with database.writing() as session:
            spend(session, WHO, "drafts", 3, settings, now=midnight - timedelta(seconds=1))
        with database.writing() as session, pytest.raises(Problem) as refused:
            spend(session, WHO, "drafts", 1, settings, now=midnight - timedelta(seconds=1))
        assert refused.value.detail == (
            "今天已起草3份，每天最多3份；1月1日0时（北京时间）起重新计算"
        )
        assert refused.value.headers == {"Retry-After": "1"}
        with database.writing() as session:
            spend(session, WHO, "drafts", 1, settings, now=midnight)
            assert left(session, WHO, settings, now=midnight).drafts == 2

    def test_the_model_is_asked_again_so_often_and_no_more(
        self, database: Database, settings: ApiSettings
    ):
        few = settings.model_copy(update={"rewrites_a_day": 2})
        with database.writing() as session:
            for _ in range(2):
                spend(session, WHO, "rewrites", 1, few, now=NOON)
            with pytest.raises(Problem) as refused:
                spend(session, WHO, "rewrites", 1, few, now=NOON)
        assert refused.value.status == 429
        assert refused.value.detail.startswith("今天已请模型改写2次，每天最多2次；")

    def test_what_fails_is_not_counted(self, database: Database, settings: ApiSettings):
        def act() -> None:
            with database.writing() as session:
                spend(session, WHO, "drafts", 2, settings, now=NOON)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            act()
        with database.reading() as session:
            assert left(session, WHO, settings, now=NOON).drafts == 3

    def test_what_is_told_of_bytes_is_read_at_a_glance(self, database: Database):
        settings = ApiSettings(upload_bytes_a_day=1_000_000_000)
        with database.writing() as session:
            spend(session, WHO, "upload_bytes", 990_000_000, settings, now=NOON)
            with pytest.raises(Problem, match=r"990\.0MB，这一份20\.0MB，每天最多1000\.0MB"):
                spend(session, WHO, "upload_bytes", 20_000_000, settings, now=NOON)

    def test_old_counts_do_not_pile_up(self, database: Database, settings: ApiSettings):
        with database.writing() as session:
            for day in range(100):
                spend(session, WHO, "drafts", 1, settings, now=NOON + timedelta(days=day))
        with database.reading() as session:
            assert session.query(QuotaUse).count() == 61
