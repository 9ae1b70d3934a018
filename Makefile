# `make demo` and `make test` work as the first command in a fresh checkout: they need Python 3.11
# or newer with venv, and make, and nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
SAMPLE := samples/nl-algoritmeregister/1.0

.PHONY: help demo test lint types unit wheel bench samples schemas clean
.DELETE_ON_ERROR:

help:
	@echo "make demo     the main job on the sample export, into demo-output/"
	@echo "make test     everything that must hold: ruff, mypy, pytest, the wheel"
	@echo "make bench    speed and memory beside those of others, into docs/performance.md"
	@echo "make samples  write anew what the sample export becomes"
	@echo "make schemas  write anew what is generated under schemas/"
	@echo "make clean    remove what make has made"

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) install -e .
	@touch $@

.venv/installed-dev: .venv/installed
	$(PIP) install -e '.[dev]'
	@touch $@

demo: .venv/installed
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh samples/demo.sh

test: lint types unit wheel
	@echo "All is well."

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed-dev
	$(BIN)/mypy

unit: .venv/installed-dev
	$(BIN)/python -m pytest -n 2

wheel: .venv/installed-dev
	@PYTHON="$(CURDIR)/$(BIN)/python" sh tests/wheel.sh

# morph-kgc pins old versions of what we use, so it has an environment of its own. A peer that
# cannot be installed is told in the table.
.venv/installed-bench: .venv/installed-dev
	-$(PIP) install -e '.[bench]'
	-$(PYTHON) -m venv .venv-morph && .venv-morph/bin/pip --quiet install morph-kgc
	@touch $@

bench: .venv/installed-bench
	$(BIN)/python -m benchmarks --page

schemas: .venv/installed
	$(BIN)/python -m aiexchange.model.schema
	$(BIN)/python -m aiexchange.formats.eudb.xsd
	$(BIN)/python -m aiexchange.formats.dcat.publishing
	$(BIN)/python -m aiexchange.checks.schematron
	$(BIN)/python -m aiexchange.checks.shapes
	$(BIN)/python -m aiexchange.checks.itb
	$(BIN)/python -m aiexchange.report.rules_page

samples: .venv/installed
	cd $(SAMPLE) && for suffix in jsonl xml ttl; do \
	  "$(CURDIR)/$(BIN)/aiexchange" convert export.csv expected.$$suffix --force 2>/dev/null; done
	cd $(SAMPLE) && "$(CURDIR)/$(BIN)/aiexchange" gaps export.csv --as-of 2026-11-24 \
	  --report json -o expected-gaps.json --force 2>/dev/null

clean:
	rm -rf .venv .venv-morph build dist demo-output .mypy_cache .pytest_cache .ruff_cache .hypothesis
