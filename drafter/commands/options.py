"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

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
Out = Annotated[Path | None, typer.Option("-o", "--out", help="输出目录，默认原处")]
Model = Annotated[str, typer.Option("--model", help="offline，或 openai:模型名（兼容接口）")]
BaseUrl = Annotated[str, typer.Option("--base-url", help="模型接口地址，如 http://主机/v1")]
