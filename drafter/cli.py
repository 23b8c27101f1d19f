"""The command line: one command an errand, messages in Chinese, exit codes of the contract.

0 done or passed; 1 failed or refused; 2 the input or the settings cannot be used. Heavy parts
are imported inside the commands, so that a simple errand starts at once.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from drafter import arguments, console
from drafter.errors import DrafterError, OperatorError, Problem, RefusedError, TableError
from drafter.report_view import LEVELS, report_lines

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="起草机关年度工作总结，并逐一核对其中的数字。",
    pretty_exceptions_enable=False,
)

Tables = Annotated[
    list[Path] | None, typer.Option("--indicators", help="指标表（xlsx、csv、json），可给多个")
]
Facts = Annotated[
    list[Path] | None,
    typer.Option("--facts", help="素材表（xlsx、csv、json、docx、txt），可给多个"),
]
AsJson = Annotated[bool, typer.Option("--json", help="每个文件输出一行 JSON")]
Lenient = Annotated[bool, typer.Option("--lenient", help="有问题的行放在一边，不整表退回")]
Knowledge = Annotated[Path | None, typer.Option("--knowledge", help="知识库目录")]
Organisation = Annotated[str, typer.Option("--org", help="单位名称")]
Year = Annotated[int | None, typer.Option("--year", help="总结的年份")]


def main(argv: Sequence[str] | None = None) -> None:
    """Run a command; the process ends with the exit code of the contract."""
    console.prepare_streams()
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        app(args=arguments.spread(given), prog_name="drafter")
    except RefusedError as error:
        _report_error(error, as_json="--json" in given)
        sys.exit(1)
    except DrafterError as error:
        _report_error(error, as_json="--json" in given)
        sys.exit(2)
    except (OSError, UnicodeDecodeError) as error:
        # A file that cannot be opened or written: the system's reason, in one line.
        place = getattr(error, "filename", None) or ""
        reason = getattr(error, "strerror", None) or "编码无法识别"
        _report_error(OperatorError(f"文件“{place}”无法读写：{reason}"), as_json="--json" in given)
        sys.exit(2)


def _report_error(error: DrafterError, *, as_json: bool, file: str | None = None) -> None:
    console.complain(str(error))
    if as_json:
        console.emit({"file": file, "error": error_json(error)})


def error_json(error: DrafterError) -> dict[str, Any]:
    """An error for programs: code, message, and what lies behind it."""
    found: dict[str, Any] = {"code": error.code, "message": str(error)}
    if isinstance(error, TableError):
        found["problems"] = [_problem_json(problem) for problem in error.problems]
    if isinstance(error, RefusedError):
        found["open_points"] = list(error.open_points)
    return found


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "read": problem.read,
        "expected": problem.expected,
    }


@app.command()
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


@app.command()
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
    for file in files:
        try:
            text = read_text(file)
        except DrafterError as error:
            worst = 2
            _report_error(error, as_json=as_json, file=str(file))
            continue
        report = verify(text, table if indicators else None, fact_list, options=options)
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


@app.command()
def template(
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪个 xlsx")],
    *,
    source: Annotated[Path | None, typer.Option("--from", help="去年的指标表或总结")] = None,
) -> None:
    """生成空白指标表和素材表（可带上去年的指标名称和数值）。"""
    from drafter.assembly import blank_table_from
    from drafter.exporting.blank_table import write_blank_table

    write_blank_table(output, table=blank_table_from(source) if source else None)
    console.say(f"已生成：{output}")


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="往年总结（txt、docx）")],
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪个 csv")],
) -> None:
    """从往年总结中摘出指标，生成可修改的指标表。"""
    from drafter.assembly import extract_table

    rows = extract_table(file, output)
    console.say(f"已摘出{rows}个指标，写入{output}；请逐行核对名称后使用。")


@app.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="往年总结（txt、docx）、往年指标表，或其目录")
    ],
    *,
    org: Organisation = "",
    year: Year = None,
    knowledge: Knowledge = None,
    force: Annotated[bool, typer.Option("--force", help="质量过低的文件也收入")] = False,
    as_json: AsJson = False,
) -> None:
    """把往年总结收入知识库；没有变化的文件不会重做。"""
    from drafter.assembly import ingest_paths

    with console.progress("收入知识库") as steps:
        report = ingest_paths(
            paths, organisation=org, year=year, folder=knowledge, force=force, steps=steps
        )
    if as_json:
        console.emit(report.as_json())
        return
    console.say(report.in_words())


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="要找的内容")],
    *,
    org: Organisation = "",
    knowledge: Knowledge = None,
    count: Annotated[int, typer.Option("-n", min=1, max=50, help="最多几条")] = 3,
    as_json: AsJson = False,
) -> None:
    """在知识库中查找往年相近的段落（数字已隐去）。"""
    from drafter.assembly import open_knowledge

    with open_knowledge(knowledge) as base:
        passages = base.search(text, organisation=org or None, k=count)
    for passage in passages:
        if as_json:
            console.emit(
                {
                    "organisation": passage.organisation,
                    "year": passage.year,
                    "section": passage.section,
                    "text": passage.masked,
                    "source": passage.source,
                    "score": passage.score,
                }
            )
        else:
            console.say(
                f"【{passage.organisation} {passage.year or ''} {passage.section}】{passage.masked}"
            )
    if not passages and not as_json:
        console.say("知识库中没有相近的段落；请先用 drafter ingest 收入往年总结。")


@app.command()
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


@app.command()
def refresh(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    indicators: Annotated[list[Path], typer.Option("--indicators", help="新的指标表")],
    facts: Facts = None,
    out: Annotated[Path | None, typer.Option("--out", help="输出目录，默认原处")] = None,
    as_json: AsJson = False,
) -> None:
    """指标表有修改时更新草稿：数字、位次、升降随表而变，不改文字。"""
    from drafter.assembly import refresh_draft

    outcome = refresh_draft(file, tuple(indicators), tuple(facts or ()), out or file.parent)
    if as_json:
        console.emit(outcome.as_json())
        return
    console.say(outcome.in_words())


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    clean: Annotated[bool, typer.Option("--clean/--review", help="印发稿或审校稿")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪个 docx")] = None,
) -> None:
    """由草稿写出 Word 文件；还有未决事项时不写印发稿。"""
    from drafter.assembly import export_draft

    written = export_draft(file, clean=clean, output=output)
    console.say(f"已写出：{written}")
