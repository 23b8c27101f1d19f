"""Files that are small and say much: counted before anything is built of them."""

import json
from pathlib import Path
from time import process_time

import pytest

from drafter.errors import DrafterError, UnreadableFileError
from drafter.reading.facts import read_facts
from drafter.reading.tables import read_tables
from drafter.reading.texts import MOST_CHARACTERS, read_text
from drafter.records.naming import unique_refs

HEAD = "指标名称,所属板块,本期,单位\n"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(HEAD + "甲,乙,1,亿元\n" * 6000, "6001行|5001行", id="rows"),
        pytest.param(HEAD + "1," * 290 + "\n" + "甲\n" * 4000, "单元格的上限", id="one wide row"),
        pytest.param("1," * 150_000, "不像一份表格", id="one line"),
        pytest.param(HEAD + "甲" * 40_000 + ",乙,1,亿元\n", "32767字", id="one cell"),
        pytest.param(HEAD + ("甲" * 30_000 + ",乙,1,亿元\n") * 110, "300万字", id="all cells"),
        pytest.param(HEAD + "甲乙,丙,1,亿元\n" * 1000, "1000行都叫", id="one name"),
    ],
)
def test_a_csv_that_says_too_much_is_refused_with_the_reason(tmp_path: Path, text: str, words: str):
    with pytest.raises(DrafterError, match=words):
        read_tables([written(tmp_path / "表.csv", text)])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param([{f"k{n}": 1} for n in range(3000)], "3000列", id="a column for each row"),
        pytest.param([{} for _ in range(300_000)], "值的上限", id="empty rows"),
    ],
)
def test_a_json_that_says_too_much_is_refused(tmp_path: Path, data: object, words: str):
    with pytest.raises(UnreadableFileError, match=words):
        read_tables([written(tmp_path / "表.json", json.dumps(data))])


def test_a_key_that_stands_twice_is_found_among_many_at_once(tmp_path: Path):
    keys = ",".join(f'"k{number}": 1' for number in (*range(100_000), 99_999))
    begun = process_time()
    with pytest.raises(UnreadableFileError, match="k99999”出现两次"):
        read_tables([written(tmp_path / "表.json", f"[{{{keys}}}]")])
    assert process_time() - begun < 5


def test_a_text_longer_than_any_report_is_refused_by_its_bytes_or_characters(tmp_path: Path):
    with pytest.raises(UnreadableFileError, match=r"超过2\.0MB"):
        read_text(written(tmp_path / "长.txt", "\n" * 5_000_000))
    with pytest.raises(UnreadableFileError, match="超过30万字"):
        read_text(written(tmp_path / "长.txt", "长" * (MOST_CHARACTERS + 1)))
    with pytest.raises(UnreadableFileError, match="不像一份素材"):
        read_facts([written(tmp_path / "多.txt", "工业：完成1\n" * 6000)])


def test_equal_names_are_numbered_in_time_that_grows_with_their_number():
    begun = process_time()
    refs = unique_refs(["工业投资"] * 30_000)
    assert refs[:3] == ("工业投资", "工业投资_2", "工业投资_3")
    assert refs[-1] == "工业投资_30000"
    assert process_time() - begun < 5
