# The two commands a newcomer needs: `make demo` and `make test`. The rest is for those who build it.
SHELL := /bin/bash
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LUOSHI_PORT ?= 8000

.PHONY: install demo reset test check browser prove bench lock messages format clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml scripts/build_hook.py scripts/messages.py $(wildcard src/luoshi/locale/en/*.po)
	@test -x $(BIN)/python || python3.11 -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $(STAMP)

demo: install
	@LUOSHI_PORT=$(LUOSHI_PORT) $(BIN)/luoshi demo

reset: install
	@$(BIN)/luoshi demo --reset --no-serve

test: install
	$(BIN)/pytest -n 2 -q -m "not browser and not prove"

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/luoshi manage makemigrations --check --dry-run
	$(BIN)/python scripts/messages.py check

browser: install
	$(BIN)/pytest -q -m browser tests/browser/test_smooth.py  # alone: it counts CPU
	$(BIN)/pytest -n 2 --dist loadfile -q -m browser --ignore=tests/browser/test_smooth.py \
	  tests/browser src/luoshi/office/tests/test_docx_out.py

prove: install
	$(BIN)/pytest -q -m prove
	scripts/with-postgres $(BIN)/pytest -q -m prove tests/proofs

bench: install
	$(BIN)/python -m benchmarks

messages: install
	$(BIN)/python scripts/messages.py update
	$(BIN)/python scripts/messages.py compile

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Addresses of registries never appear in the lock: only names, versions and digests.
lock:
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -o requirements.lock
