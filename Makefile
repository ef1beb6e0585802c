# Everything is made here: the environment, the app, the checks. `make` alone lists what there is.

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8501
PREFIX ?= build/image
DATA ?= build/data
WORKERS ?= $(shell nproc)

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.ONESHELL:

.PHONY: help
help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Variables: PYTHON=$(PYTHON) VENV=$(VENV) HOST=$(HOST) PORT=$(PORT) WORKERS=$(WORKERS)"

# --- the environment: each stamp file says what was installed last ---------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("mapapp needs Python 3.11 or newer; this is " + sys.version if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.bench: benchmarks/requirements.txt $(VENV)/.dev
	$(PIP) install --quiet --no-deps --require-hashes -r benchmarks/requirements.txt
	@touch $@

.PHONY: tools
tools:
	@tools/prepare-tests.sh

# --- using it ---------------------------------------------------------------------------------------------------------

.PHONY: run
run: $(VENV)/.runtime  ## start the map on HOST:PORT
	@exec $(BIN)/mapapp serve --host $(HOST) --port $(PORT)

.PHONY: build
build: $(VENV)/.runtime  ## derive geodata/layers from geodata/sources
	$(BIN)/python -m geodata.build

# --- checking it ------------------------------------------------------------------------------------------------------

.PHONY: lint
lint: $(VENV)/.dev  ## format check, lint, types, layers
	@failed=0; for check in "ruff format --check" "ruff check" "mypy" "lint-imports" "hadolint Containerfile"; do
		echo "$$check"
		$(BIN)/$$check || failed=1
	done; exit $$failed

.PHONY: test
test: $(VENV)/.dev tools lint  ## every check and test but the long runs
	$(BIN)/python -m geodata.build --check
	# Two runs: the browser's driver keeps an event loop in its thread, in which other tests could start none.
	spread="--numprocesses=$(WORKERS) --dist=loadfile --cov"
	$(BIN)/python -m pytest --ignore=tests/soak --ignore=tests/browser $$spread --cov-fail-under=0 --cov-report=
	# A busy machine can be late for a browser: what fails there is tried again, and the summary names it (RERUN).
	$(BIN)/python -m pytest tests/browser $$spread --reruns=2 -rR --cov-append --cov-report=term

.PHONY: bench
bench: $(VENV)/.bench tools  ## measure; prints, and keeps the output in docs/measurements
	@tools/measure.sh $(BIN)/python benchmarks/*.py

.PHONY: soak
soak: $(VENV)/.bench tools  ## the long runs and every measurement, kept in docs/measurements
	@tools/measure.sh $(BIN)/python tests/soak benchmarks/*.py
	$(BIN)/python -m geodata.build --validate | tee docs/measurements/validation.txt

.PHONY: format
format: $(VENV)/.dev  ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# --- keeping it -------------------------------------------------------------------------------------------------------

.PHONY: lock
lock: $(VENV)/.dev  ## write the requirement files anew from pyproject.toml (UPGRADE=1 takes newer releases)
	tools/lock.sh $(BIN)/pip-compile $(if $(UPGRADE),--upgrade)

.PHONY: audit
audit: $(VENV)/.dev  ## ask for known vulnerabilities of every pin; 3 means some could not be asked about
	@$(BIN)/python tools/audit.py requirements.txt requirements-dev.txt

.PHONY: sbom
sbom: $(VENV)/.dev  ## write build/sbom.cdx.json, the bill of materials of what runs
	@$(BIN)/python tools/sbom.py build/sbom.cdx.json

# --- the steps of Containerfile, each to be run by hand too -----------------------------------------------------------

.PHONY: image-install
image-install:  ## install for good, without the work tree, into PREFIX
	$(PYTHON) -m venv $(PREFIX)
	$(PREFIX)/bin/python -m pip --disable-pip-version-check install --quiet --no-cache-dir --require-hashes -r requirements.txt
	$(PREFIX)/bin/python -m pip --disable-pip-version-check install --quiet --no-cache-dir --no-deps --no-build-isolation .
	MAPAPP_DATA_DIR=$$(mktemp -d) $(PREFIX)/bin/mapapp doctor

.PHONY: image-run
image-run:  ## serve from PREFIX as nobody, everything read-only but DATA (needs the right to mount)
	@exec tools/read-only.sh $(PREFIX) $(DATA) serve --host $(HOST) --port $(PORT)

.PHONY: clean
clean:  ## remove what the targets made, the environment too
	rm -rf $(VENV) tests/npm/node_modules build dist *.egg-info .coverage .coverage.* \
		.pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
