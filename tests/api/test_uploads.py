"""Hostile uploads over HTTP: each kind once; thousands of them are `python -m eval uploads`."""

import gc
import os
import re
from collections.abc import Callable, Iterator
from random import Random
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import func, select

from api.storage.schema import Base
from eval.uploads import archives, parts, plain
from eval.uploads.attacks import form
from eval.uploads.measuring import sent
from eval.uploads.seeds import seed, workbook
from tests.api.conftest import OWN, Running

pytestmark = pytest.mark.jobless
TABLES, FACTS, SUMMARIES = "/v1/indicator-tables", "/v1/fact-lists", "/v1/summaries"
CHECK, OUTLINES = "/v1/checks/file", "/v1/outlines"
COUNTED = ("quota_uses", "request_counts", "executors")
"""What is asked is counted, refused or not."""
NOWHERE = "127.0.0.1:9"
XLSX, DOCX, CSV = seed("table.xlsx")[1], seed("text.docx")[1], seed("table.csv")[1]
HEAD = "指标名称,所属板块,本期,单位\n"
LAUGHS = b"<!DOCTYPE a [" + b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(10)
) + b"]>"  # fmt: skip
ALIASES = "a0: &a0 [x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
# Of a form that is cut off, Starlette leaves the file to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <function SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(scope="module", autouse=True)
def collected() -> Iterator[None]:
    """What was left to the collector goes before the next module."""
    yield
    gc.collect()


def kept(running: Running) -> tuple[dict[str, int], int]:
    """Rows of every table, and files below the data folder; the databases themselves aside."""
    with running.database.reading() as session:
        rows = {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name not in COUNTED
        }
    files = [
        name for folder, _, names in os.walk(running.settings.data / "knowledge") for name in names
    ]
    return rows, len(files)


def with_declaration(content: bytes, declared: bytes) -> bytes:
    """The main part with a document type, far behind its beginning."""

    def change(data: bytes) -> bytes:
        head, mark, rest = data.partition(b"?>")
        return (
            head + mark + b" " * 100_000 + declared + re.sub(b">[^<]+<", b">&l9;<", rest, count=1)
        )

    return archives.changed(content, archives.main_part(content), change)


def in_sheet(cells: bytes, after: bytes = b"") -> bytes:
    """The sound workbook with rows of one's own, and what follows the rows."""

    def change(data: bytes) -> bytes:
        return data.replace(b"</sheetData>", cells + b"</sheetData>" + after)

    noise = Random(1).randbytes(300_000)
    spoilt = archives.changed(XLSX, archives.SHEET, change)
    return archives.packed([*archives.members(spoilt), ("docProps/noise.bin", noise)])


def drawn(change: Callable[..., bytes], content: bytes) -> bytes:
    return change(content, Random(5))


