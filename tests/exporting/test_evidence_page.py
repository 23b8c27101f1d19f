"""The page of a checked text: whole in one file, readable without colour, safe with any text."""

import re

import pytest

from drafter.exporting.evidence_page import evidence_page
from drafter.records.claim import Finding, Report
from drafter.records.indicator import Cell

TEXT = "工业投资完成208.6亿元。"


def page(text: str = TEXT, verdict: str = "contradicted") -> str:
    finding = Finding(
        start=6,
        end=min(13, len(text)),
        text=text[6:13],
        verdict=verdict,  # type: ignore[arg-type]
        indicator="r1",
        indicator_name="工业投资",
        field="value",
        evidence=(Cell("表.xlsx", "指标", "C4", "203.1"),),
        message="表中为203.1亿元",
    )
    return evidence_page(text, Report((finding,)), file="总结.txt", tables=("表.xlsx",))


def test_a_number_can_be_reached_by_keyboard_and_shows_its_cell():
    html = page()
    assert "tabindex" in html
    for shown in ("工业投资", "203.1", "C4", "与表不符"):
        assert shown in html


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs():
    html = page()
    assert not re.search(r"<script|https?://|@import|url\(", html)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>完成3亿元",
        "</style><b>粗</b>{{ 7*7 }}完成3亿元",
        '"onmouseover=x 完成3亿元',
    ],
)
def test_a_document_is_text_never_markup(hostile: str):
    html = page(hostile)
    assert "<script>alert" not in html
    assert "</style><b>" not in html
    assert "49" not in html


def test_characters_that_are_not_seen_are_shown_by_code():
    html = page("工业投资完成\u202e208.6亿元\x00。")
    assert "\u202e" not in html
    assert "202E" in html.upper()


def test_open_and_proven_differ_without_colour():
    assert "✗" in page(verdict="contradicted")
    assert "有据" in page(verdict="supported")
