# One verb per habit. 'make demo' and 'make test' are all that a stranger needs.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
RUN := .venv/bin
DEV := .venv-dev/bin
# Real data for the tests that read it: see docs/reference/configuration.md. Where it is not set and does not stand beside the clone, they skip.
TRACKTWO_TEST_DATA ?= $(abspath $(wildcard ../shared/data))
export TRACKTWO_TEST_DATA
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP_INSTALL := -m pip install --quiet --no-input --require-hashes
UV_COMPILE := $(DEV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
SYSTEM_PACKAGES := chromium fonts-noto-core poppler-utils postgresql python3-venv strace
GATE_PACKAGES := libreoffice-calc-nogui libreoffice-writer-nogui
FONT_PACKAGES := fonts-noto-cjk fonts-noto-core fonts-noto-extra woff2

.PHONY: help demo test gates mutants bench docs reference pictures format fonts lock system-deps gate-deps font-deps clean

help: ## list these verbs
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

demo: .venv/installed ## make the dossiers of the example briefs, in English, French and Arabic
	$(RUN)/tracktwo demo
	@echo; echo 'The same in the browser: $(RUN)/tracktwo serve --demo'

test: .venv-dev/installed ## style, types, import contracts and tests
	$(DEV)/ruff check .
	$(DEV)/ruff format --check .
	$(DEV)/mypy
	$(DEV)/lint-imports
	$(DEV)/pytest -m "not gate"

gates: .venv-dev/fuzzing gate-deps ## the figures in full size; writes docs/gates.md
	$(DEV)/pytest -m "gate and not alone" --gates=docs/gates.md
	$(DEV)/pytest -m "gate and alone" -n 0 --gates=docs/gates.md --gates-add

mutants: .venv-dev/installed ## change the vault and the permissions a little, many times, and see whether tests notice
	$(DEV)/python -m tools.mutate

bench: .venv-dev/installed ## every benchmark against its peer, with the machine
	@for file in $(filter-out benchmarks/harness.py,$(wildcard benchmarks/*.py)); do \
	    name=$${file#benchmarks/}; $(DEV)/python -m "benchmarks.$${name%.py}"; echo; done

docs: .venv-dev/installed ## build the documentation into ./site
	NO_MKDOCS_2_WARNING=1 $(DEV)/mkdocs build --quiet --strict

reference: .venv-dev/installed ## write the reference pages that the code knows best
	$(DEV)/python docs/made.py

pictures: .venv-dev/installed ## take the pictures of the browser for the documentation anew
	$(DEV)/python -m tools.pictures

format: .venv-dev/installed ## let ruff write what it can
	$(DEV)/ruff check --fix-only .
	$(DEV)/ruff format .

lock: .venv-dev/locked ## resolve the requirements anew, with hashes
	$(UV_COMPILE) --output-file requirements/run.txt --extra web pyproject.toml requirements/build.in
	$(UV_COMPILE) --output-file requirements/dev.txt --extra dev pyproject.toml requirements/build.in
	$(UV_COMPILE) --output-file requirements/fuzz.txt requirements/fuzz.in

fonts: .venv-dev/installed font-deps ## cut the fonts that travel with tracktwo anew
	$(DEV)/python tools/subset_fonts.py
	$(DEV)/python tools/web_fonts.py

system-deps: ## Debian packages for the browser tests; needs root where one is missing
gate-deps: ## Debian packages for the gates on paper: a word processor and a reader of PDF
font-deps: ## Debian packages that 'make fonts' cuts from
system-deps: PACKAGES = $(SYSTEM_PACKAGES)
gate-deps: PACKAGES = $(GATE_PACKAGES)
font-deps: PACKAGES = $(FONT_PACKAGES)
system-deps gate-deps font-deps:
	@missing=$$(for name in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q 'install ok installed' || echo $$name; done); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ]; then echo "Missing Debian packages:" $$missing "- run 'make $@' as root"; exit 1; fi; \
	export DEBIAN_FRONTEND=noninteractive; \
	apt-get -qq update; \
	apt-get -qq install -y --no-install-recommends $$missing > /dev/null

clean: ## remove what the verbs above made
	rm -rf .venv .venv-dev site demo screenshots .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A virtual environment is made anew only when its lock changed; a change of pyproject.toml installs the checkout again, which is quick.
OLD_ENOUGH = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tracktwo needs Python 3.11 or newer; say make PYTHON=python3.11")'
CHECKOUT := -m pip install --quiet --no-input --no-deps --no-build-isolation -e .

.venv/locked: requirements/run.txt
	@$(OLD_ENOUGH)
	$(PYTHON) -m venv --clear .venv
	$(RUN)/python $(PIP_INSTALL) -r requirements/run.txt
	@touch $@

.venv/installed: .venv/locked pyproject.toml
	$(RUN)/python $(CHECKOUT)
	@touch $@

.venv-dev/locked: requirements/dev.txt
	@$(OLD_ENOUGH)
	$(PYTHON) -m venv --clear .venv-dev
	$(DEV)/python $(PIP_INSTALL) -r requirements/dev.txt
	@touch $@

.venv-dev/installed: .venv-dev/locked pyproject.toml
	$(DEV)/python $(CHECKOUT)
	@touch $@

.venv-dev/fuzzing: .venv-dev/installed requirements/fuzz.txt
	$(DEV)/python $(PIP_INSTALL) -r requirements/fuzz.txt
	@touch $@
