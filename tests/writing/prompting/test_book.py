"""Prompt files say what they need, and are refused where they do not keep to it."""

import shutil
from pathlib import Path

import pytest

from drafter.errors import OperatorError
from drafter.writing.prompting.book import NAMES, OFFERED, PromptBook

OURS = Path(__file__).parents[3] / "prompts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OURS, tmp_path / "提示词"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_all_our_prompts_are_read_and_declare_what_they_use():
    files = PromptBook(OURS).files
    assert set(files) == set(NAMES)
    assert all(file.version and file.purpose for file in files.values())
    assert {name for file in files.values() for name in file.variables} == set(OFFERED)


def test_a_variable_that_is_not_declared_is_refused(folder: Path):
    edit(folder / "resize.j2", "改写为约{{ wanted }}字", "改写为约{{ length }}字")
    with pytest.raises(OperatorError, match=r"resize.j2 声明的变量与使用的不一致：length、wanted"):
        PromptBook(folder)


def test_a_variable_in_an_included_file_counts_too(folder: Path):
    edit(folder / "_materials.j2", "全文标题：", "全文标题（{{ instruction }}）：")
    with pytest.raises(OperatorError, match="instruction"):
        PromptBook(folder)


def test_a_declared_variable_that_does_not_exist_is_refused(folder: Path):
    edit(folder / "plan.j2", "变量: brief", "变量: brief mood")
    with pytest.raises(OperatorError, match="没有的变量：mood"):
        PromptBook(folder)


@pytest.mark.parametrize(("line", "missing"), [("版本: 1\n", "版本"), ("变量: brief\n", "变量")])
def test_a_file_without_its_head_is_refused(folder: Path, line: str, missing: str):
    edit(folder / "system.j2", line, "")
    with pytest.raises(OperatorError, match=f"缺少：{missing}"):
        PromptBook(folder)


def test_a_missing_file_is_named(folder: Path):
    (folder / "repair.j2").unlink()
    with pytest.raises(OperatorError, match=r"没有 repair.j2"):
        PromptBook(folder)


def test_a_field_that_the_brief_has_not_is_named(folder: Path):
    edit(folder / "system.j2", "{{ brief.year }}", "{{ brief.years }}")
    with pytest.raises(OperatorError, match=r"system.j2 用了 brief 没有的内容：years"):
        PromptBook(folder)


def test_a_broken_file_is_named(folder: Path):
    edit(folder / "plan.j2", '{% include "_materials.j2" %}', "{% if %}")
    with pytest.raises(OperatorError, match=r"plan.j2"):
        PromptBook(folder)


def test_an_edited_include_changes_the_digest_of_all_that_use_it(folder: Path):
    before = PromptBook(folder).files
    edit(folder / "_materials.j2", "全文标题：", "全文各级标题：")
    after = PromptBook(folder).files
    assert after["plan"].digest != before["plan"].digest
    assert after["system"].digest == before["system"].digest
