"""The sample bureau: its texts pass against its tables, and its new draft is written whole."""

import json
import socket
from pathlib import Path

import openpyxl
import pytest

from drafter.assembly import DraftRequest, draft_summary
from drafter.errors import RequestError
from drafter.preparing import ingest_paths
from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.records.draft import Draft
from drafter.upkeep import refresh_draft
from drafter.verification import verify

SAMPLE = Path(__file__).parent.parent / "knowledge_base"
BUREAU = "云岭县科技和工业信息化局"
YEARS = (2021, 2022, 2023)


def text_and_table(year: int) -> tuple[str, Path]:
    (summary,) = (SAMPLE / "summaries").glob(f"{year}*")
    return read_text(summary), SAMPLE / "tables" / f"{year}年指标表.xlsx"


@pytest.mark.parametrize("year", YEARS)
def test_a_clean_text_passes_with_no_number_open(year: int):
    text, table = text_and_table(year)
    report = verify(text, read_tables([table]))
    assert [one.text for one in report.findings if one.is_open and one.blocking] == []
    assert report.verdict() == "pass"


@pytest.mark.parametrize("year", YEARS)
def test_any_changed_digit_fails_and_is_pointed_at(year: int):
    text, path = text_and_table(year)
    table = read_tables([path])
    clean = verify(text, table)
    claims = [one for one in clean.findings if one.verdict == "supported" and one.field == "value"]
    missed = []
    for claim in claims[::9]:
        at = next(i for i in range(claim.start, claim.end) if text[i].isdigit())
        digit = "7" if text[at] != "7" else "4"
        report = verify(text[:at] + digit + text[at + 1 :], table)
        if not any(one.is_open and one.start <= at < one.end for one in report.findings):
            missed.append((claim.text, text[at - 10 : at + 8]))
    assert missed == []


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Draft, Path]:
    folder = tmp_path_factory.mktemp("sample")
    knowledge = folder / "knowledge"
    ingest_paths(
        [SAMPLE / "summaries", SAMPLE / "tables"],
        organisation=BUREAU,
        year=None,
        folder=knowledge,
    )
    request = DraftRequest(
        indicators=(SAMPLE / "tables" / "2024年指标表.xlsx",),
        facts=(SAMPLE / "facts" / "2024年素材表.xlsx",),
        organisation=BUREAU,
        knowledge=knowledge,
        out=folder / "out",
    )
    return draft_summary(request).draft, folder / "out"


class TestTheNewDraft:
    def test_all_three_files_are_written(self, outcome: tuple[Draft, Path]):
        _, out = outcome
        names = {path.name for path in out.iterdir()}
        assert {"draft.docx", "draft-clean.docx", "draft.json"} <= names

    def test_no_number_is_open(self, outcome: tuple[Draft, Path]):
        draft, _ = outcome
        assert draft.open_points == ()

    def test_the_conflict_is_listed_with_both_cells(self, outcome: tuple[Draft, Path]):
        (conflict,) = outcome[0].conflicts
        assert len({cell.cell for cell in conflict.cells}) == 2
        assert "核定" in conflict.reason

    def test_required_rows_are_told_unless_they_are_zero(self, outcome: tuple[Draft, Path]):
        draft, _ = outcome
        table = read_tables([SAMPLE / "tables" / "2024年指标表.xlsx"])
        missing = [
            row.name
            for row in table.rows
            if row.weight == "必报"
            and row.id in draft.unused_indicators
            and not (row.value and row.value.number.value == 0)
        ]
        assert missing == []

    def test_internal_facts_stay_inside(self, outcome: tuple[Draft, Path]):
        draft, out = outcome
        whole = "".join(one.text for one in draft.sections)
        assert "F25" not in whole
        assert json.loads((out / "draft.json").read_text(encoding="utf-8"))["schema"] == 1

    def test_last_years_slogans_do_not_come_back(self, outcome: tuple[Draft, Path]):
        whole = "".join(one.text for one in outcome[0].sections)
        for stale in ("强链、育新、提质", "工业强基、三年跃升", "揭榜挂帅", "第三届"):
            assert stale not in whole


def test_a_whole_run_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Embedded by default: nothing calls out, not even the libraries' telemetry."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    knowledge = tmp_path / "knowledge"
    ingest_paths([SAMPLE / "summaries"], organisation=BUREAU, year=None, folder=knowledge)
    request = DraftRequest(
        indicators=(SAMPLE / "tables" / "2024年指标表.xlsx",),
        organisation=BUREAU,
        knowledge=knowledge,
        out=tmp_path / "out",
    )
    assert draft_summary(request).draft.sections


def test_a_model_that_cannot_be_asked_is_said_so(tmp_path: Path):
    request = DraftRequest(
        indicators=(SAMPLE / "tables" / "2024年指标表.xlsx",),
        organisation=BUREAU,
        knowledge=tmp_path / "knowledge",
        model="openai:some-model",
        base_url="http://127.0.0.1:9/v1",
        out=tmp_path / "out",
    )
    told = draft_summary(request)
    assert "离线" in told.in_words()
    assert "some-model" in told.in_words()


class TestRefreshing:
    @pytest.fixture
    def changed(self, tmp_path: Path) -> Path:
        """The table with one value changed."""
        book = openpyxl.load_workbook(SAMPLE / "tables" / "2024年指标表.xlsx")
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value == 44.7:
                        cell.value = 43.9
        path = tmp_path / "新表.xlsx"
        book.save(path)
        return path

    def test_the_same_table_changes_nothing(self, outcome: tuple[Draft, Path], tmp_path: Path):
        draft, out = outcome
        table = SAMPLE / "tables" / "2024年指标表.xlsx"
        again = refresh_draft(out / "draft.json", [table], [], tmp_path / "again").draft
        assert [one.text for one in again.sections] == [one.text for one in draft.sections]
        assert [one.spans for one in again.sections] == [one.spans for one in draft.sections]

    def test_a_changed_cell_changes_the_text(
        self, outcome: tuple[Draft, Path], changed: Path, tmp_path: Path
    ):
        _, out = outcome
        draft = refresh_draft(out / "draft.json", [changed], [], tmp_path / "new").draft
        whole = "".join(one.text for one in draft.sections)
        assert "43.9亿元" in whole
        assert "44.7亿元" not in whole


def test_a_model_nobody_knows_is_refused(tmp_path: Path):
    request = DraftRequest(indicators=(), model="foo", out=tmp_path)
    with pytest.raises(RequestError):
        draft_summary(request)
