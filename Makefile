# The project's own commands. `make demo` and `make test` need nothing but Python 3.11+ and a package index.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types unit integration fuzz docs bench clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(VENV)/.installed  ## lint a faulty sample report
	$(BIN)/giro-lint check examples/faulty-2021.txt || test $$? -eq 1

test: lint types unit docs  ## everything that has to hold before a change lands

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --ignore tests/integration

integration: $(VENV)/.dev  ## pre-commit, Neovim, the extension of Visual Studio Code
	$(BIN)/python -m pytest tests/integration

fuzz: $(VENV)/.dev  ## the same properties, random and long
	GIRO_LINT_FUZZ=1 $(BIN)/python -m pytest tests

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) dist docs/_build docs/rules docs/command-line.md src/giro_lint/_compiled .mypy_cache .ruff_cache .pytest_cache .hypothesis
