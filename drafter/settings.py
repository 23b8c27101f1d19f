"""Settings: `DRAFTER_*` environment variables or `.env`; keys come from the environment only."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from drafter.errors import OperatorError


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
    routine_share: float = Field(default=0.3, ge=0, le=1, description="每板块沿用文字的上限")


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        OperatorError: a value does not fit; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = "；".join(
            f"DRAFTER_{str(one['loc'][0]).upper()}：{one['msg']}" for one in error.errors()
        )
        raise OperatorError(f"设置有误：{lines}") from error


def api_key() -> SecretStr | None:
    """`DRAFTER_API_KEY`, else `OPENAI_API_KEY`; never read from `.env`, never logged."""
    value = os.environ.get("DRAFTER_API_KEY") or os.environ.get("OPENAI_API_KEY")
    return SecretStr(value) if value else None
