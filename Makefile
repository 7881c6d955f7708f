# Cluster Atlas. A newcomer needs `make run` and `make test`; both set up .venv first (once).
# Needed: Python 3.11 or newer with its venv module, git, make. Everything else is installed into .venv.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# ONCE=1 lets `run` end after the first answers instead of serving the explorer.
export ONCE
# More arguments for pytest, for example: make test PYTEST_ARGS="tests/web -k picture".
PYTEST_ARGS ?=

# The embedded Cypher engine and what only it needs. No wheel of it exists for some platforms.
CYPHER := ^(arcadedb-embedded|jpype1)==

.DEFAULT_GOAL := help
.PHONY: help setup run test check score bench soak screenshots lock wheel clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{printf "%-12s %s\n", $$1, $$2}'

setup: $(READY)  ## the environment in .venv, with .venv/bin/clusteratlas

run: $(READY)  ## build the bundled documents, print the first answers, serve the explorer (ONCE=1: end there)
	@$(BIN)/clusteratlas first

test: $(READY)  ## the tests; what needs a part that is not installed is skipped and says what to install
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

check: $(READY)  ## style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

score: $(READY)  ## how well the loaders read: docs/quality.md, from the gold set
	@$(BIN)/python -m benchmarks.quality

bench: $(READY)  ## measurements, by hand; writes docs/benchmarks.md
	@$(BIN)/python -m benchmarks bench

soak: $(READY)  ## long runs, by hand
	@$(BIN)/python -m benchmarks soak

screenshots: $(READY)  ## pictures of every page into docs/screenshots
	@$(BIN)/python -m benchmarks.screenshots

wheel: $(READY)  ## dist/*.whl
	@$(BIN)/python -m hatchling build -t wheel -d dist

lock:  ## resolve pyproject.toml again into requirements.lock
	@uv=$$(command -v $(BIN)/uv || command -v uv) || { \
	  python3 -m venv .cache/uv && .cache/uv/bin/python -m pip install -q uv && uv=.cache/uv/bin/uv; } && \
	"$$uv" pip compile --universal --python-version 3.11 --extra cypher --group dev --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet pyproject.toml -o requirements.lock

clean:  ## remove .venv, caches and dist (never a graph)
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis dist

# The stamp makes the second call immediate. A .venv that was interrupted or is too old is made again.
$(READY): requirements.lock pyproject.toml
	@if ! $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	      found=$$python; break; \
	    fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "需要 Python 3.11 或更新的版本（含 venv 模块），此处：$$(python3 --version 2>/dev/null || echo 没有可用的 python3)。" >&2; \
	    echo "Python 3.11 or newer with its venv module is needed." >&2; \
	    echo "  Debian, Ubuntu: apt install python3 python3-venv" >&2; \
	    echo "  or name one:    make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; \
	    exit 1; \
	  fi; \
	  $$found -m venv --clear $(VENV) || exit 1; \
	fi
	@echo "正在安装依赖（仅首次，约一分钟）… / installing the dependencies (once, about a minute) …" >&2
	@awk '/^[^ ]/ {keep = !/$(CYPHER)/} keep' requirements.lock > $(VENV)/base.txt
	@awk '/^[^ ]/ {keep = /$(CYPHER)/} keep' requirements.lock > $(VENV)/cypher.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(VENV)/base.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
	  -r $(VENV)/cypher.txt || { \
	  echo "嵌入式 Cypher 引擎未装上（此平台可能没有安装包）；其余功能照常，Cypher 可用 --cypher-uri bolt://… 。" >&2; \
	  echo "The embedded Cypher engine was not installed; all else works, and --cypher-uri bolt://… reaches a server." >&2; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
