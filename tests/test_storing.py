"""Files that belong together are replaced together or not at all."""

from pathlib import Path

import pytest

from drafter.errors import OperatorError
from drafter.storing import write_together, write_whole


def test_all_files_are_new_and_nothing_else_is_left(tmp_path: Path):
    old = tmp_path / "旧.docx"
    old.write_bytes(b"old")
    write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"}, obsolete=[old])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_where_one_cannot_be_written_none_is_replaced(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(OperatorError, match="无法写入"):
        write_together({tmp_path / "a": b"new", tmp_path / "missing" / "b": b"2"})
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_a_folder_in_the_way_is_named(tmp_path: Path):
    (tmp_path / "a").mkdir()
    with pytest.raises(OperatorError):
        write_whole(tmp_path / "a", b"1")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
