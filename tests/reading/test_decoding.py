"""Bytes to text in the encodings that occur."""

import pytest

from drafter.reading.decoding import decode

TEXT = "云岭县科工局2023年工作总结\r\n一、主要工作\r\n今年以来，全县规模工业增加值增长8.7%，排全市第二。\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_gives_the_same_text_with_its_newlines(encoding: str):
    assert decode(TEXT.encode(encoding)) == TEXT


def test_traditional_text_in_big5_is_not_taken_for_gbk():
    text = "今年以來，全縣工業經濟平穩增長，各項工作取得新的成績。"
    assert decode(text.encode("big5")) == text


def test_a_short_gbk_text_is_read():
    assert decode("县科工局总结".encode("gbk")) == "县科工局总结"


def test_a_character_cut_at_the_end_is_marked_not_misread():
    text = decode(TEXT.strip().encode()[:-1])
    assert text is not None
    assert text == TEXT.strip()[:-1] + "\ufffd"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(64), id="an image"),
        pytest.param(bytes(range(256)) * 8, id="all bytes"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), id="an old Office file"),
    ],
)
def test_what_is_no_text_is_not_decoded(data: bytes):
    assert decode(data) is None
