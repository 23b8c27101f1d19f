"""Commands about a draft: write it, refresh it, export it."""

from pathlib import Path
from typing import Annotated

import typer

from drafter import console
from drafter.commands.options import AsJson, Facts, Knowledge, Lenient, Organisation, Out, Year


def draft(
    *,
    indicators: Annotated[list[Path], typer.Option("--indicators", help="指标表，可给多个")],
    facts: Facts = None,
    precedent: Annotated[Path | None, typer.Option("--precedent", help="照着写的往年总结")] = None,
    outline: Annotated[Path | None, typer.Option("--outline", help="提纲（YAML）")] = None,
    title: Annotated[str, typer.Option("--title", help="标题")] = "",
    year: Year = None,
    org: Organisation = "",
    date: Annotated[str, typer.Option("--date", help="落款日期，如 2025年1月6日")] = "",
    knowledge: Knowledge = None,
    model: Annotated[str, typer.Option("--model", help="offline")] = "offline",
    base_url: Annotated[str, typer.Option("--base-url", help="模型接口地址")] = "",
    out: Annotated[Path, typer.Option("--out", help="输出目录")] = Path("out"),
    lenient: Lenient = False,
    as_json: AsJson = False,
) -> None:
    """起草总结：写出审校稿、草稿数据；没有未决事项时一并写出印发稿。"""
    from drafter.assembly import DraftRequest, draft_summary

    request = DraftRequest(
        indicators=tuple(indicators),
        facts=tuple(facts or ()),
        precedent=precedent,
        outline=outline,
        title=title,
        year=year,
        organisation=org,
        date=date,
        knowledge=knowledge,
        model=model,
        base_url=base_url,
        out=out,
        lenient=lenient,
    )
    with console.progress("起草") as steps:
        outcome = draft_summary(request, steps=steps)
    if as_json:
        console.emit(outcome.as_json())
        return
    console.say(outcome.in_words())


def refresh(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    indicators: Annotated[list[Path], typer.Option("--indicators", help="新的指标表")],
    facts: Facts = None,
    out: Out = None,
    lenient: Lenient = False,
    as_json: AsJson = False,
) -> None:
    """指标表有修改时更新草稿：数字、位次、升降随表而变，不改文字。"""
    from drafter.assembly import refresh_draft

    with console.progress("更新") as steps:
        steps(0, 1, "核对")
        outcome = refresh_draft(file, indicators, facts or (), out or file.parent, lenient=lenient)
    if as_json:
        console.emit(outcome.as_json())
        return
    console.say(outcome.in_words())


def export(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    clean: Annotated[bool, typer.Option("--clean/--review", help="印发稿或审校稿")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪个 docx")] = None,
    as_json: AsJson = False,
) -> None:
    """由草稿写出 Word 文件；还有未决事项时不写印发稿。"""
    from drafter.assembly import export_draft

    written = export_draft(file, clean=clean, output=output)
    if as_json:
        console.emit({"file": str(written), "kind": "clean" if clean else "review"})
        return
    console.say(f"已写出：{written}")
