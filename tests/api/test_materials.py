"""Tables and fact lists over HTTP: uploads with all their problems, revisions, differences."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from api.storage.schema import Material, Original, Revision
from tests.api.conftest import FACTS, FOREIGN, TABLE, Running

pytestmark = [pytest.mark.postgresql, pytest.mark.jobless]

TABLES, LISTS = "/v1/indicator-tables", "/v1/fact-lists"


def stored(running: Running) -> tuple[int, int, int]:
    with running.database.reading() as session:
        materials, revisions, originals = (
            session.query(kind).count() for kind in (Material, Revision, Original)
        )
    return materials, revisions, originals


def test_an_uploaded_table_is_listed_with_its_revision(running: Running):
    answer = running.upload(TABLES, data={"name": "2024年指标表"}, role="staff")
    assert answer.status_code == 201
    made = answer.json()
    assert answer.headers["location"] == f"{TABLES}/{made['id']}"
    assert (made["name"], made["changed"]) == ("2024年指标表", [])
    assert [(one["number"], one["rows"], one["file"]) for one in made["revisions"]] == [
        (1, 2, "表.csv")
    ]
    assert running.ask("GET", f"{TABLES}/{made['id']}", role="reader").json()["id"] == made["id"]
    assert made["id"] in [one["id"] for one in running.ask("GET", TABLES, role="reader").json()]


def test_a_new_upload_is_a_revision_with_its_changes_cell_by_cell(running: Running):
    table = running.table()
    changed = TABLE.replace("208.6", "212.4") + "新增企业,工业经济,12,家,,\n"
    answer = running.upload(f"{TABLES}/{table}/revisions", changed)
    assert answer.status_code == 201
    cells = answer.json()["changed"]
    assert ("工业投资", "value", "208.6", "212.4", "表.csv C2") in [
        (one["name"], one["field"], one["before"], one["after"], one["cell"]) for one in cells
    ]
    assert {one["before"] for one in cells if one["name"] == "新增企业"} == {None}
    assert not [one for one in cells if one["name"] == "技改投资"]
    again = running.ask("GET", f"{TABLES}/{table}/revisions/2/difference").json()
    assert again == cells
    assert running.ask("GET", f"{TABLES}/{table}/revisions/1/difference").json() == []


def test_a_row_that_has_gone_is_a_change_of_all_its_cells(running: Running):
    table = running.table()
    fewer = "\n".join(TABLE.splitlines()[:2]) + "\n"
    cells = running.upload(f"{TABLES}/{table}/revisions", fewer).json()["changed"]
    assert {one["name"] for one in cells} == {"技改投资"}
    assert {one["after"] for one in cells} == {None}


def test_all_problems_of_a_bad_table_come_at_once_and_nothing_is_stored(running: Running):
    before = stored(running)
    bad = "指标名称,本期,单位\n工业投资,很多,亿元\n技改投资,2024-13-45x,亿元\n"
    answer = running.upload(TABLES, bad)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert [one["cell"] for one in body["problems"]] == ["B2", "B3"]
    assert body["problems"][0]["read"] == "很多"
    assert body["problems"][0]["file"] == "表.csv"
    assert stored(running) == before


def test_a_lenient_upload_sets_bad_rows_aside_and_says_so(running: Running):
    bad = TABLE + "坏行,工业经济,很多,亿元,,\n"
    made = running.upload(TABLES, bad, data={"lenient": "true"}).json()
    (revision,) = made["revisions"]
    assert revision["rows"] == 2
    assert "很多" in revision["set_aside"][0]


def test_the_rows_are_shown_as_the_drafter_reads_them(running: Running):
    table = running.table()
    first, second = running.ask("GET", f"{TABLES}/{table}/revisions/1/rows").json()
    assert (first["name"], first["fields"]["value"], first["fields"]["unit"]) == (
        "工业投资", "208.6", "亿元",
    )  # fmt: skip
    assert second["fields"]["yoy"] == "-5.7"


def test_the_original_comes_back_byte_for_byte_and_is_never_shown_by_a_browser(running: Running):
    table = running.table()
    answer = running.ask("GET", f"{TABLES}/{table}/revisions/1/original", role="reader")
    assert answer.content == TABLE.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"


def test_the_same_bytes_are_kept_once(running: Running):
    content = TABLE.replace("208.6", "111.1")
    running.table(content)
    before = stored(running)
    running.table(content)
    after = stored(running)
    assert (after[0] - before[0], after[1] - before[1], after[2] - before[2]) == (1, 1, 0)


def test_fact_lists_have_revisions_too(running: Running):
    made = running.upload(LISTS, FACTS, name="素材.csv").json()
    changed = FACTS.replace("5月", "6月")
    cells = running.upload(f"{LISTS}/{made['id']}/revisions", changed, name="素材.csv").json()[
        "changed"
    ]
    assert [(one["row"], one["field"]) for one in cells] == [("F01", "text")]
    assert (
        running.ask("GET", f"{LISTS}/{made['id']}/revisions/2/rows").json()[0]["fields"]["text"]
        == "青杉铜箔二期项目于6月开工建设"
    )


def test_a_deleted_table_is_gone_from_lists_and_for_checks(running: Running):
    table = running.table()
    assert running.ask("DELETE", f"{TABLES}/{table}").status_code == 204
    assert running.ask("GET", f"{TABLES}/{table}").status_code == 404
    assert table not in [one["id"] for one in running.ask("GET", TABLES).json()]


@pytest.mark.parametrize(
    "path", ["", "/revisions/1/rows", "/revisions/1/difference", "/revisions/1/original"]
)
def test_another_bureau_sees_nothing_of_it(running: Running, path: str):
    table = running.table()
    answer = running.ask("GET", f"{TABLES}/{table}{path}", organisation=FOREIGN)
    assert answer.status_code == 404
    assert table not in [
        one["id"] for one in running.ask("GET", TABLES, organisation=FOREIGN).json()
    ]


def test_a_revision_that_is_not_there_is_not_found(running: Running):
    table = running.table()
    for number in ("2", "0", "99999999999999999999"):
        assert running.ask("GET", f"{TABLES}/{table}/revisions/{number}/rows").status_code == 404


def a_workbook() -> bytes:
    book = Workbook()
    book.worksheets[0].append(["指标名称", "本期", "单位"])
    book.worksheets[0].append(["工业投资", 208.6, "亿元"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_xlsx_is_read(running: Running):
    assert running.upload(TABLES, a_workbook(), name="表.xlsx").status_code == 201


def a_bomb() -> bytes:
    stream = io.BytesIO(a_workbook())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet9.xml", b"0" * 80_000_000)
    return stream.getvalue()


def with_entities() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_workbook())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + content
            new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("表.xlsx", b"PK\x03\x04 nothing", 422),
        ("表.xlsx", b"", 422),
        ("表.csv", b"\x00\xff\xfe\x00" * 50, 422),
        ("表.exe", TABLE.encode(), 422),
        ("表.json", b'{"a": ' * 3000, 422),
        ("表.csv", "指标名称,本期\n甲,".encode() + b"9" * 30_000 + b"\n", 422),
        ("表.xlsx", a_bomb(), 422),
        ("表.xlsx", with_entities(), 422),
        ("../../etc/表.csv", TABLE.encode(), 201),
        ("a\\b\\表.csv", TABLE.encode(), 201),
        ("\u202e表\u200b.csv", TABLE.encode(), 201),
    ],
)
def test_hostile_files_get_a_clear_answer_and_leave_nothing(
    running: Running, name: str, content: bytes, status: int
):
    before = stored(running)
    answer = running.upload(TABLES, content, name=name)
    assert answer.status_code == status, answer.text
    if status == 422:
        assert answer.json()["detail"]
        assert stored(running) == before
    else:
        assert answer.json()["revisions"][0]["file"] == "表.csv"


def test_a_file_above_the_limit_is_refused_before_it_is_read(running: Running):
    answer = running.upload(TABLES, b"0" * (running.settings.upload_bytes + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] in ("upload.large", "request.large")


def test_a_revision_may_name_the_one_it_was_made_of(running: Running):
    made = running.upload("/v1/indicator-tables").json()
    path = f"/v1/indicator-tables/{made['id']}"
    seen = running.ask("GET", path).headers["etag"]
    assert seen == '"1"'
    newer = TABLE.replace("208.6", "209.6")
    given = {"headers": {"If-Match": seen}}
    assert running.upload(f"{path}/revisions", newer, **given).status_code == 201
    late = running.upload(f"{path}/revisions", TABLE, **given)
    assert (late.status_code, late.headers["etag"]) == (412, '"2"')
