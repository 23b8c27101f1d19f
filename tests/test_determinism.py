"""The same material gives the same files: on any day, in any time zone, whatever seed hashes strings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

OWN = Path(__file__).parent.parent / "knowledge_base"
ORGANISATION = "云岭县科技和工业信息化局"
TABLE = (
    "指标名称,所属板块,本期,单位,同比(%),采用\n工业投资,工业经济,208.6,亿元,28.2,必报\n"
    "技改投资,工业经济,79.8,亿元,-5.7,\n安全培训人次,安全生产,1480,人次,,必报\n"
)
# A clock that is half a year ahead, for whoever asks it.
LATER = "import time\nreal = time.time\ntime.time = lambda: real() + 15_000_000\n"


def run(folder: Path, seed: str, zone: str, *arguments: str) -> None:
    clock = folder / "clock"
    clock.mkdir(exist_ok=True)
    (clock / "sitecustomize.py").write_text(LATER if seed != "1" else "", encoding="utf-8")
    found = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": f"{clock}{os.pathsep}{OWN.parent}"}
    subprocess.run(
        [sys.executable, "-m", "drafter", *arguments],
        cwd=folder,
        env={**os.environ, **found},
        check=True,
        capture_output=True,
    )


def written(folder: Path, seed: str, zone: str) -> dict[str, bytes]:
    """All files of a draft and of what is exported from it."""
    folder.mkdir()
    tables = [str(OWN / "tables" / f"{year}年指标表.xlsx") for year in (2021, 2022, 2023)]
    run(folder, seed, zone, "ingest", *tables, "--org", ORGANISATION, "--knowledge", "库")
    run(
        *(folder, seed, zone),
        *("draft", "--indicators", str(OWN / "tables" / "2024年指标表.xlsx")),
        *("--facts", str(OWN / "facts" / "2024年素材表.xlsx")),
        *("--precedent", str(next((OWN / "summaries").glob("*2023*")))),
        *("--org", ORGANISATION, "--knowledge", "库", "--out", "out", "--date", "2025年1月6日"),
    )
    draft = "out/draft.json"
    run(folder, seed, zone, "export", draft, "--clean", "--table", "-o", "out/附表.docx")
    run(folder, seed, zone, "compare", draft, "out/draft-clean.docx", "-o", "out/花脸稿.docx")
    return {file.name: file.read_bytes() for file in sorted((folder / "out").iterdir())}


def test_neither_day_nor_zone_nor_the_order_of_sets_reaches_a_draft(tmp_path: Path):
    found = []
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/St_Johns")):
        folder = tmp_path / seed
        folder.mkdir()
        (folder / "表.csv").write_text(TABLE, encoding="utf-8")
        run(
            *(folder, seed, zone, "draft", "--indicators", "表.csv", "--org", ORGANISATION),
            *("--year", "2024", "--out", "out", "--date", "2025年1月6日"),
        )
        found.append({file.name: file.read_bytes() for file in (folder / "out").iterdir()})
    assert {"draft.json", "draft.docx"} <= set(found[0])
    assert found[0] == found[1]


@pytest.mark.heavy
def test_neither_day_nor_zone_nor_the_order_of_sets_reaches_a_file(tmp_path: Path):
    first = written(tmp_path / "甲", "1", "Asia/Shanghai")
    other = written(tmp_path / "乙", "2", "America/St_Johns")
    assert set(first) == {
        *("draft.json", "draft.docx", "draft-clean.docx", "附表.docx", "花脸稿.docx"),
    }
    assert [name for name in first if first[name] != other[name]] == []
