"""Values that a database might choke on: answered with 4xx or kept whole, on both databases."""

from typing import Any

import pytest

from api.app import create_app
from tests.api.conftest import TABLE, Running
from tests.api.test_drafts import DRAFTS, asked, edit, ended, section_with

PLACES = ("%00", "9" * 30, "-" + "9" * 30, "2147483648", "%ED%A0%80")


@pytest.fixture(scope="module")
def draft(running: Running) -> dict[str, Any]:
    return ended(running, asked(running)["id"])


def filled(path: str, names: dict[str, str], value: str) -> list[str]:
    """A path with an unusual value in each of its places, the others being what there is."""
    places = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    found = []
    for place in places:
        written = path
        for name in places:
            written = written.replace(
                f"{{{name}}}", value if name == place else names.get(name, "1")
            )
        found.append(written)
    return found


@pytest.mark.parametrize("value", PLACES, ids=lambda value: value[:20])
def test_in_the_path_of_any_route(running: Running, draft: dict[str, Any], value: str):
    document = create_app(running.settings, running.database).openapi()
    table = running.table()
    for path, operations in document["paths"].items():
        known = {"identifier": draft["id"] if path.startswith(DRAFTS) else table, "section": "s1"}
        for method in operations:
            for written in filled(path, known, value):
                headers = {"If-Match": '"1"'}
                answer = running.ask(method.upper(), written, headers=headers)
                assert answer.status_code < 500, (method, written)
                if answer.status_code >= 400:
                    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("odd", ["甲\0乙", "9" * 400, "1e999", "NaN", "\u202e", "😀"])
def test_in_the_name_and_the_cells_of_a_file(running: Running, odd: str):
    assert running.upload("/v1/indicator-tables", name=f"{odd}.csv").status_code < 500
    for place in ("208.6", "工业投资", "亿元"):
        answer = running.upload("/v1/indicator-tables", TABLE.replace(place, odd, 1))
        assert answer.status_code in {201, 422}, answer.text


def test_the_longest_of_everything(running: Running):
    made = running.ask("POST", "/v1/tokens", json={"name": "名" * 200, "role": "admin"}).json()
    own = {"Authorization": f"Bearer {made['token']}"}

    def ask(method: str, path: str, **more: Any) -> Any:
        headers = own | more.pop("headers", {})
        answer = running.ask(method, path, role=None, headers=headers, **more)
        assert answer.status_code < 300, answer.text
        return answer.json()

    rows = TABLE.replace("工业投资", "工" * 200).replace("工业经济", "板" * 200)
    file = {"file": ("表" * 300 + ".csv", rows.encode(), "text/csv")}
    table = ask("POST", "/v1/indicator-tables", files=file, data={"name": "表" * 200})
    body = {"table": {"id": table["id"]}, "title": "题" * 200, "year": 2024, "date": "日" * 40}
    draft = ended(running, ask("POST", DRAFTS, json=body)["id"])
    assert draft["state"] == "done", draft
    section = section_with(running, draft, "208.6")
    reason = "因" * 500
    answer = edit(running, draft, section, "改。", headers=own, role=None, reason=reason)
    assert answer.status_code == 200, answer.text
    ask("POST", f"{DRAFTS}/{draft['id']}/sections/{section['id']}/lock")
    found = ask("GET", f"{DRAFTS}/{draft['id']}/sections/{section['id']}/versions")
    assert found[-1]["reason"] == reason
    assert made["id"] in found[-1]["author"]
