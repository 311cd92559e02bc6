# `make run` shows what entrepot does, `make test` checks that it does it. Both need nothing but a
# Python with venv: everything else goes into .venv, by uv where there is one and by pip elsewhere.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := $(shell command -v uv 2>/dev/null)

.PHONY: run test lint format types layers bench screenshots clean help
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: $(READY) ## a real program under `entrepot run`, then the tour
	$(BIN)/entrepot run -m IPython --no-banner --colors=NoColor -c "import entrepot, numpy; print('numpy', numpy.__version__, 'in IPython, imported by', type(numpy.__spec__.loader).__module__)"
	$(BIN)/entrepot run examples/tour.py

test: $(READY) ## the whole suite on this interpreter, its own import tests included
	$(BIN)/python -m pytest $(ARGS)

lint: $(READY) ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## rewrite the code in the project's format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(READY) ## every figure of the documentation, beside its peers (an hour; ARGS=--fast a quarter)
	$(BIN)/python -m benchmarks --document $(ARGS)

screenshots: $(READY) ## the pictures of the documentation, by Chromium
	$(BIN)/python -m pytest -q tests/browser/test_pictures.py --screenshots

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
ifeq ($(UV),)
	$(BIN)/python -m pip install -q --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install -q -e '.[cli,test]' --group dev
else
	$(UV) pip install -q --python $(BIN)/python -e '.[cli,test]' --group dev
endif
	touch $@

clean: ## remove what was made
	rm -rf $(VENV) .nox build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .ci/out benchmarks/out
