"""The configuration of a study as one set of models: validation, defaults and documentation.

Plain JSON-schema validation was left out because it neither coerces what the command line turns into
strings nor names a misspelt key well; the JSON schema and `config/README.md` are generated from
these models.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator

from coproduction.core.errors import StudyError, did_you_mean, raise_all
from coproduction.core.settings import Section
from coproduction.delphi.settings import DelphiSettings
from coproduction.desk.settings import DeskSettings
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.interviews.settings import InterviewsSettings
from coproduction.literature.settings import LiteratureSettings
from coproduction.qca.settings import QcaSettings
from coproduction.report.settings import ReportSettings
from coproduction.screening.settings import ScreeningSettings
from coproduction.topics.settings import TopicsSettings

STUDY_FOLDERS = ("desk", "qca", "searches", "screening", "interviews", "delphi", "ecosystem", "report")
FORMER = {"delphi.checklist": "report.checklists"}  # settings of 0.1 that have another place now
TITLE = "An ecosystem of conditions"


class Config(Section):
    """The settings of a study. All have defaults: a short file is enough."""

    study: str = Field("data/demo", description="Folder of the study (what people put there).")
    results: str = Field("results", description="Folder for everything that the workflow makes.")
    factors: str = Field("config/factors.csv", description="The codebook of conditions.")
    references: str = Field("config/references.bib", description="BibTeX file of the codebook's key references.")
    title: str = Field(TITLE, description="Title of the report; the default title when empty.")
    subtitle: str = Field("", description="Subtitle of the report.")
    authors: list[str] = Field(default=[], description="Authors as the report names them.")
    date: str = Field("", description="Date shown on the report; none when empty.")
    language: str = Field(
        "en",
        pattern=r"^[a-z]{2,3}$",
        description=(
            "Language of the report by its code (`de`): which set of templates and sections counts "
            "(`report/<language>/` in the study folder, before `report/` there and the English words "
            "of the house)."
        ),
    )
    illustrative: bool = Field(
        False, description="Whether the data are illustrative; if so, the report says so at the top."
    )
    container: str = Field(
        "",
        description="Image with all environments (built from envs/Dockerfile), such as `docker://name/image`, for "
        "`--sdm conda apptainer`; none when empty.",
    )
    seed: int = Field(20260401, ge=0, description="Seed for all random draws.")
    desk: DeskSettings = DeskSettings()
    qca: QcaSettings = QcaSettings()
    literature: LiteratureSettings = LiteratureSettings()
    screening: ScreeningSettings = ScreeningSettings()
    topics: TopicsSettings = TopicsSettings()
    interviews: InterviewsSettings = InterviewsSettings()
    delphi: DelphiSettings = DelphiSettings()
    ecosystem: EcosystemSettings = EcosystemSettings()
    report: ReportSettings = ReportSettings()

    @field_validator("title")
    @classmethod
    def _titled(cls, title: str) -> str:
        """A document needs a title (PDF/UA); the config of a new study has none yet."""
        return title.strip() or TITLE


def load_config(values: dict, source: str = "the configuration") -> Config:
    """Validate a merged configuration.

    Raises StudyError that names each setting by its place (`topics.n_topics`) and what is wrong,
    also where the study folder, the codebook or the references do not exist.
    """
    try:
        config = Config.model_validate(values)
    except ValidationError as failed:
        raise_all([_as_study_error(error, source) for error in failed.errors()])
        raise
    raise_all(list(_missing_paths(config, source)) + list(_unsafe_results(config, source)))
    return config


def _as_study_error(error: Mapping[str, Any], source: str) -> StudyError:
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return StudyError(
            f"there is no setting '{place}'",
            file=source,
            remedy=_where_it_is(error["loc"]) + "All settings are listed in config/README.md",
        )
    value_given = json.dumps(error["input"], default=str)[:80]
    where = f"setting '{place}'" if place else "the whole file"
    return StudyError(
        f"{where} is {value_given}: {_in_plain_words(error)}",
        file=source,
        remedy=did_you_mean(str(error["input"]), _allowed(error)) + _as_yaml_reads(error) + "See config/README.md",
    )


def _where_it_is(place: tuple) -> str:
    """The setting that is meant by one that is not there, ready to begin a remedy: one called alike, or of another section."""
    name, former = str(place[-1]), FORMER.get(".".join(map(str, place)))
    if former:
        return f"It is called '{former}' now. "
    if near := did_you_mean(name, _names_beside(place)):
        return near
    homes = [at for at in _places(Config, "") if at == name or at.endswith(f".{name}")]
    if not homes or len(homes) > 3:
        return ""
    sections = " or ".join(f"'{at.rpartition('.')[0]}:'" for at in homes if "." in at)
    return f"It belongs below {sections}, indented. " if sections else "It belongs at the left margin. "


def _places(section: type[Section], prefix: str) -> Iterator[str]:
    """The places of all settings, as `desk.oldest_year`."""
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            yield from _places(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def _in_plain_words(error: Mapping[str, Any]) -> str:
    """What a setting must be, in words for people who do not program."""
    for kinds, words in _WANTED.items():
        if error["type"].startswith(kinds):
            return words
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{message[0].lower()}{message[1:]}"


_WANTED = {
    ("int_",): "it must be a whole number",
    ("float_",): "it must be a number",
    ("bool_",): "it must be true or false",
    ("string_type",): "it must be text",
    ("string_pattern_mismatch",): "it is not written as this setting wants it",
    ("list_type", "tuple_type", "set_type"): "it must be a list",
    ("model_type", "dict_type", "model_attributes_type"): "it must be a section with settings of its own",
}


def _as_yaml_reads(error: Mapping[str, Any]) -> str:
    """What YAML made of a value and how to write it, ready to begin a remedy; mostly empty."""
    value, kind = error["input"], error["type"]
    if value is None:
        return "There is nothing after the colon: enter a value, or remove the setting. "
    if kind == "string_type" and not isinstance(value, (dict, list)):
        words = "yes, on or true" if value else "no, off or false"
        if isinstance(value, bool):
            return f'YAML reads {words} as true or false: put the word in quotation marks ("NO"). '
        return f'Put it in quotation marks: "{value}". '
    if kind == "list_type" and isinstance(value, str):
        return _as_list(value)
    if kind.startswith(("int_", "float_")) and isinstance(value, str):
        return _as_number(value, kind)
    section = kind in ("model_type", "dict_type")
    return "Write each setting on a line of its own, as `name: value`, below it. " if section else ""


def _as_number(value: str, kind: str) -> str:
    """How to write a number that YAML takes for words; empty where nobody can tell."""
    if _WITH_COMMA.fullmatch(value):
        point, none = f"with a decimal point: {value.replace(',', '.')}", f"without a comma: {value.replace(',', '')}"
        return f"Write it {none if kind.startswith('int_') else point}. "
    share = kind.startswith("float_") and _PERCENT.fullmatch(value)
    return f"Write the share: {float(value.rstrip(' %')) / 100:g}. " if share else ""


def _as_list(value: str) -> str:
    """How to write a list that was given as one text."""
    if value.startswith("-"):
        return "Leave a blank behind each hyphen. "
    parts = [part.strip() for part in re.split("[;,]", value) if part.strip()]
    several = ", ".join(f'"{part}"' for part in parts)
    return f"Write it as a list: [{several}]" + (f', or ["{value}"] where it is one. ' if parts[1:] else ". ")


_WITH_COMMA = re.compile(r"-?\d+,\d+")
_PERCENT = re.compile(r"\d+(?:\.\d+)? ?%")


def _names_beside(place: tuple) -> list[str]:
    """The settings of the section of `place`."""
    section: type[Section] = Config
    for part in place[:-1]:
        kind = section.model_fields[part].annotation if part in section.model_fields else None
        if not (isinstance(kind, type) and issubclass(kind, Section)):
            return []
        section = kind
    return list(section.model_fields)


def _allowed(error: Mapping[str, Any]) -> list[str]:
    """The values that a setting with a closed list may have."""
    if error["type"] != "literal_error":
        return []
    return re.findall(r"'([^']*)'", error["ctx"]["expected"])


def _missing_paths(config: Config, source: str):
    for name, kind in (("study", "folder"), ("factors", "file"), ("references", "file")):
        stated_path = getattr(config, name)
        path = Path(stated_path)
        if not stated_path.strip():
            yield StudyError(f"setting '{name}' is empty", file=source, remedy=f"Name the {kind} there")
        elif not (path.is_dir() if kind == "folder" else path.is_file()):
            other = "file" if kind == "folder" else "folder"
            fault = f"is a {other}; the workflow expects a {kind}" if path.exists() else "does not exist"
            yield StudyError(
                f"setting '{name}' names the {kind} {path}, which {fault}",
                file=source,
                remedy="Correct the path; it is relative to the folder in which you run snakemake",
            )


def _unsafe_results(config: Config, source: str):
    """Results must not come to lie among what people have written: `delphi/panel.csv` is both."""
    remedy = "Name a folder of its own, for example my-study-results"
    if not config.results.strip():
        yield StudyError("setting 'results' is empty", file=source, remedy=remedy)
        return
    results, study = Path(config.results).resolve(), Path(config.study).resolve()
    here = Path.cwd().resolve()
    inside = results.relative_to(study).parts[:1] if results.is_relative_to(study) else None
    if here.is_relative_to(results):
        problem = "is the folder in which you run the workflow, or one above it"
    elif inside == () or (inside and inside[0] in STUDY_FOLDERS):
        problem = "is a folder that holds your own files"
    elif study.is_relative_to(results) and study.relative_to(results).parts[0] in STUDY_FOLDERS:
        problem = "holds the study folder among the folders of the techniques"
    else:
        return
    yield StudyError(
        f"setting 'results' is {config.results}, which {problem}; results could overwrite them",
        file=source,
        remedy=remedy,
    )


def json_schema() -> str:
    """The JSON schema of the configuration, for editors."""
    return json.dumps(Config.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def reference() -> str:
    """The configuration reference for people, in Markdown."""
    lines = [
        "# Configuration reference",
        "",
        "Generated from the models in `workflow/scripts/coproduction/` (`make reference`). Settings",
        "that you leave out keep their default, so that a short `config.yaml` is enough.",
        "",
        *_section_lines(Config, ""),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _section_lines(section: type[Section], prefix: str) -> list[str]:
    rows, nested = [], []
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            nested += ["", *_section_lines(kind, f"{prefix}{name}.")]
            continue
        default = json.dumps(_plain(field.get_default(call_default_factory=True)), ensure_ascii=False)
        default = default.replace("|", "\\|")
        rows.append(f"| `{prefix}{name}` | `{default}` | {field.description} |")
    title = f"## `{prefix.rstrip('.')}`" if prefix else "## The study"
    doc = " ".join((section.__doc__ or "").split())
    return [title, "", doc, "", "| setting | default | meaning |", "|---|---|---|", *rows, *nested]


def _plain(value):
    return json.loads(json.dumps(value, default=lambda v: getattr(v, "model_dump", lambda: str(v))()))
