"""Checks over HTTP: the same verdict as the command line, nothing stored."""

import io

import pytest
from docx import Document

from tests.api.conftest import FOREIGN, Running

pytestmark = pytest.mark.jobless

TEXT = "工业投资完成208.6亿元，增长28.2%。技改投资完成97.8亿元。"


def test_a_text_is_checked_against_a_table(running: Running):
    body = {"text": TEXT, "table": {"id": running.table()}}
    answer = running.ask("POST", "/v1/checks", json=body, role="evaluator")
    assert answer.status_code == 200
    found = answer.json()
    assert found["verdict"] == "fail"
    assert {one["text"]: one["verdict"] for one in found["findings"]} == {
        "208.6亿元": "supported", "28.2%": "supported", "97.8亿元": "contradicted",
    }  # fmt: skip


def test_an_older_revision_can_be_asked_for(running: Running):
    table = running.table()
    newer = "指标名称,本期,单位\n工业投资,300,亿元\n"
    running.upload(f"/v1/indicator-tables/{table}/revisions", newer)
    for revision, verdict in ((1, "supported"), (2, "contradicted"), (None, "contradicted")):
        body = {"text": "工业投资完成208.6亿元。", "table": {"id": table, "revision": revision}}
        found = running.ask("POST", "/v1/checks", json=body).json()
        assert found["findings"][0]["verdict"] == verdict


def test_a_word_file_is_checked(running: Running):
    document = Document()
    document.add_paragraph(TEXT)
    stream = io.BytesIO()
    document.save(stream)
    data = {"table": running.table()}
    answer = running.upload("/v1/checks/file", stream.getvalue(), name="总结.docx", data=data)
    assert [one["verdict"] for one in answer.json()["findings"]][-1] == "contradicted"


def test_a_table_of_another_bureau_proves_nothing_and_is_not_found(running: Running):
    body = {"text": TEXT, "table": {"id": running.table()}}
    assert running.ask("POST", "/v1/checks", json=body, organisation=FOREIGN).status_code == 404


def test_an_unknown_field_or_an_empty_text_is_a_mistake(running: Running):
    bodies: tuple[object, ...] = ({"text": ""}, {"text": "好", "tabel": {}}, {"text": 5}, [])
    for body in bodies:
        answer = running.ask("POST", "/v1/checks", json=body)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
