"""A small notation for past summaries: a line `# heading` opens a section, others are paragraphs."""

from pathlib import Path

from drafter.records.summary import Block, PastSummary, Quality, SummarySection

POWER = """# 党建工作
坚持党建引领，开展主题党日活动12次，培训党员230人次。
支部建设更加规范，发展党员3名。
# 工业经济
规模工业增加值增长8.7%，排全市第二。工业用电量完成3.2亿千瓦时。
完成技改投资6.5亿元，增长12.3%，新增规模工业企业15家。
# 信息化建设
建成通信基站175个，数字经济与实体经济加快融合。
# 安全生产
检查企业62家次，整改安全隐患118处，全年未发生一起安全事故。"""


def block(text: str, kind: str = "paragraph", level: int = 0) -> Block:
    return Block(kind=kind, text=text, offsets=tuple(range(len(text))), level=level)  # type: ignore[arg-type]


def sections(text: str) -> tuple[SummarySection, ...]:
    found = []
    for part in text.split("# ")[1:]:
        heading, *paragraphs = part.strip().split("\n")
        found.append(
            SummarySection(
                heading=block(heading, "heading", 1),
                level=1,
                paragraphs=tuple(block(line) for line in paragraphs),
                path=(heading,),
            )
        )
    return tuple(found)


def summary(
    path: Path,
    text: str = POWER,
    *,
    organisation: str = "云岭县工信局",
    year: int | None = 2022,
    score: float = 1.0,
    reasons: tuple[str, ...] = (),
) -> PastSummary:
    """A past summary whose file is at `path` (written here if it is not there)."""
    if not path.exists():
        path.write_text(text, encoding="utf-8")
    tree = sections(text)
    return PastSummary(
        file=str(path),
        source=text,
        title=f"{organisation}{year}年工作总结",
        year=year,
        organisation=organisation,
        blocks=tuple(b for section in tree for b in (section.heading, *section.paragraphs) if b),
        sections=tree,
        quality=Quality(score, reasons),
    )
