# `make handouts` builds, `make test` tests; both set up what they need, once.
# COURSE=~/course names another course, SESSION=7 one session, ARGS="…" passes options.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python build.py $(if $(COURSE),--course "$(COURSE)")

.DEFAULT_GOAL := help
.PHONY: help handouts all check model doctor clean test lint e2e

help:
	@echo "make handouts   build the handouts       make all      build everything"
	@echo "make check      check the course         make model    a session as JSON (SESSION=7)"
	@echo "make doctor     what the machine lacks   make clean    remove what was built"
	@echo "make test       lint, types and tests    make e2e      slow end-to-end scripts"
	@echo 'COURSE=~/course  SESSION=7  ARGS="--paper letter"'

$(VENV)/runtime.stamp: pyproject.toml constraints.txt tools/setup.sh
	@PYTHON="$(PYTHON)" sh tools/setup.sh runtime

$(VENV)/test.stamp: $(VENV)/runtime.stamp
	@PYTHON="$(PYTHON)" sh tools/setup.sh test

handouts all: $(VENV)/runtime.stamp
	@$(RUN) $@ $(SESSION) $(ARGS)

check doctor clean: $(VENV)/runtime.stamp
	@$(RUN) $@ $(ARGS)

model: $(VENV)/runtime.stamp
	@$(RUN) model $(SESSION) $(ARGS)

lint: $(VENV)/test.stamp
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

test: lint
	@$(VENV)/bin/python -m pytest $(ARGS)

e2e: $(VENV)/test.stamp
	@set -e; for script in tests/e2e/*.py; do echo "$$script"; $(VENV)/bin/python "$$script"; done
	@set -e; for script in tests/e2e/*.sh; do echo "$$script"; bash "$$script"; done