REFUSED: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "a truncated workbook": (TABLES, "表.xlsx", lambda: XLSX[:2000]),
    "a truncated document": (SUMMARIES, "总结.docx", lambda: DOCX[:2000]),
    "bytes of chance": (FACTS, "表.xlsx", lambda: Random(1).randbytes(5000)),
    "a workbook under a password": (TABLES, "表.xlsx", lambda: drawn(archives.encrypted, XLSX)),
    "entries by an unknown method": (TABLES, "表.xlsx", lambda: drawn(archives.oddly_compressed, XLSX)),
    "a document without its parts": (SUMMARIES, "总结.docx", lambda: archives.packed([("a", b"a")])),
    "a document called a workbook": (TABLES, "表.xlsx", lambda: DOCX),
    "sizes that lie": (SUMMARIES, "总结.docx", lambda: drawn(archives.hidden_bomb, DOCX)),
    "entries over each other": (TABLES, "表.xlsx", lambda: drawn(archives.overlapping, XLSX)),
    "thousands of entries": (TABLES, "表.xlsx", lambda: archives.packed([(f"{n}.xml", b"") for n in range(4000)])),
    "a part that inflates a thousandfold": (
        TABLES, "表.xlsx", lambda: archives.packed([*archives.members(XLSX), ("a.xml", b" " * 70_000_000)])
    ),
    "entities of entities": (TABLES, "表.xlsx", lambda: with_declaration(XLSX, LAUGHS)),
    "an entity that is a file": (
        CHECK, "总结.docx",
        lambda: with_declaration(DOCX, b'<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'),
    ),
    "a document type elsewhere": (
        SUMMARIES, "总结.docx", lambda: with_declaration(DOCX, b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a">')
    ),
    "an encoding that hides": (
        SUMMARIES, "总结.docx",
        lambda: archives.changed(DOCX, archives.DOCUMENT, lambda data: data.decode().encode("utf-16")),
    ),
    "a template elsewhere": (
        SUMMARIES, "总结.docx",
        lambda: archives.changed(
            DOCX, "word/_rels/document.xml.rels",
            lambda data: data.replace(b"</Relationships>", (
                b'<Relationship Id="r99" TargetMode="External" Target="http://127.0.0.1:9/t.dotm" Type="http://'
                b'schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
            )),
        ),
    ),
    "elements nested without end": (CHECK, "总结.docx", lambda: parts.deep(DOCX, Random(2), NOWHERE)),
    "a million paragraphs": (
        SUMMARIES, "总结.docx",
        lambda: archives.changed(
            DOCX, archives.DOCUMENT, lambda data: data.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 600_000)
        ),
    ),
    "more cells than a table has": (
        TABLES, "表.xlsx", lambda: in_sheet((b"<row>" + b"<c><v>1</v></c>" * 200 + b"</row>") * 2000)
    ),
    "a cell in the last corner": (TABLES, "表.xlsx", lambda: workbook({"XFD1048576": 1})),
    "an area as large as a sheet": (
        TABLES, "表.xlsx",
        lambda: in_sheet(b"", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ),
    "a link as large as a sheet": (
        TABLES, "表.xlsx",
        lambda: in_sheet(b"", b'<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
    ),
    "one string of a million characters": (
        TABLES, "表.xlsx",
        lambda: in_sheet(b'<row><c t="inlineStr"><is><t>' + b"a" * 1_000_000 + b"</t></is></c></row>"),
    ),
    "a line without end": (TABLES, "表.csv", lambda: b"," * 9_000_000),
    "a quotation without end": (TABLES, "表.csv", lambda: HEAD.encode() + b'"' + b"a,\n" * 500_000),
    "one wide row among many": (TABLES, "表.csv", (HEAD + "1," * 290 + "\n" + "甲\n" * 4500).encode),
    "one indicator thousands of times": (TABLES, "表.csv", (HEAD + "甲乙,工业,1,亿元\n" * 1000).encode),
    "lists nested without end": (TABLES, "表.json", lambda: b"[" * 900_000),
    "a number of no end": (TABLES, "表.json", lambda: b'[{"name": "x", "value": 1e999999, "y": NaN}]'),
    "a key that stands twice among thousands": (
        TABLES, "表.json", lambda: b"[{" + b",".join(b'"k%d":1' % n for n in (*range(90_000), 0)) + b"}]"
    ),
    "a name of its own for each value": (
        TABLES, "表.json", lambda: b"[" + b",".join(b'{"k%d":1}' % n for n in range(9000)) + b"]"
    ),
    "a lone surrogate": (FACTS, "表.json", lambda: b'[{"\xed\xa0\x80": "\\ud800"}]'),
    "an escape that is half a character": (TABLES, "表.json", lambda: b'[{"\\u6307\\u6807": "\\udfff", "a\\ud800": 1}]'),
    "a number that is none": (TABLES, "表.xlsx", lambda: archives.changed(XLSX, archives.SHEET, lambda data: data.replace(b"208.6", b"9" * 400))),
    "an attribute without end": (TABLES, "表.xlsx", lambda: archives.changed(XLSX, archives.SHEET, lambda data: data.replace(b"<sheetData", b'<sheetData a="' + Random(1).randbytes(1_000_000).hex().encode() + b'"'))),
    "a relation without a target": (CHECK, "总结.docx", lambda: archives.changed(DOCX, "word/_rels/document.xml.rels", lambda data: re.sub(b' Target="[^"]*"', b"", data))),
    "an encoding that nobody uses": (TABLES, "表.csv", lambda: CSV.decode().encode("utf-32")),
    "a text of nothing but line ends": (SUMMARIES, "总结.txt", lambda: b"\n" * 5_000_000),
    "a text of millions of characters": (CHECK, "总结.txt", lambda: "增长1%，".encode() * 700_000),
    "a text that is too long by a little": (SUMMARIES, "总结.txt", lambda: "增长1%，".encode() * 70_000),
    "text with a character that is none": (CHECK, "总结.txt", "甲\0乙".encode),
    "a past table that is none": (SUMMARIES, "2022年指标表.xlsx", lambda: XLSX[:3000]),
    "an outline of aliases of aliases": (
        OUTLINES, "提纲.yaml",
ALIASES.encode,
    ),
    "a tag that would run": (OUTLINES, "提纲.yaml", lambda: b"!!python/object/apply:os.system ['true']"),
    "a path for a name": (TABLES, "../../../../etc/cron.d/x", lambda: CSV),
    "a program": (SUMMARIES, "总结.docx.exe", lambda: DOCX),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_hostile_is_refused_in_chinese_and_leaves_nothing(running: Running, what: str):
    path, name, content = REFUSED[what]
    before = kept(running)
    begun = monotonic()
    answer = running.upload(path, content(), name=name, data={"year": "2022", "lenient": "false"})
    assert monotonic() - begun < 20
    assert answer.status_code in (413, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert re.search("[\u4e00-\u9fff]", answer.json()["detail"])
    assert "/tmp" not in answer.text  # noqa: S108 - nor any other folder of ours
    assert kept(running) == before


@pytest.mark.parametrize(
    "name",
    ["../../甲.csv", "/etc/甲.csv", "C:\\甲.csv", "\u202e甲.csv", "甲" * 1000 + ".csv", "<svg>.csv", "-rf.csv"],
)  # fmt: skip
def test_a_name_is_a_label_and_never_a_path(running: Running, name: str):
    answer = running.upload(TABLES, name=name)
    (revision,) = answer.json()["revisions"]
    assert not re.search(r"[/\\<>\u202e]|\.\.", revision["file"])
    assert len(revision["file"]) <= 100


def test_formulas_are_text_and_are_never_calculated(running: Running):
    cells: dict[str, Any] = {"B6": '=HYPERLINK("http://127.0.0.1:9")', "B7": "=cmd|' /C calc'!A0"}
    content = workbook({**cells, "D6": 1, "D7": 2})
    answer = running.upload(TABLES, content, name="表.xlsx", data={"lenient": "true"})
    assert answer.status_code == 201
    assert "公式" in str(answer.json()["revisions"][0]["set_aside"])


def test_numbers_of_any_length_are_read_or_refused(running: Running):
    for number in plain.NUMBERS:
        answer = running.upload(TABLES, f"{HEAD}甲乙,工业,{number},亿元\n")
        assert answer.status_code in (201, 422)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 900_000,
        b'{"text": "\\ud800"}',
        b'{"text": "\xed\xa0\x80"}',
        b'{"text": NaN}',
        b'{"text": "a", "table": {"id": "x", "revision": 1' + b"0" * 5000 + b"}}",
        b'{"text": "\\u0000"}',
        b"\xff\xfe",
        b"",
    ],
)
def test_a_body_that_is_none_is_refused(running: Running, body: bytes):
    headers = {"Content-Type": "application/json"}
    answer = running.ask("POST", "/v1/checks", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert re.search("[\u4e00-\u9fff]", answer.json()["detail"])


def port_of(running: Running) -> int:
    return int(running.url.rpartition(":")[2])


def test_a_broken_form_is_refused(running: Running):
    head, body = form("表.csv", CSV)
    before = kept(running)
    token = running.tokens[OWN, "admin"]
    broken = (
        body[: len(body) // 2],
        body.replace(b'name="file"', b'name="other"'),
        b"--drafterboundary--",
        form("表.csv", CSV, tuple((f"f{n}", "1") for n in range(1500)))[1],
    )
    for one in broken:
        answer = sent(port_of(running), token, TABLES, head, one, chunks=False)
        assert answer.status in (400, 422)
        assert not answer.lost
    other = (("Content-Type", "multipart/form-data; boundary=another"),)
    assert sent(port_of(running), token, TABLES, other, body, chunks=False).status in (400, 422)
    assert kept(running) == before


def test_a_length_that_is_wrong_is_refused_and_chunks_are_not(running: Running):
    head, body = form("表.csv", CSV)
    token = running.tokens[OWN, "admin"]
    for length in (str(len(body) - 40), "-5", "1, 2", "abc", "30000000"):
        framed = (*head, ("Content-Length", length))
        answer = sent(port_of(running), token, TABLES, framed, body, chunks=False)
        assert answer.status in (400, 413, 422)
    assert sent(port_of(running), token, TABLES, head, body, chunks=True).status == 201


def test_a_past_table_that_cannot_be_read_leaves_its_neighbours_out_too(running: Running):
    before = kept(running)
    answer = running.upload(SUMMARIES, "没有表头\n", name="2020年指标表.csv", data={"year": "2020"})
    assert answer.status_code == 422
    assert kept(running) == before


def test_who_sends_a_body_that_is_too_large_is_told_so_and_not_cut_off(running: Running):
    head = (("Content-Type", "application/json"),)
    token = running.tokens[OWN, "admin"]
    answer = sent(port_of(running), token, "/v1/checks", head, b" " * 12_000_000, chunks=False)
    assert (answer.status, answer.lost) == (413, "")
