"""How a rule's script runs: its tables read and written by their schemas, a log, readable errors.

    @step(tables, settings=DelphiSettings)
    def aggregate_rounds(given):
        return {"summary": summary.of(given.ratings, given.settings)}

Snakemake puts `snakemake` among the script's names, and the function is called at once. Imported by
a test, the function is a plain one, called with anything that has the same attributes as `Given`.

A `StudyError` ends the step with its sentence alone; the log keeps it behind the word PROBLEM, from
where the Snakefile shows it again when the run has ended. Any other error keeps its traceback.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from coproduction.core import edited_results, tables
from coproduction.core.errors import StudyError, of_the_machine, raise_all
from coproduction.core.failed_steps import FAILED, PROBLEM


class Given:
    """What a step is given: tables and files of its inputs, its settings and its other params.

    An input that a declared table holds is read when it is asked for; any other stays a path (or
    a list of paths). `settings` is the validated section of the configuration, `out` the outputs.
    """

    def __init__(self, snakemake: Any, declared: list[tables.Table], settings: type[Any] | None) -> None:
        self._input, self._params = snakemake.input, snakemake.params
        self._config = snakemake.config
        self._declared, self._settings = declared, settings
        self._read: dict[str, pd.DataFrame] = {}
        self.out = snakemake.output
        self.threads = snakemake.threads

    @cached_property
    def settings(self) -> Any:
        assert self._settings is not None, "the step names no settings"
        settings_param = self._params.settings
        if "used" not in settings_param:
            return self._settings.model_validate(settings_param)
        all_settings = self._settings.model_validate(self._config[settings_param["section"]])
        return _Counted(all_settings, frozenset(settings_param["used"]))

    def path(self, name: str) -> Any:
        """The path of an input, unread."""
        return self._input[name]

    def pieces(self, name: str) -> Iterator[pd.DataFrame]:
        """A table some thousand rows at a time, for a step that need not have it whole."""
        form = table_of(self._input[name], self._declared)
        assert form is not None, f"no declared table is kept in {self._input[name]}"
        return tables.read_pieces(self._input[name], form)

    def __getattr__(self, name: str) -> Any:
        if name in self._read:
            return self._read[name]
        if name in self._input.keys():  # noqa: SIM118 (no mapping: `in` asks for values)
            value = self._input[name]
            form = table_of(value, self._declared) if isinstance(value, str) else None
            if form is None:
                return value
            self._read[name] = tables.read_result(value, form)
            return self._read[name]
        if name in self._params.keys():  # noqa: SIM118
            return self._params[name]
        raise AttributeError(f"the rule has neither an input nor a param '{name}'")


class _Counted:
    """Settings of which a step may ask for those that count for its rule (`section` of the rules)."""

    def __init__(self, settings: Any, counted: frozenset[str]) -> None:
        self._settings, self._names = settings, counted

    def __getattr__(self, name: str) -> Any:
        if name in type(self._settings).model_fields and name not in self._names:
            raise AttributeError(f"the code of this step does not name the setting '{name}'")
        return getattr(self._settings, name)


def table_of(path: str, declared: list[tables.Table]) -> tables.Table | None:
    """The declared table that `path` holds; None for a file of another kind."""
    return next((form for form in declared if form.holds(path)), None)


def step(*declared: ModuleType | tables.Table, settings: type[Any] | None = None) -> Callable:
    """Make a function of `Given` a rule's step; what it returns is written to the rule's outputs.

    declared: modules of tables, and tables, that the step reads or writes
    settings: the model of the rule's `params.settings`

    The function returns its outputs by their keys in the rule: a table (checked against its schema),
    text (also piece by piece, from an iterator), bytes, facts for a `.json` file, a folder as a mapping
    of names to any of these, or a drawn figure, which fills the keys `<key>_svg`, `<key>_pdf` and
    `<key>_csv` (in a folder: for the three files of its name).
    """

    def decorate(main: Callable[[Given], Mapping[str, Any] | None]) -> Callable:
        snakemake = main.__globals__.get("snakemake")
        if snakemake is not None:
            forms = _tables_in(declared)
            with _logged(snakemake):
                results = main(Given(snakemake, forms, settings)) or {}
                _write(results, snakemake.output, forms)
        return main

    return decorate


def _tables_in(declared: tuple[ModuleType | tables.Table, ...]) -> list[tables.Table]:
    """The tables that were named one by one (a part of a table comes first), then the modules'."""
    single = [form for form in declared if isinstance(form, tables.Table)]
    modules = [module for module in declared if isinstance(module, ModuleType)]
    return single + [value for module in modules for value in vars(module).values() if isinstance(value, tables.Table)]


def _write(results: Mapping[str, Any], outputs, forms: list[tables.Table]) -> None:
    """Write each result to its output; every output of the rule must then exist."""
    for key, content in results.items():
        if hasattr(content, "save"):
            content.save(**{kind: outputs[f"{key}_{kind}"] for kind in ("svg", "pdf", "csv")})
        else:
            _write_one(content, outputs[key], forms)
    missing = [path for path in outputs if not Path(path).exists()]
    if missing:
        raise ValueError(f"the step has not made {', '.join(missing)}")


def _write_one(content: Any, path: str, forms: list[tables.Table]) -> None:
    if isinstance(content, pd.DataFrame):
        form = table_of(path, forms)
        if form is None:
            raise ValueError(f"no declared table is kept in {path}")
        tables.write_csv(content, path, form)
    elif isinstance(content, str):
        tables.write_text(content, path)
    elif isinstance(content, Iterator):
        tables.write_pieces(content, path)
    elif isinstance(content, bytes):
        tables.write_bytes(content, path)
    elif path.endswith(".json"):
        tables.write_json(content, path)
    else:
        Path(path).mkdir(parents=True, exist_ok=True)
        for name, part in content.items():
            if hasattr(part, "save"):
                part.save(*(f"{path}/{name}.{kind}" for kind in ("svg", "pdf", "csv")))
            else:
                _write_one(part, f"{path}/{name}", forms)


@contextmanager
def _logged(snakemake: Any) -> Iterator[None]:
    """Within this context a step logs to its rule's file and ends with readable errors.

    What it wrote is noted beside the log. Where an input changed while the step was at work, its
    outputs do not count, since nobody could tell which state of the file they show.
    """
    log = Path(snakemake.log[0])
    log.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)  # what an earlier, interrupted run said does not count
    logging.basicConfig(filename=log, filemode="w", level=logging.INFO, format="%(levelname)s %(message)s")
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # where the disk is full, the log cannot say so
    before = edited_results.of_inputs(snakemake.input)
    try:
        yield
        raise_all([_changed_meanwhile(path) for path in edited_results.changed_since(before)])
        edited_results.write(log, snakemake.rule, list(snakemake.output), edited_results.again_in(snakemake.params))
    except (StudyError, OSError, MemoryError) as failed:
        error = failed if isinstance(failed, StudyError) else of_the_machine(failed)
        logging.error("%s%s", FAILED, json.dumps(list(snakemake.output)))
        if error is None:
            logging.exception("the step '%s' failed", snakemake.rule)
            raise
        logging.error("%s%s", PROBLEM, error)
        sys.exit(f"\n{error}\n")
    except Exception:
        logging.error("%s%s", FAILED, json.dumps(list(snakemake.output)))
        logging.exception("the step '%s' failed", snakemake.rule)
        raise


def _changed_meanwhile(path: str) -> StudyError:
    return StudyError(
        "the file was changed while the step was reading it",
        file=path,
        remedy="Run the workflow again; the step starts anew",
    )
