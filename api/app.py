"""The FastAPI application: routes, guards and errors put together.

`create_app` is given its settings and its database; the drafter's own settings are read once.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    generate_latest,
)
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api import problems
from api.access import gate_of
from api.guards import OPENAPI, Counted, Guards
from api.jobs import QUEUED, RUNNING, jobs_in_hand, workers_alive
from api.judging import Judge
from api.problems import MEDIA_TYPE, ProblemBody
from api.routes import (
    administration,
    changes,
    checks,
    drafts,
    exports,
    jobs,
    materials,
    proposals,
    sections,
    stages,
    summaries,
    versions,
)
from api.service import Service
from api.settings import ApiSettings
from api.storage.database import Database
from api.wording import worded
from api.work.embedded import EmbeddedWorker
from drafter.settings import load_settings

VERSION = "0.1.0"
SERVER: dict[str, Any] = {"server_header": False, "proxy_headers": False}
"""How uvicorn is to run: whose word is taken for an address is for `api.limiting` to say."""
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemBody, "content": {MEDIA_TYPE: {}}, "description": words}
    for status, words in (
        (400, "请求有误"),
        (401, "没有有效的令牌"),
        (403, "角色没有这项权限"),
        (404, "没有这个资源"),
        (413, "内容过大"),
        (422, "内容无法使用；指标表、素材表的全部问题连同单元格一并列出"),
        (429, "请求过多"),
        (503, "只有运维人员能处理"),
    )
}


def create_app(settings: ApiSettings, database: Database) -> FastAPI:
    """The application over a prepared database.

    Args:
        settings: Limits and places.
        database: With the newest schema.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        judge: Judge | None = app.state.service.judge
        beside = [one for one in (app.state.worker, judge) if one is not None]
        for one in beside:
            one.start()
        yield
        for one in beside:
            await run_in_threadpool(one.close)

    app = FastAPI(
        lifespan=lifespan,
        title="工作总结起草与核对",
        version=VERSION,
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        openapi_url=OPENAPI,
        responses=_ERRORS,
        separate_input_output_schemas=False,
    )
    judge = Judge(settings) if settings.judge_beside else None
    app.state.service = Service(settings, database, load_settings(), judge)
    app.state.worker = EmbeddedWorker(settings) if settings.embedded_worker else None
    problems.install(app)
    for routes in (
        materials.router(materials.TABLE),
        materials.router(materials.FACTS),
        materials.router(materials.OUTLINE),
        summaries.routes,
        drafts.routes,
        sections.routes,
        versions.routes,
        proposals.routes,
        changes.routes,
        stages.routes,
        exports.routes,
        jobs.routes,
        checks.routes,
        administration.routes,
    ):
        app.include_router(routes)
    _watched(app)
    app.add_middleware(Guards, gate=gate_of(settings, database), settings=settings)
    # Outside the guards: a browser asks what is allowed without a token.
    if settings.origins.split():
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins.split(),
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-Match"],
            expose_headers=["ETag", "Location", "Retry-After", "X-Request-ID"],
        )
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    return app


def _watched(app: FastAPI) -> None:
    """Health, readiness and metrics: for whoever runs the service, without a token."""
    registry = CollectorRegistry()
    counted = Counter(
        "drafter_requests_total", "Requests by method and status", ("method", "status"),
        registry=registry,
    )  # fmt: skip

    waiting = Gauge("drafter_jobs", "Jobs that wait or run", ("state",), registry=registry)
    workers = Gauge("drafter_workers", "Workers heard of lately", registry=registry)

    app.add_middleware(Counted, counter=counted)

    @app.get("/health", summary="进程是否活着", operation_id="health", tags=["运维"])
    def health() -> dict[str, str]:
        return {"status": "ok", "version": VERSION}

    @app.get("/ready", summary="能否接受请求", operation_id="ready", tags=["运维"])
    def ready(request: Request) -> dict[str, str]:
        service: Service = request.app.state.service
        service.probe()
        return {"status": "ready"}

    @app.get(
        "/metrics",
        summary="运行指标（Prometheus）",
        operation_id="metrics",
        tags=["运维"],
        response_class=Response,
        responses={200: {"content": {"text/plain": {}}}},
    )
    def metrics(request: Request) -> Response:
        _take_stock(request.app.state.service, waiting, workers)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _take_stock(service: Service, waiting: Gauge, workers: Gauge) -> None:
    """Counts jobs and workers as the database has them now."""
    with service.database.reading() as session:
        counts = jobs_in_hand(session)
        workers.set(workers_alive(session))
    for state in (QUEUED, RUNNING):
        waiting.labels(state).set(counts[state])


def _document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: errors as problem+json alone, tokens as the one scheme."""
    if app.openapi_schema is None:
        document = FastAPI.openapi(app)
        document.setdefault("components", {})["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer"}
        }
        for path, operations in document["paths"].items():
            for operation in operations.values():
                _of_operation(operation, path)
        app.openapi_schema = worded(document)
    return app.openapi_schema


def _of_operation(operation: dict[str, Any], path: str) -> None:
    if path.startswith("/v1/"):
        operation["security"] = [{"token": []}]
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            schema = {"$ref": "#/components/schemas/ProblemBody"}
            answer["content"] = {MEDIA_TYPE: {"schema": schema}}
