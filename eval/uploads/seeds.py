"""Sound files of our own invention, which the attacks are made from."""

import io
import json
from functools import cache
from typing import Any

import docx
from openpyxl import Workbook

HEAD = ("编号", "指标名称", "所属板块", "本期", "单位", "同比(%)", "采用")
ROWS = (
    ("A1", "工业投资", "工业经济", 208.6, "亿元", 28.2, "必报"),
    ("A2", "技改投资", "工业经济", 79.8, "亿元", -5.7, ""),
    ("A3", "高新技术企业", "科技创新", 46, "家", 12.2, "必报"),
    ("A4", "5G基站", "信息化", 1215, "个", 9.4, ""),
)
FACT_HEAD = ("编号", "板块", "类型", "时间", "要点")
FACTS = (
    ("F01", "工业经济", "项目", "2024年5月", "青杉铜箔二期项目于5月开工建设，总投资12.5亿元"),
    ("F02", "科技创新", "举措", "2024年9月", "举办成果对接会3场，签约合作18项"),
)
PARAGRAPHS = (
    "云岭县科技局2023年工作总结",
    "一、工业经济稳中有进",
    "全年完成工业投资162.7亿元，增长12.1%。加强运行调度，落实分片联系制度，协调解决问题35个。",
    "二、科技创新扎实推进",
    "新增高新技术企业5家，总数达41家。举办成果对接会3场，签约合作18项，合同金额2.3亿元。",
    "三、存在问题",
    "一是产业链条不够长，二是创新平台偏少，三是服务企业的方式还不够多。",
    "四、下一步打算",
    "继续抓好项目建设，做好企业服务，推动各项工作再上新台阶。",
)

_OUTLINE = """title: 云岭县科技局2024年工作总结
sections:
  - heading: 工业经济
    kind: 工作
  - heading: 科技创新
"""


@cache
def seed(kind: str) -> tuple[str, bytes]:
    """Name and bytes of a sound file.

    Args:
        kind: `table.xlsx`, `table.csv`, `table.json`, likewise `facts`; `text.docx`, `text.txt`, `outline.yaml`.
    """
    what, _, suffix = kind.partition(".")
    if what == "outline":
        return "提纲.yaml", _OUTLINE.encode()
    if what == "text":
        name = f"2023年工作总结.{suffix}"
        return name, _docx() if suffix == "docx" else "\n".join(PARAGRAPHS).encode()
    head, rows = (HEAD, ROWS) if what == "table" else (FACT_HEAD, FACTS)
    return f"2024年表.{suffix}", {"xlsx": _xlsx, "csv": _csv, "json": _json}[suffix](head, rows)


def workbook(cells: dict[str, Any], merged: tuple[str, ...] = ()) -> bytes:
    """A workbook of the sound table with some cells beside it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new book has one
    for row in (HEAD, *ROWS):
        sheet.append(row)
    for place, value in cells.items():
        sheet[place] = value
    for area in merged:
        sheet.merge_cells(area)
    return _saved(book)


def _xlsx(head: tuple[Any, ...], rows: tuple[tuple[Any, ...], ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new book has one
    for row in (head, *rows):
        sheet.append(row)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _csv(head: tuple[Any, ...], rows: tuple[tuple[Any, ...], ...]) -> bytes:
    return "\n".join(",".join(str(one) for one in row) for row in (head, *rows)).encode()


def _json(head: tuple[Any, ...], rows: tuple[tuple[Any, ...], ...]) -> bytes:
    return json.dumps(
        [dict(zip(map(str, head), row, strict=True)) for row in rows], ensure_ascii=False
    ).encode()


def _docx() -> bytes:
    document = docx.Document()
    for number, paragraph in enumerate(PARAGRAPHS):
        if number and len(paragraph) < 20:
            document.add_heading(paragraph, 1)
        else:
            document.add_paragraph(paragraph)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "指标"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
