"""The arrows of import: a stage knows the stages before it, never those after."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "drafter"

SEES: dict[str, set[str]] = {
    "errors": set(),
    "keeping": set(),
    "records": {"errors"},
    "numerals": {"errors", "records"},
    "verification": {"errors", "keeping", "records", "numerals"},
    "reading": {"errors", "records", "numerals"},
    "knowledge": {"errors", "records", "numerals"},
    "exporting": {"errors", "records", "numerals"},
    "writing": {"errors", "keeping", "records", "numerals", "verification"},
    "settings": {"errors"},
    "storing": {"errors"},
    "endpoint": {"errors"},
    "connecting": {"errors", "records", "endpoint", "settings"},
    "draft_file": {"errors", "records", "storing"},
    "report_view": set(),
    "pipeline": {"errors", "records", "numerals", "verification", "writing"},
    "modelling": {"errors", "records", "numerals", "verification", "writing", "pipeline"},
    "drafting": {
        *("errors", "records", "numerals", "verification", "writing", "pipeline", "modelling"),
        "attesting",
    },
    "outcome": {"records"},
    "attesting": {"errors", "records", "writing", "outcome"},
    "undoing": {"records", "drafting"},
    "rewriting": {
        *("errors", "records", "numerals", "verification", "writing", "modelling", "drafting"),
        *("outcome", "undoing"),
    },
    "rereading": {
        *("errors", "records", "verification", "writing", "drafting", "outcome", "undoing"),
    },
    "reread_view": {"records", "rereading"},
    "editing": {"errors", "records", "verification", "writing", "drafting"},
    "evidencing": {"records", "exporting", "writing"},
    "marking": {"records", "writing", "outcome"},
    "trends": {"records", "outcome"},
    "deciding": {
        *("errors", "records", "numerals", "verification", "writing", "pipeline", "drafting"),
    },
    "explaining": {"errors", "records", "numerals", "verification", "writing"},
    "recasting": {
        *("errors", "records", "numerals", "verification", "writing", "pipeline", "drafting"),
        "undoing",
    },
    "assembly": {
        "errors",
        "records",
        "numerals",
        "verification",
        "reading",
        "knowledge",
        "exporting",
        "writing",
        "settings",
        "storing",
        "draft_file",
        "pipeline",
        "drafting",
        "outcome",
        "resuming",
        "connecting",
        "endpoint",
    },
    "resuming": {
        *("errors", "records", "verification", "writing", "draft_file", "drafting", "deciding"),
        "outcome",
    },
    "preparing": {
        *("errors", "records", "reading", "knowledge", "writing", "exporting", "storing"),
        "assembly",
    },
    "upkeep": {
        *("errors", "keeping", "records", "settings", "draft_file", "exporting", "reading"),
        "writing",
        *("pipeline", "drafting", "recasting", "deciding", "explaining", "assembly"),
        *("verification", "outcome", "rewriting", "rereading", "storing"),
        *("marking", "trends", "attesting"),
    },
}


def files_of(room: str) -> list[Path]:
    return [*ROOT.glob(f"{room}.py"), *ROOT.glob(f"{room}/**/*.py")]


def imported_rooms(file: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] in ("api", "eval"):
                rooms.add(parts[0])
            if parts[0] == "drafter" and len(parts) > 1:
                rooms.add(parts[1])
    return rooms - {"__version__"}


@pytest.mark.parametrize("room", SEES)
def test_a_room_sees_only_what_it_may(room: str):
    seen = {found for file in files_of(room) for found in imported_rooms(file)}
    assert seen - {room} <= SEES[room]


def test_nothing_in_the_core_knows_the_wings():
    seen = {found for file in ROOT.rglob("*.py") for found in imported_rooms(file)}
    assert not seen & {"api", "eval"}


def test_every_room_of_the_core_has_its_arrows_listed():
    rooms = {path.stem for path in ROOT.iterdir() if not path.name.startswith("_")}
    assert rooms - {"cli", "console", "arguments", "usage", "help_page", "commands"} <= set(SEES)
