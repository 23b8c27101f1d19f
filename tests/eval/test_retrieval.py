"""The measurement itself: right answers are counted, and only those that could be found."""

from pathlib import Path

import pytest

from eval.__main__ import main
from eval.retrieval import measure

YEARS = (2021, 2022)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    themes = {
        "工业经济稳中有进": "规模工业企业生产形势总体平稳，工业用电量保持增长，技改项目加快建设。",
        "民生福祉不断增进": "就业局势保持稳定，养老托育服务更加便捷，困难群众生活得到保障。",
        "生态环境持续改善": "水源地保护力度加大，林地面积稳步扩大，空气质量优良天数增加。",
    }
    for year in YEARS:
        lines = [f"云岭县{year}年工作总结", f"一、{year}年工作回顾"]
        for number, (heading, text) in zip("一二三", themes.items(), strict=True):
            ending = f"全年围绕{heading[:4]}召开调度会议，各项任务按计划推进，没有发生大的问题。"
            lines += [f"（{number}）{heading}", text + ending]
        (tmp_path / f"云岭县_{year}.txt").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_a_theme_is_found_again_in_another_year(folder: Path):
    figures = measure(folder)["themes/all/fused"]
    assert figures == {"recall@3": 1.0, "mrr": 1.0, "queries": 6}


def test_every_kind_pool_and_method_is_measured(folder: Path):
    expected = {
        f"{kind}/{pool}/{method}"
        for kind in ("themes", "own words", "phrases")
        for pool in ("all", "own")
        for method in ("vectors", "words", "fused")
    }
    assert set(measure(folder)) == expected


def test_a_question_without_an_answer_is_not_asked(folder: Path):
    (folder / "云岭县_2022.txt").unlink()
    assert "themes/all/fused" not in measure(folder)


def test_the_command_says_what_it_wants(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "retrieval" in capsys.readouterr().err
