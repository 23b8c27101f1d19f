"""Figures of several years as pictures for print: the one seam to matplotlib.

Black and white by design: past years hatched, this year solid, each bar with its value. The values
are printed as the tables have them; only the bars are drawn from floats. The same series give the
same bytes on one machine. Costs a second to import: only where charts are asked for.
"""

import io
import math
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font

from drafter.errors import OperatorError
from drafter.records.quantity import plain
from drafter.records.series import Series

WIDTH_MM = 150
ROW_MM = 50
DOTS_AN_INCH = 200
_COLUMNS = 2
_MM_AN_INCH = 25.4
# Chinese fonts of Windows, of Kylin and UOS, of macOS, of Debian.
_FONTS = (
    "FangSong", "仿宋", "SimSun", "SimHei", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Serif CJK SC",
    "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "AR PL SungtiL GB",
    "AR PL UMing CN", "AR PL UKai CN", "Songti SC", "STSong", "PingFang SC", "FZFangSong-Z02",
)  # fmt: skip


def chart(series: Sequence[Series], fonts: Sequence[str] = ()) -> bytes:
    """A PNG with a panel for each series, two side by side.

    Args:
        series: One to four.
        fonts: Preferred font names, before the usual Chinese ones.

    Raises:
        OperatorError: this machine has no font with the characters.
    """
    words = "".join(one.name + one.unit + one.period for one in series) + "年（）0123456789"
    font = _font(tuple(fonts), frozenset(words))
    rows = math.ceil(len(series) / _COLUMNS)
    columns = min(len(series), _COLUMNS)
    # Whatever a user has set for his own plots must not change a print.
    with mpl.rc_context(mpl.rcParamsDefault):
        figure = Figure(figsize=(WIDTH_MM / _MM_AN_INCH, rows * ROW_MM / _MM_AN_INCH))
        FigureCanvasAgg(figure)
        axes = figure.subplots(rows, columns, squeeze=False)
        for number, one in enumerate(series):
            _panel(axes[number // _COLUMNS][number % _COLUMNS], one, font)
        for number in range(len(series), rows * columns):
            axes[number // _COLUMNS][number % _COLUMNS].set_axis_off()
        figure.tight_layout(pad=1.2)
        stream = io.BytesIO()
        figure.savefig(stream, format="png", dpi=DOTS_AN_INCH, metadata={"Software": None})
    return stream.getvalue()


def size_mm(series: Sequence[Series]) -> tuple[int, int]:
    """Width and height of the picture."""
    return WIDTH_MM, ROW_MM * math.ceil(len(series) / _COLUMNS)


def _panel(axes: Axes, series: Series, font: Path) -> None:
    """Bars of one series: past years hatched, the last one solid, values above them."""
    small, large = (FontProperties(fname=font, size=size) for size in (8, 9))
    years = [str(year) for year, _ in series.points]
    values = [float(value) for _, value in series.points]
    past = len(values) - 1
    axes.bar(years[:past], values[:past], width=0.55, color="white", edgecolor="black", hatch="///")
    axes.bar(years[past:], values[past:], width=0.55, color="0.25", edgecolor="black")
    for place, (_, value) in enumerate(series.points):
        _label(axes, place, value, small)
    period = f"，{series.period}" if series.period != "全年" else ""
    unit = f"（{series.unit}{period}）" if series.unit else f"（{series.period}）"
    axes.set_title(series.name + unit, fontproperties=large)
    axes.axhline(0, color="black", linewidth=0.6)
    axes.margins(y=0.18)
    axes.set_yticks([])
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_visible(min(values) >= 0)
    for label in axes.get_xticklabels():
        label.set_fontproperties(small)


def _label(axes: Axes, place: int, value: Decimal, font: Any) -> None:
    above = value >= 0
    axes.annotate(
        plain(value),
        (place, float(value)),
        xytext=(0, 2 if above else -2),
        textcoords="offset points",
        ha="center",
        va="bottom" if above else "top",
        fontproperties=font,
    )


@lru_cache(maxsize=8)
def _font(preferred: tuple[str, ...], needed: frozenset[str]) -> Path:
    """The file of the first font that has all the characters."""
    files: dict[str, list[str]] = {}
    for entry in fontManager.ttflist:
        files.setdefault(entry.name, []).append(entry.fname)
    for name in (*preferred, *_FONTS):
        for file in sorted(files.get(name, ())):
            try:
                known = get_font(file).get_charmap()
            except (OSError, RuntimeError):
                continue  # a damaged font file is none
            if all(ord(one) in known for one in needed):
                return Path(file)
    raise OperatorError(
        "本机没有能显示这些汉字的字体，画不出历年图。请安装仿宋、宋体或 fonts-noto-cjk 后再试，或不加 --charts"
    )
