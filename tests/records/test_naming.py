import keyword
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.records.naming import RESERVED, unique_refs


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("规模工业增加值", "规模工业增加值"),
        ("5G基站数", "_5G基站数"),
        ("“两上三化”上云企业数", "两上三化上云企业数"),
        ("技改投资（亿元）", "技改投资"),
        ("放贷金额:众兴环保", "放贷金额众兴环保"),
        ("ＧＤＰ", "GDP"),
        ("R&D经费", "R_D经费"),
        ("PM2.5平均浓度", "PM2_5平均浓度"),
        ("（）", "指标"),
        ("", "指标"),
        ("占比", "占比_2"),
        ("if", "if_2"),
        ("F07", "F07_2"),
    ],
)
def test_a_name_becomes_a_readable_identifier(name: str, ref: str):
    assert unique_refs([name]) == (ref,)


def test_names_that_python_would_fold_into_one_get_two_refs():
    assert unique_refs(["GDP", "ＧＤＰ"]) == ("GDP", "GDP_2")


def test_what_stands_in_brackets_tells_sisters_apart():
    assert unique_refs(["税收（国税）", "税收（地税）"]) == ("税收", "税收地税")


def test_long_names_keep_their_end():
    (ref,) = unique_refs(["稀贵金属产业集群申报国家级中小企业特色产业集群个数"])
    assert ref == "稀贵金属产业集群_色产业集群个数"
    assert len(ref) == 16


@given(st.lists(st.text(max_size=40), max_size=30))
def test_refs_are_short_unique_identifiers_whatever_the_names(names: list[str]):
    refs = unique_refs(names)
    folded = [unicodedata.normalize("NFKC", ref) for ref in refs]
    assert len(set(folded)) == len(names)
    for ref in refs:
        assert ref.isidentifier()
        assert not keyword.iskeyword(ref)
        assert ref not in RESERVED
        assert len(ref) <= 16
        assert unicodedata.normalize("NFKC", ref) == ref


@given(st.lists(st.text(max_size=20), max_size=10))
def test_refs_do_not_change_when_rows_are_added_at_the_end(names: list[str]):
    assert unique_refs([*names, "新增指标"])[: len(names)] == unique_refs(names)
