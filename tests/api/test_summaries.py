"""Past summaries over HTTP: what is held, what was set apart and why, and its end."""

from pathlib import Path
from urllib.parse import quote

import pytest

from api.storage.schema import Original
from tests.api.conftest import FOREIGN, TABLE, Running

pytestmark = pytest.mark.jobless
SUMMARIES = "/v1/summaries"
BASE = Path(__file__).parents[2] / "knowledge_base" / "summaries"
NAME = "2022年工作总结.txt"


@pytest.fixture(scope="module", autouse=True)
def held(running: Running) -> None:
    """One sound summary, one damaged one, one past table."""
    running.upload(SUMMARIES, (BASE / NAME).read_bytes(), name=NAME)
    running.upload(SUMMARIES, "锟斤拷" * 10, name="坏.txt", data={"year": "2020"})
    running.upload(SUMMARIES, TABLE, name="2021年指标表.csv")


def originals(running: Running) -> int:
    with running.database.reading() as session:
        return session.query(Original).count()


def test_the_list_shows_quality_what_was_set_apart_and_why(running: Running):
    found = running.ask("GET", SUMMARIES, role="reader").json()
    (one,) = found["summaries"]
    assert (one["name"], one["year"]) == (NAME, 2022)
    assert one["quality"] >= 0.6
    (refused,) = found["quarantined"]
    assert (refused["name"], refused["year"]) == ("坏.txt", 2020)
    assert refused["quality"] < 0.6
    assert "质量分" in refused["reason"]
    assert found["tables"] == [{"name": "2021年指标表.csv", "year": 2021}]


def test_another_bureau_sees_none_of_them_and_deletes_none(running: Running):
    found = running.ask("GET", SUMMARIES, organisation=FOREIGN).json()
    assert not [one for kind in found.values() for one in kind]
    answer = running.ask("DELETE", f"{SUMMARIES}/{quote(NAME)}", organisation=FOREIGN)
    assert (answer.status_code, answer.json()["code"]) == (404, "summary.missing")
    assert running.ask("GET", SUMMARIES).json()["summaries"]


@pytest.mark.parametrize(
    ("name", "where"),
    [(NAME, "summaries"), ("坏.txt", "quarantined"), ("2021年指标表.csv", "tables")],
)
def test_what_is_deleted_is_gone_with_its_original_and_leaves_its_trace(
    running: Running, name: str, where: str
):
    before = originals(running)
    assert running.ask("DELETE", f"{SUMMARIES}/{quote(name)}", role="staff").status_code == 204
    assert running.ask("GET", SUMMARIES).json()[where] == []
    assert originals(running) == before - 1
    told = running.ask("GET", "/v1/audit", params={"limit": 500}).json()[-1]
    assert (told["action"], told["detail"]) == ("summary.delete", {"file": name})
    assert running.ask("DELETE", f"{SUMMARIES}/{quote(name)}").status_code == 404


def test_a_file_that_a_table_was_read_from_stays_when_the_past_one_goes(running: Running):
    table = running.table()
    running.upload(SUMMARIES, TABLE, name="2019年指标表.csv")
    assert running.ask("DELETE", f"{SUMMARIES}/2019年指标表.csv").status_code == 204
    path = f"/v1/indicator-tables/{table}/revisions/1/original"
    assert running.ask("GET", path).text == TABLE
