from pathlib import Path

import pytest

from drafter.errors import UnreadableFileError
from drafter.numerals import read_mentions
from drafter.numerals.lexicon import Lexicon, load_lexicon


def test_the_longest_name_wins():
    entry = Lexicon(names=["十四五", "十四五规划"]).at("落实十四五规划", 2)
    assert entry is not None
    assert entry.text == "十四五规划"


def test_a_name_is_found_where_its_first_numeral_stands():
    entry = Lexicon(names=["科工12345"]).at("紧扣科工12345", 4)
    assert entry is not None
    assert entry.offset == 2


def test_a_bureau_adds_its_own_names(tmp_path: Path):
    own = tmp_path / "names.yaml"
    own.write_text("names: [八八工程]\nidioms: [八方来客]\n", encoding="utf-8")
    lexicon = load_lexicon(own)
    kinds = [m.kind for m in read_mentions("推进八八工程，迎八方来客", lexicon)]
    assert kinds == ["name"]


@pytest.mark.parametrize("content", ["names: [", "- 一个列表", "others: []"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, content: str):
    own = tmp_path / "names.yaml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        load_lexicon(own)


def test_a_hotline_number_with_a_measure_is_a_figure():
    (mention,) = read_mentions("完成投资12336亿元")
    assert mention.claim
    (name,) = read_mentions("接听12345热线")
    assert not name.claim
