"""The examples run: each file from the top against a service as `make serve` starts it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.sample import begin
from api.service import Service
from api.settings import ApiSettings
from api.storage.database import prepared
from drafter.settings import load_settings
from tests.api.conftest import OWN, Running, serving
from tests.api.http_file import Answer, Sent, read_http_file, run

ROOT = Path(__file__).parent.parent.parent / "api"
EXAMPLES = sorted((ROOT / "examples").glob("*.http"))
LONG = {"drafts", "rulings"}
"""These have drafts written again and again; the others show one or none."""
DOCUMENT = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def newcomers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The service with the sample bureau in it."""
    settings = ApiSettings(
        data=tmp_path_factory.mktemp("examples"),
        requests_a_minute=100_000,
        attempts_a_minute=100_000,
    )
    database = prepared(settings)
    thread = begin(Service(settings, database, load_settings()), say=lambda _: None)
    assert thread is not None
    thread.join(60)
    database.close()
    yield from serving(settings)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=pytest.mark.heavy if path.stem in LONG else ())
        for path in EXAMPLES
    ],
)
def test_every_request_of_a_file_answers_what_it_says(newcomers: Running, path: Path):
    given = {"host": newcomers.url, "token": newcomers.tokens[OWN, "admin"]}
    with httpx2.Client(timeout=60, trust_env=False) as client:

        def send(sent: Sent) -> Answer:
            answer = client.request(
                sent.method, sent.url, headers=dict(sent.headers), content=sent.content
            )
            return Answer(answer.status_code, answer.headers, answer.content)

        for one, answer in run(read_http_file(path), given, send):
            place = f"{path.name}:{one.line} {one.title}"
            told = answer.content.decode(errors="replace")[:1000]
            assert one.expected is not None, f"{place}: no status is expected"
            assert answer.status == one.expected, f"{place}: {answer.status} {told}"
            if one.code:
                assert answer.json["code"] == one.code, f"{place}: {told}"


def test_every_operation_has_an_example_that_succeeds():
    shown = {
        (one.method, re.sub(r"\{\{[^{}]+\}\}", "x", one.url.replace("{{base}}", "{{host}}/v1")))
        for path in EXAMPLES
        for one in read_http_file(path).examples
        if one.expected is not None and one.expected < 300
    }
    paths = [(method, url.removeprefix("x").partition("?")[0]) for method, url in shown]
    missing = [
        f"{method.upper()} {template}"
        for template, operations in DOCUMENT["paths"].items()
        for method in operations
        if not any(
            method.upper() == found and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), url)
            for found, url in paths
        )
    ]
    assert not missing
