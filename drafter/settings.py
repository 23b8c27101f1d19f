"""Settings: `DRAFTER_*` environment variables or `.env`; keys come from the environment only."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from drafter.errors import OperatorError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class Settings(BaseSettings):
    """What the operator may set; every value has a default that works without a network."""

    model_config = SettingsConfigDict(env_prefix="DRAFTER_", env_file=".env", extra="ignore")

    knowledge: Path = Field(default=Path(".drafter/knowledge"), description="知识库目录")
    embeddings: str = Field(default="offline", description="offline，或 openai:模型名（兼容接口）")
    embeddings_base_url: str | None = Field(default=None, description="嵌入接口地址")
    quality_threshold: float = Field(
        default=0.6, ge=0, le=1, description="低于此分的往年总结不入库"
    )
    page_profile: str = Field(default="gbt9704", description="版式名称或 YAML 文件")
    ai_mark: Literal["off", "text", "property"] = Field(
        default="off",
        description="是否注明“AI辅助起草”：off 不注，text 注在落款之后，property 写入文件属性",
    )
    open_dates_fail: bool = Field(default=False, description="无法核实的事件日期是否算不通过")
    previous_like: float = Field(
        default=0.6, ge=0, le=1, description="与上年比较：句子相似到多少算同一句"
    )
    previous_unchanged: float = Field(
        default=0.9, ge=0, le=1, description="与上年比较：句子相似到多少算没有改动"
    )
    previous_section: float = Field(
        default=0.7, ge=0, le=1, description="与上年比较：板块相似到多少要提示"
    )
    fact_points: Literal["auto", "all", "off"] = Field(
        default="auto",
        description="名称、荣誉、事件等是否核对：auto 有素材表时核对，all 总是，off 不核对",
    )
    blocking_points: str = Field(
        default="honour title document person meeting wording",
        description="哪些类型无据时不得印发，空格分开（另有 quoted list event quantifier judgement）",
    )
    standing: Path | None = Field(default=None, description="本单位常用名称表（YAML）")
    prompts: Path | None = Field(default=None, description="提示词目录，不设则用自带的")
    base_url: str = Field(default="", description="模型接口地址（--base-url 优先）")
    model_first_token: float = Field(
        default=60, gt=0, le=600, description="等模型说第一个字，最多多少秒"
    )
    model_between_tokens: float = Field(
        default=20, gt=0, le=600, description="模型两次说话之间，最多多少秒"
    )
    model_call: float = Field(default=300, gt=0, le=3600, description="一次调用最多多少秒")
    model_pace: float = Field(
        default=1, ge=0, le=10_000, description="开始说话后每秒至少多少字，再慢算停住"
    )
    model_patience: float = Field(default=45, ge=0, le=600, description="开始多少秒之后不再重试")
    model_attempts: int = Field(default=3, ge=1, le=10, description="一次调用最多试几次")
    model_backoff: float = Field(
        default=1, ge=0, le=60, description="第一次重试之前等多少秒，以后加倍"
    )
    model_characters: int = Field(
        default=40_000, ge=1_000, le=1_000_000, description="一次回答最多收多少个字符"
    )
    model_context: int = Field(
        default=32_000, ge=4_000, le=2_000_000, description="模型的上下文长度（词元）"
    )
    model_parallel: int = Field(default=8, ge=1, le=64, description="最多同时写几个板块")
    model_rounds: int = Field(default=2, ge=0, le=5, description="一个板块最多请模型改几轮")
    model_temperature: float = Field(default=0.3, ge=0, le=2, description="模型的温度")
    model_prices: Path | None = Field(default=None, description="模型价格表（YAML）")
    model_cache: Path | None = Field(
        default=None, description="保存模型回答的目录；设了，同样的请求不再调用"
    )


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        OperatorError: a value does not fit; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = "；".join(_told(one) for one in error.errors())
        raise OperatorError(f"设置有误：{lines}") from error


def _told(error: "ErrorDetails") -> str:
    """A value that does not fit, with what is allowed."""
    name, context = str(error["loc"][0]).upper(), error.get("ctx", {})
    allowed = _ALLOWED.get(error["type"], "")
    if error["type"] == "literal_error":
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", "、")
    allowed = allowed.format(**context) if allowed else str(error["msg"])
    return f"DRAFTER_{name}：应为{allowed}，读到“{error['input']}”"


_ALLOWED = {
    "int_parsing": "整数",
    "int_from_float": "整数",
    "float_parsing": "数",
    "bool_parsing": "true 或 false",
    "greater_than": "大于{gt}的数",
    "greater_than_equal": "不小于{ge}的数",
    "less_than": "小于{lt}的数",
    "less_than_equal": "不大于{le}的数",
    "finite_number": "有限的数",
}
"""Kind of misfit -> what is allowed, in Chinese."""


def api_key() -> SecretStr | None:
    """`DRAFTER_API_KEY`, else `OPENAI_API_KEY`; never read from `.env`, never logged."""
    value = os.environ.get("DRAFTER_API_KEY") or os.environ.get("OPENAI_API_KEY")
    return SecretStr(value) if value else None
