# `make handouts` builds, `make test` tests; both set up what they need, once.
# COURSE=~/course names another course, SESSION=7 one session, ARGS="…" passes options.
PYTHON ?= python3
VENV := .venv
# The environment is of its own: what other programs put before its libraries has no part in it.
unexport PYTHONPATH PYTHONHOME

# A value as one word of the shell, whatever spaces and quotes are in it; ~/ is the home folder.
quoted = '$(subst ','\'',$(1))'
homely = $(subst <start>,,$(subst <start>~/,$(HOME)/,<start>$(1)))
RUN = $(VENV)/bin/python build.py $(if $(COURSE),--course $(call quoted,$(call homely,$(COURSE))))
ONE = $(if $(SESSION),$(call quoted,$(call homely,$(SESSION))))

# make knows by the stamps what is set up; each is written last.
SET_UP = @command -v "$(PYTHON)" >/dev/null || \
	{ echo "$(PYTHON) is not there: install Python 3.11 or newer (Debian: apt-get install python3)" >&2; exit 1; }; \
	"$(PYTHON)" tools/setup.py

.DEFAULT_GOAL := help
.PHONY: help handouts worksheets slides guides answers workbook run-book schedule site all check release changes model times new explain extras serve lsp doctor clean test slow lint golden e2e soak pictures bench

help:
	@echo "make handouts   build the handouts       make all      build everything"
	@echo "make worksheets build the worksheets     make answers  build the answer keys"
	@echo "make guides     build the guides         make slides   build the decks"
	@echo "make site       the course's web pages"
	@echo "make schedule   the calendar of the course's days"
	@echo "make workbook   the learners' book        make run-book the facilitator's book of the course"
	@echo "make check      check the course         make model    a session as JSON (SESSION=7)"
	@echo "make times      planned minutes          make explain  what a finding means (CODE=C203)"
	@echo "make new        a course or a session    (ARGS='course ~/tea', ARGS='session \"Title\"')"
	@echo "make doctor     what the machine lacks   make clean    remove what was built"
	@echo "make lsp        the server for editors"
	@echo "make test       lint, types and tests    make lint     lint and types only"
	@echo "make slow       tests of some seconds    make e2e      tests of whole courses and machines"
	@echo "make pictures   the README's pictures"
	@echo "make extras     extras a course wants    make serve    pages in the browser, on every save"
	@echo "make release    archives of a version    make changes  what changed since one"
	@echo "                (ARGS=1.4)                             (ARGS='--since 1.3')"
	@echo "make bench      builds beside others, timed make golden   what tests expect, anew"
	@echo 'COURSE=~/course  SESSION=7  ARGS="--paper letter"'

# A Python that is named (PYTHON=python3.12) and is not the one that .venv is of makes it anew; where none
# is named, .venv stays as it is.
ifneq ($(origin PYTHON),file)
ifneq ($(wildcard $(VENV)/bin/python),)
which = $(shell "$(1)" tools/setup.py python 2>/dev/null)
ANEW := $(if $(filter-out "$(call which,$(VENV)/bin/python)","$(call which,$(PYTHON))"),anew)
endif
endif
.PHONY: anew

$(VENV)/runtime.stamp: pyproject.toml constraints.txt tools/setup.py $(ANEW)
	$(SET_UP) runtime $(ANEW)

$(VENV)/test.stamp: $(VENV)/runtime.stamp
	$(SET_UP) test

$(VENV)/preview.stamp: $(VENV)/runtime.stamp
	$(SET_UP) preview

$(VENV)/bench.stamp: $(VENV)/runtime.stamp
	$(SET_UP) bench

handouts worksheets slides guides answers site all: $(VENV)/runtime.stamp
	@$(RUN) $@ $(ONE) $(ARGS)

workbook run-book check clean schedule release changes: $(VENV)/runtime.stamp
	@$(RUN) $@ $(ARGS)

# Those that the course wants, and those named (ARGS="editor preview"); each is set up once.
extras: $(VENV)/runtime.stamp
	@$(RUN) $@ --set-up $(ARGS)

lsp: $(VENV)/runtime.stamp
	@$(RUN) lsp $(ARGS)

# The doctor needs nothing but Python: it tells what keeps the set-up from working.
doctor:
	@PYTHONPATH=. "$$([ -x $(VENV)/bin/python ] && echo $(VENV)/bin/python || echo $(PYTHON))" -m courseware.doctor

serve: $(VENV)/preview.stamp
	@$(RUN) $@ $(ONE) $(ARGS)

model times: $(VENV)/runtime.stamp
	@$(RUN) $@ $(ONE) $(ARGS)

new: $(VENV)/runtime.stamp
	@$(RUN) new $(ARGS)

explain: $(VENV)/runtime.stamp
	@$(RUN) explain $(CODE) $(ARGS)

lint: $(VENV)/test.stamp
	@$(VENV)/bin/python -m ruff check .
	@$(VENV)/bin/python -m ruff format --check .
	@$(VENV)/bin/python -m mypy
	@$(VENV)/bin/lint-imports --no-logo

# Tests see nothing of the shell that they are called from: no variable that turns Python, languages,
# clocks or folders another way, and a home folder of their own. Where pip finds packages stays.
ALONE = @home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && pip=$$(ls "$$HOME"/.config/pip/pip.conf \
	"$$HOME"/.pip/pip.conf 2>/dev/null | head -n 1) && env $$(env | \
	sed -nE 's/^((PYTHON|LC_|XDG_)[A-Za-z0-9_]*|LANG|LANGUAGE|TZ)=.*/-u \1/p') HOME="$$home" \
	PIP_CONFIG_FILE="$${PIP_CONFIG_FILE:-$$pip}"

PYTEST = $(VENV)/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

test: lint
	$(ALONE) $(PYTEST) -m 'not slow' $(ARGS)

# Those of three seconds or more each: builds of whole courses, searches of many examples, the other languages.
slow: $(VENV)/test.stamp
	$(ALONE) $(PYTEST) -m slow $(ARGS)

# The HTML that tests/test_golden.py expects, written anew: look at what git then shows.
golden: $(VENV)/test.stamp
	@$(VENV)/bin/python -m tests.golden_html

# Slow: builds every course there is, and a whole Debian. `-ra` names what was skipped, and why.
e2e: $(VENV)/test.stamp
	$(ALONE) $(VENV)/bin/python -m pytest tests/e2e -ra $(ARGS)

# Sessions damaged at random, 20,000 of them read and 500 built: none raises, hangs or loses a word.
soak: $(VENV)/test.stamp
	@MUTATIONS=20000 BUILT=500 $(VENV)/bin/python -m pytest tests/e2e/test_mutated.py $(ARGS)

# Pictures of real pages for the README, from the sample course.
pictures: $(VENV)/runtime.stamp
	@$(VENV)/bin/python tools/pictures.py

# Builds of generated courses beside other programs; the figures of docs/benchmarks.md. Slow.
bench: $(VENV)/bench.stamp
	@$(VENV)/bin/python benchmarks/builds.py $(ARGS)
