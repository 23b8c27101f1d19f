"""How whole a text is, with reasons an officer understands."""

from collections.abc import Callable

import pytest

from drafter.reading.quality import QUARANTINE_BELOW, damaged_figures
from tests.reading.builders import BODY, summary

CLEAN = f"云岭县科工局2023年工作总结\n{BODY * 3}\n一、主要工作\n（一）工业经济。{BODY * 3}\n（二）科技创新。{BODY * 3}\n二、存在的问题\n{BODY}"


def quality(text: str):
    return summary(text).quality


def test_a_clean_text_scores_one_without_reasons():
    assert (quality(CLEAN).score, quality(CLEAN).reasons) == (1.0, ())


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda text: text.replace("企业帮扶", "xx帮扶"), "占位符"),
        (lambda text: text + "到位率达到20230%，新增2023余户，完成2023.9%。", "年份替换"),
        (lambda text: text.replace("的进展", "\ufffd进展"), "乱码"),
        (lambda text: text.replace("狠抓", "“狠抓"), "不成对"),
        (lambda text: text[:-1], "结尾不完整"),
        (lambda text: text.replace("持续提升。\n", "持续提升\n\n"), "没有句末标点"),
        (lambda text: text.replace("企业帮扶", "公共效劳、根底设施"), "替换的词语"),
        (lambda text: text[:200] + "。", "可能不完整"),
    ],
)
def test_each_kind_of_damage_lowers_the_score_and_is_named(
    damage: Callable[[str], str], reason: str
):
    damaged = quality(damage(CLEAN))
    assert damaged.score < 1.0
    assert any(reason in one for one in damaged.reasons)


def test_one_frequent_slip_alone_does_not_condemn_a_text():
    assert quality(CLEAN.replace("企业", "xx")).score >= 0.8


def test_several_kinds_of_damage_together_do():
    long = BODY.replace("企业", "xx").replace("狠抓", "“公共效劳") * 3
    pieces = [f"{k}、{long[:-1]}" for k in range(1, 6)]
    text = "县局2023年工作总结\n" + "\n".join(pieces) + "2023年到位率20230%，新增2023余户"
    assert quality(text).score < QUARANTINE_BELOW


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("2023年到位20230%。2023年新增电杆202330基。", ["20230%", "202330基"]),
        ("2023年新增2023余户，增长2023.9%。2023年底。", ["2023余", "2023.9%"]),
        ("2023年完成12023公里。2023年底。", ["12023公"]),
        ("2023年2023.12.29公示，编号202312号。", []),
        ("2022年增长1266.7%，2022—2023年持续。", []),
        ("增长20230%", []),
    ],
)
def test_figures_into_which_the_year_was_written(text: str, damaged: list[str]):
    assert damaged_figures(text) == damaged


def test_a_short_last_line_of_an_annex_is_no_broken_sentence():
    assert not any("结尾" in one for one in quality(f"{CLEAN}\n牵头单位：县科工局").reasons)
