# Two commands: `make` renders the report of the bundled study, `make test` passes the tests.
# Both set up .venv by themselves from the hash-checked lock and do nothing twice.

PYTHON ?= python3
CORES ?= all
CONFIG ?=
VENV := .venv
BIN := $(VENV)/bin
SNAKEMAKE := $(BIN)/snakemake --cores $(CORES) $(if $(CONFIG),--configfile "$(CONFIG)")
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := report
.PHONY: report test lint format lock reference clean

report: $(VENV)/run.done  ## the report of the bundled study, or of CONFIG=my-study.yaml
	@[ -z "$(CONFIG)" ] || PYTHONPATH=workflow/scripts $(BIN)/python -m coproduction.config_file "$(CONFIG)"
	@$(SNAKEMAKE)

test: $(VENV)/test.done  ## all tests and style checks
	@$(BIN)/python -m pytest -n auto --dist worksteal -q
	@$(MAKE) --no-print-directory lint

lint: $(VENV)/test.done
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/snakefmt --check Snakefile workflow/rules workflow/Snakefile 2>/dev/null || { $(BIN)/snakefmt --diff Snakefile workflow/rules workflow/Snakefile; exit 1; }
	@$(BIN)/snakemake --lint >/dev/null 2>&1 || $(BIN)/snakemake --lint

format: $(VENV)/test.done
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .
	@$(BIN)/snakefmt Snakefile workflow/rules workflow/Snakefile

reference: $(VENV)/run.done  ## the generated references of settings and tables
	@PYTHONPATH=workflow/scripts $(BIN)/python docs/make_reference.py

lock:  ## new pins with hashes (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header requirements/run.in -o requirements/run.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header -c requirements/run.txt requirements/test.in -o requirements/test.txt

clean:  ## remove everything that was made, and the environment
	@rm -rf results .snakemake $(VENV)

$(VENV)/bin/python:
	@[ -n "$(strip $(PYTHON))" ] || { echo "The make variable PYTHON is empty: set it to a Python of 3.11 or newer, for example: make PYTHON=python3.12"; exit 2; }
	@command -v $(PYTHON) >/dev/null || { echo "There is no command '$(PYTHON)': install Python 3.11 or newer, or name it: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version 2>&1) is too old: Python 3.11 or newer is needed; name it: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) could not make a virtual environment: install its venv module (Debian, Ubuntu: apt install python3-venv)"; exit 2; }

$(VENV)/%.done: requirements/%.txt | $(VENV)/bin/python
	@echo "Setting up $(VENV) from $< (a few minutes the first time)"
	@$(INSTALL) -r $< || { echo "The packages could not be installed: see the message above; check the network and run make again"; exit 2; }
	@touch $@
