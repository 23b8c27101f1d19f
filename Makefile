# Everything a newcomer, a colleague and the CI run. `make help` explains itself.
# The environment lives in .venv; it is made anew only when the lock or the project file changes.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready
OUT ?= out
# xdist pays off from two cores on; one worker a core. A file stays with one worker: services and
# databases are started once a file. In the order of the folders: the longest files, of the
# service, come first, and both workers end together.
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help install draft test heavy check format bench serve lock clean

help: ## 本页：列出全部命令 / list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(READY) ## 建立运行环境 / make the environment (.venv)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本：make PYTHON=python3.12 …"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "无法建立虚拟环境；Debian/Ubuntu 请先 apt-get install python3-venv"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-bootstrap.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $(READY)

draft: $(READY) ## 用示例单位起草一份总结 / draft the sample bureau's summary, no key needed
	@$(BIN)/python -m drafter ingest knowledge_base/summaries knowledge_base/tables --org 云岭县科技和工业信息化局 --knowledge $(OUT)/knowledge
	@$(BIN)/python -m drafter draft --indicators knowledge_base/tables/2024年指标表.xlsx --facts knowledge_base/facts/2024年素材表.xlsx --org 云岭县科技和工业信息化局 --knowledge $(OUT)/knowledge --out $(OUT)

test: $(READY) ## 测试（5 分钟内） / the tests, in five minutes
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder

heavy: $(READY) ## 费时的测试（8 分钟内） / the tests and variants that take long
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder -m heavy

check: $(READY) ## 风格与类型检查 / lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(READY) ## 整理代码格式 / format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) ## 速度比值 / speed as ratios of two things in one run
	@$(BIN)/python -m eval speed

serve: $(READY) ## 启动服务 / start the service
	@$(BIN)/python -m api serve

lock: ## 重新锁定依赖 / pin the dependencies anew (needs uv)
	uv lock --upgrade
	uv export --quiet --format requirements-txt --no-emit-project --all-groups --no-header -o requirements.lock
	rm -f uv.lock

clean: ## 删除环境与产物 / remove environment and output
	rm -rf $(VENV) $(OUT) .mypy_cache .ruff_cache .pytest_cache
