"""The command line: one command an errand, messages in Chinese, exit codes of the contract.

0 done or passed; 1 failed or refused; 2 the input or the settings cannot be used. Heavy parts
are imported inside the commands, so that a simple errand starts at once.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from drafter import arguments, console
from drafter.commands import drafts, materials, prompts
from drafter.commands.options import AsJson, Facts, Lenient, Tables
from drafter.errors import (
    DrafterError,
    OperatorError,
    RefusedError,
    RequestError,
)
from drafter.help_page import ChineseCommand, ChineseGroup
from drafter.report_view import LEVELS, report_lines
from drafter.usage import usage_error

app = typer.Typer(
    cls=ChineseGroup,
    add_completion=False,
    no_args_is_help=True,
    help="起草机关年度工作总结，并逐一核对其中的数字。",
    pretty_exceptions_enable=False,
)
_COMMANDS = (
    *(
        materials.template,
        materials.extract,
        materials.gather,
        materials.promises,
        materials.ingest,
        materials.search,
    ),
    *(
        drafts.draft,
        drafts.refresh,
        drafts.recast,
        drafts.rewrite,
        drafts.reread,
        drafts.compare,
        drafts.signoff,
        drafts.decide,
        drafts.attest,
        drafts.explain,
        drafts.export,
    ),
    prompts.prompt,
)


def main(argv: Sequence[str] | None = None) -> None:
    """Run a command; the process ends with the exit code of the contract."""
    console.prepare_streams()
    given = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in given
    try:
        code = app(args=arguments.spread(given), prog_name="drafter", standalone_mode=False)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # `drafter` alone: its help is the message
            console.say(str(getattr(error, "message", "")))
            sys.exit(2)
        _end(usage_error(error), 2, as_json=as_json)
    except typer.Abort:
        _end(RequestError("已中止"), 1, as_json=as_json)
    except RefusedError as error:
        _end(error, 1, as_json=as_json)
    except DrafterError as error:
        _end(error, 2, as_json=as_json)
    except (OSError, UnicodeDecodeError) as error:
        # A file that cannot be opened or written: the system's reason, in one line.
        place = getattr(error, "filename", None) or ""
        reason = getattr(error, "strerror", None) or "编码无法识别"
        _end(OperatorError(f"文件“{place}”无法读写：{reason}"), 2, as_json=as_json)
    sys.exit(code if isinstance(code, int) else 0)


def _end(error: DrafterError, code: int, *, as_json: bool) -> NoReturn:
    _report_error(error, as_json=as_json)
    sys.exit(code)


def _report_error(error: DrafterError, *, as_json: bool, file: str | None = None) -> None:
    console.complain(str(error))
    if as_json:
        console.emit({"file": file, "error": error_json(error)})


def error_json(error: DrafterError) -> dict[str, Any]:
    """An error for programs: code, message, and what lies behind it."""
    return {"code": error.code, "message": str(error), **error.details}


@app.command(cls=ChineseCommand)
def numbers(
    files: Annotated[list[Path], typer.Argument(help="文本（txt、docx）")],
    *,
    as_json: AsJson = False,
) -> None:
    """列出文中的每一个数字及其类型。"""
    from drafter.numerals import read_mentions
    from drafter.numerals.report import as_json as mention_json
    from drafter.reading.texts import read_text

    failed = False
    for file in files:
        try:
            text = read_text(file)
        except DrafterError as error:
            failed = True
            _report_error(error, as_json=as_json, file=str(file))
            continue
        mentions = read_mentions(text)
        if as_json:
            rows = [mention_json(mention) for mention in mentions]
            console.emit({"file": str(file), "characters": len(text), "mentions": rows})
            continue
        claims = sum(mention.claim for mention in mentions)
        console.show_table(
            f"{file.name}：{len(text)}字，数字{len(mentions)}处，其中需核对{claims}处",
            ("位置", "文中", "类型", "须核对", "值", "说明"),
            (
                (
                    str(mention.start),
                    mention.text,
                    mention.kind,
                    "是" if mention.claim else "",
                    str(mention.number or ""),
                    mention.reason,
                )
                for mention in mentions
            ),
        )
    if failed:
        raise typer.Exit(2)


@app.command(cls=ChineseCommand)
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="要核对的文本；不给则只查指标表")
    ] = None,
    *,
    indicators: Tables = None,
    facts: Facts = None,
    as_json: AsJson = False,
    no_issues: Annotated[bool, typer.Option("--no-issues", help="只判数字，不判全文问题")] = False,
    lenient: Lenient = False,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="上年总结：找出没有更新的数字和文字")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="另写一份网页核对单（只能核对一个文件）")
    ] = None,
) -> None:
    """核对文中每个数字是否与指标表一致；不给文本时核对指标表自身。"""
    from drafter.assembly import (
        beside_last_year,
        load_materials,
        read_settings_options,
        write_check_page,
    )
    from drafter.draft_file import report_json
    from drafter.reading.texts import read_text
    from drafter.verification import check_table, verify

    if not files and not indicators:
        raise typer.BadParameter("请给出要核对的文本，或用 --indicators 给出指标表")
    if html and len(files or []) != 1:
        raise typer.BadParameter("--html 一次只写一个文件的核对单", param_hint="--html")
    table, fact_list = load_materials(indicators or [], facts or [], lenient=lenient)
    if not files:
        _check_tables(check_table(table), table.files, as_json=as_json, judge=not no_issues)
        return
    options, worst = read_settings_options(), 0
    last_year = read_text(previous) if previous else ""
    for file in files:
        try:
            text = read_text(file)
        except DrafterError as error:
            worst = 2
            _report_error(error, as_json=as_json, file=str(file))
            continue
        report = verify(
            text, table if indicators else None, fact_list, options=options, last_year=last_year
        )
        beside: dict[str, Any] = {}
        if previous:
            report, beside = beside_last_year(file, previous, report)
        judged = report_json(report, with_issues=not no_issues)
        if as_json:
            console.emit({"file": str(file), **judged, **beside})
        else:
            _say(report_lines(file.name, text, judged, with_issues=not no_issues))
            _show_likeness(beside)
        if html:
            write_check_page(html, file, text, report, table.files, judge=not no_issues)
        worst = max(worst, 0 if judged["verdict"] == "pass" else 1)
    if worst:
        raise typer.Exit(worst)


def _check_tables(
    issues: Sequence[Any], names: Sequence[str], *, as_json: bool, judge: bool
) -> None:
    from drafter.draft_file import issue_json

    failed = judge and any(issue.level == "error" for issue in issues)
    if as_json:
        console.emit(
            {
                "file": "、".join(names),
                "verdict": "fail" if failed else "pass",
                "counts": {},
                "findings": [],
                "issues": [issue_json(issue) for issue in issues],
            }
        )
    else:
        for issue in issues:
            console.say(f"[{LEVELS[issue.level]}] {issue.rule} {issue.message}")
        console.say(f"指标表核对{'未通过' if failed else '通过'}：问题{len(issues)}处")
    if failed:
        raise typer.Exit(1)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        console.say(line)


def _show_likeness(beside: dict[str, Any]) -> None:
    sections = beside["previous"]["sections"] if beside else []
    if sections:
        console.show_table(
            "与上年总结的相似度（不计数字）",
            ("板块", "相似度", "上年板块"),
            (
                (
                    one["heading"] or "（开头）",
                    f"{one['likeness']:.0%}",
                    "—"
                    if one["previous_heading"] is None
                    else one["previous_heading"] or "（开头）",
                )
                for one in sections
            ),
        )


for command in _COMMANDS:
    app.command(cls=ChineseCommand)(command)
