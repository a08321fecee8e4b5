# Two commands: `make` renders the report of the bundled study, `make test` passes the tests.
# Both set up .venv by themselves from the hash-checked lock and do nothing twice; `make help` lists the others.

PYTHON ?= python3
CORES ?= all
CONFIG ?=
STUDY ?=
WHAT ?= queries
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := report
.PHONY: help report archive exports new check search indicators test fast coverage lint types format lock reference docs clean

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*##  */\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12

report: $(VENV)/run.done  ## make the report of the bundled study, of STUDY=my-study or of CONFIG=my-study.yaml
	@$(BIN)/python study.py run "$(or $(STUDY),$(CONFIG))" --cores $(CORES)

new: $(VENV)/run.done  ## create the folder of a new study: make new STUDY=my-study
	@[ -n "$(STUDY)" ] || { echo "Name the new folder: make new STUDY=my-study"; exit 2; }
	@$(BIN)/python study.py new "$(STUDY)"

check: $(VENV)/run.done  ## list all problems in the files of STUDY=my-study
	@$(BIN)/python study.py check "$(or $(STUDY),$(CONFIG))"

exports: $(VENV)/run.done  ## export the records for other tools, if there are too many to do so in every run
	@$(BIN)/python study.py run "$(or $(STUDY),$(CONFIG))" export_records export_screening --cores $(CORES)

search: $(VENV)/run.done  ## search literature by API: make search STUDY=my-study WHAT="queries snowball complete"
	@[ -n "$(STUDY)" ] || { echo "Name the study: make search STUDY=my-study"; exit 2; }
	@$(BIN)/python study.py search "$(STUDY)" $(WHAT)

indicators: $(VENV)/run.done  ## fetch series of the World Bank and Eurostat: make indicators STUDY=my-study
	@[ -n "$(STUDY)" ] || { echo "Name the study: make indicators STUDY=my-study"; exit 2; }
	@$(BIN)/python study.py indicators "$(STUDY)" $(WHAT)

archive: $(VENV)/run.done  ## collect the whole study in one folder for publication (set `date` in the config first)
	@$(BIN)/python study.py run "$(or $(STUDY),$(CONFIG))" archive_study --cores $(CORES)

# Bytecode is kept where the environment says otherwise: else some two hundred processes compile the library anew.
test fast: export PYTHONDONTWRITEBYTECODE :=

test: $(VENV)/test.done  ## run all tests and style checks
	@$(BIN)/python -m pytest -n auto --dist worksteal -q
	@$(MAKE) --no-print-directory lint

fast: $(VENV)/test.done  ## run the tests that do not run the workflow
	@$(BIN)/python -m pytest -n auto --dist worksteal -q -m "not slow"

coverage: $(VENV)/test.done  ## show how much of the library the fast tests cover
	@$(BIN)/python -m pytest -n auto -q -m "not slow" --cov=coproduction --cov-report=term:skip-covered

lint: $(VENV)/test.done types  ## check style and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/snakefmt --check Snakefile workflow/rules workflow/Snakefile 2>/dev/null || { $(BIN)/snakefmt --diff Snakefile workflow/rules workflow/Snakefile; exit 1; }
	@$(BIN)/snakemake --lint >/dev/null 2>&1 || $(BIN)/snakemake --lint

types: $(VENV)/test.done  ## check types only
	@$(BIN)/python -m mypy --no-error-summary

format: $(VENV)/test.done  ## put the code in the house style
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .
	@$(BIN)/snakefmt Snakefile workflow/rules workflow/Snakefile

reference: $(VENV)/run.done  ## regenerate the references of settings and tables, and the Dockerfile
	@PYTHONPATH=workflow/scripts $(BIN)/python docs/make_reference.py
	@$(BIN)/python envs/make_dockerfile.py

docs: $(VENV)/test.done  ## build the documentation site in results/docs
	@$(BIN)/python -m sphinx -q -W --keep-going -b html docs results/docs
	@echo "The documentation: results/docs/index.html"

lock:  ## update the pinned versions and their hashes (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header requirements/run.in -o requirements/run.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header -c requirements/run.txt requirements/test.in -o requirements/test.txt

clean:  ## remove all results and the environment
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
