"""The same material gives the same draft, whatever seed the process hashes strings with."""

import os
import subprocess
import sys
from pathlib import Path

OWN = Path(__file__).parent.parent / "knowledge_base"


def drafted(folder: Path, seed: str) -> bytes:
    arguments = [
        *("draft", "--indicators", str(OWN / "tables" / "2024年指标表.xlsx")),
        *("--facts", str(OWN / "facts" / "2024年素材表.xlsx")),
        *("--precedent", str(next((OWN / "summaries").glob("*2023*")))),
        *("--org", "云岭县科技和工业信息化局", "--knowledge", "库", "--out", "out"),
    ]
    subprocess.run(
        [sys.executable, "-m", "drafter", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(OWN.parent)},
        check=True,
        capture_output=True,
    )
    return (folder / "out" / "draft.json").read_bytes()


def test_the_order_of_sets_never_reaches_a_draft(tmp_path: Path):
    folders = [tmp_path / name for name in ("甲", "乙", "丙")]
    for folder in folders:
        folder.mkdir()
    first, *others = [drafted(folder, str(seed)) for seed, folder in enumerate(folders, 1)]
    assert all(one == first for one in others)
