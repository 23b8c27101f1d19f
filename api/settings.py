"""What the operator of the service may set: `DRAFTER_API_*` environment variables or `.env`."""

import os
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.invalid import words_of
from drafter.errors import OperatorError


class ApiSettings(BaseSettings):
    """Defaults serve one machine: SQLite and files in one folder, loopback alone."""

    model_config = SettingsConfigDict(env_prefix="DRAFTER_API_", env_file=".env", extra="ignore")

    data: Path = Field(
        default=Path(".drafter/service"), description="数据目录：数据库、上传的原件、知识库"
    )
    database: str = Field(default="", description="数据库地址；不设则用数据目录中的 SQLite")
    host: str = Field(default="127.0.0.1", description="监听地址")
    port: int = Field(default=8321, ge=1, le=65535, description="监听端口")
    upload_bytes: int = Field(default=20_000_000, ge=1_000, description="一次上传最多多少字节")
    body_bytes: int = Field(default=1_000_000, ge=1_000, description="一个 JSON 请求最多多少字节")
    requests_a_minute: int = Field(default=600, ge=1, description="每个令牌每分钟最多多少次请求")
    attempts_a_minute: int = Field(
        default=10, ge=1, description="每个地址每分钟最多几次无效令牌，超过后一律拒绝"
    )
    drafts_a_day: int = Field(default=200, ge=0, description="每个令牌每天最多起草几份")
    rewrites_a_day: int = Field(default=1_000, ge=0, description="每个令牌每天最多请模型改写几次")
    upload_bytes_a_day: int = Field(
        default=1_000_000_000, ge=0, description="每个令牌每天最多上传多少字节"
    )
    proxies: str = Field(
        default="", description="反向代理的地址或网段，空格分开；只信它们写的 X-Forwarded-For"
    )
    https: bool = Field(default=False, description="对外只用 https（由反向代理提供），加 HSTS")
    origins: str = Field(default="", description="允许跨域访问的来源，空格分开；默认不允许")
    model: str = Field(default="", description="写草稿的模型，如 openai:模型名；不设则只能离线起草")
    executor: str = Field(default="embedded", description="本进程的名字，重启后不变，各进程不同")
    sample: bool | None = Field(
        default=None,
        description="首次启动时载入示例单位；不设则只在本机、用 SQLite 时载入",
    )
    workers: int = Field(default=2, ge=1, le=32, description="同时进行几个起草任务")
    embedded_worker: bool = Field(
        default=True, description="随服务启动一个工作进程；不用则另以 python -m api work 启动"
    )
    judge_beside: bool = Field(default=True, description="在单独的进程里核对文字，别的请求不必等它")
    job_minutes: int = Field(default=60, ge=1, le=1440, description="一个任务最多运行多少分钟")
    oidc_issuer: str = Field(default="", description="统一登录（OIDC）签发方的地址；不设则不用")
    oidc_audience: str = Field(default="", description="登录凭证须是签给谁的（aud）")
    oidc_organisation_claim: str = Field(default="organisation", description="哪一项写单位")
    oidc_role_claim: str = Field(default="role", description="哪一项写角色，可以有几个")
    oidc_name_claim: str = Field(default="name", description="哪一项写姓名")
    oidc_roles: str = Field(default="", description="对方的角色=本服务的角色，空格分开")
    oidc_creates: bool = Field(default=False, description="没有的单位，第一次来人时新建")
    oidc_authorities: Path | None = Field(
        default=None, description="信任的根证书文件；不设则用系统的"
    )

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return self.database or f"sqlite:///{(self.data / 'service.db').resolve()}"


def environment_of(settings: ApiSettings) -> dict[str, str]:
    """The environment of this process with the settings as a process beside it reads them."""
    values = settings.model_dump(mode="json")
    given = {name: value for name, value in values.items() if value is not None}
    return {
        **os.environ,
        **{f"DRAFTER_API_{name.upper()}": str(one) for name, one in given.items()},
    }


def load_api_settings() -> ApiSettings:
    """The settings of this process.

    Raises:
        OperatorError: a value does not fit; the message names it.
    """
    try:
        return ApiSettings()
    except ValidationError as error:
        lines = "；".join(
            f"DRAFTER_API_{str(one['loc'][0]).upper()}：{words_of(one)}，读到“{one['input']}”"
            for one in error.errors()
        )
        raise OperatorError(f"设置有误：{lines}") from error
