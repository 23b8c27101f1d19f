"""The package: the same bytes always, and a file whole or not at all."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.errors import OperatorError
from drafter.exporting.evidence import Sources
from drafter.exporting.package import moment, signature_day, write_atomically
from drafter.exporting.word import clean_copy, review_copy
from tests.exporting.drafts import a_draft
from tests.exporting.opened import Opened
from tests.exporting.samples import FACTS, a_reviewed_draft, a_reviewed_table

_PRINT_HASHES = """
import hashlib
from drafter.exporting.evidence import Sources
from drafter.exporting.word import clean_copy, review_copy
from tests.exporting.samples import FACTS, a_reviewed_draft, a_reviewed_table
for content in (
    clean_copy(a_reviewed_draft()),
    review_copy(a_reviewed_draft(), Sources(a_reviewed_table(), FACTS)),
):
    print(hashlib.sha256(content).hexdigest())
"""


def test_another_hash_seed_and_time_zone_give_the_same_bytes():
    root = Path(__file__).parents[2]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _PRINT_HASHES],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)},
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("17", "Asia/Shanghai"))
    }
    assert len(outputs) == 1
    assert len(outputs.pop().split()) == 2


def test_no_entry_carries_the_time_of_writing():
    opened = Opened(review_copy(a_reviewed_draft(), Sources(a_reviewed_table(), FACTS)))
    assert {info.date_time for info in opened.infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.create_system for info in opened.infos} == {0}
    assert opened.infos[0].filename == "[Content_Types].xml"


def test_every_part_is_well_formed_and_declared():
    opened = Opened(review_copy(a_reviewed_draft(), Sources(a_reviewed_table(), FACTS)))
    types = opened.parts["[Content_Types].xml"]
    for name in opened.parts:
        opened.tree(name)
        assert name == "[Content_Types].xml" or name.endswith(".rels") or f'"/{name}"' in types


@pytest.mark.parametrize(
    ("date", "year", "when"),
    [
        ("2024年12月5日", 2024, "2024-12-05T00:00:00Z"),
        ("2025/1/5", 2024, "2025-01-05T00:00:00Z"),
        ("", 2024, "2024-12-31T00:00:00Z"),
        ("2024年13月40日", 2024, "2024-12-31T00:00:00Z"),
        ("二〇二四年", 2024, "2024-12-31T00:00:00Z"),
        ("", 0, "2000-12-31T00:00:00Z"),
    ],
)
def test_the_time_of_a_copy_is_that_of_its_draft(date: str, year: int, when: str):
    assert moment(a_draft(date=date, year=year)) == when


def test_a_date_of_words_names_no_day():
    assert signature_day("今年") is None


def test_titles_with_markup_stay_text():
    opened = Opened(clean_copy(a_draft("甲<b>&乙", title='总结<&">', organisation="局&")))
    assert opened.lines[0] == '总结<&">'
    assert opened.lines[2] == "甲<b>&乙"


def test_folders_are_made_and_nothing_is_left_beside_the_file(tmp_path: Path):
    target = tmp_path / "输出 目录" / "稿.docx"
    write_atomically(target, b"1")
    write_atomically(target, b"2")
    assert target.read_bytes() == b"2"
    assert list(target.parent.iterdir()) == [target]


def test_a_file_open_in_word_is_named_and_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "稿.docx"
    target.write_bytes(b"old")

    def locked(*_: object) -> None:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(OperatorError) as error:
        write_atomically(target, b"new")
    assert "“稿.docx”：文件正被其他程序打开" in str(error.value)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_where_a_file_should_stand_is_refused(tmp_path: Path):
    (tmp_path / "稿.docx").mkdir()
    with pytest.raises(OperatorError):
        write_atomically(tmp_path / "稿.docx", b"new")
    assert [item.name for item in tmp_path.iterdir()] == ["稿.docx"]


def test_a_file_where_a_folder_should_stand_is_refused(tmp_path: Path):
    (tmp_path / "输出").write_bytes(b"")
    with pytest.raises(OperatorError):
        write_atomically(tmp_path / "输出" / "稿.docx", b"new")


def test_a_changed_draft_gives_other_bytes():
    draft = a_reviewed_draft()
    assert clean_copy(draft) != clean_copy(replace(draft, title="另一个标题"))
