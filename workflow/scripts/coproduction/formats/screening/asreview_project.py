"""A project for ASReview LAB 3 (.asreview), so that each reviewer starts with one import.

The file is a zip: the settings of the project, the data set, the tags that reviewers may set, and a
SQLite database of records and labels (project file version 3, as ASReview 3.0.8 makes and opens it).
It is written with the standard library, for the reason for which `asreview` reads it so. ASReview 2
cannot open it and takes the data set alone.
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pandas as pd

from coproduction.core.archives import guid, zipped
from coproduction.core.tables import rows_of
from coproduction.core.text import split_list

MADE_BY, FILE_VERSION = "3.0.8", 3
DATA = "data/records.csv"
# The default model of ASReview 3.0.8; another version that does not know it takes its own and says so.
MODEL = {
    "name": "elas_u4",
    "current_value": {
        "querier": "max",
        "classifier": "svm",
        "balancer": "balanced",
        "feature_extractor": "tfidf",
        "stopper": None,
        "querier_param": {},
        "classifier_param": {"loss": "squared_hinge", "C": 0.11},
        "balancer_param": {"ratio": 9.8},
        "feature_extractor_param": {"ngram_range": [1, 2], "sublinear_tf": True, "min_df": 1, "max_df": 0.95},
        "stopper_param": {},
        "n_query": 1,
    },
}
_MODEL_COLUMNS = (
    "classifier TEXT, querier TEXT, balancer TEXT, feature_extractor TEXT, training_set INTEGER, time FLOAT"
)
_CHANGED = "BEGIN INSERT INTO decision_changes VALUES (OLD.record_id, OLD.label, OLD.time, OLD.user_id); END"
_TABLES = f"""
CREATE TABLE record (
    dataset_row INTEGER NOT NULL, dataset_id VARCHAR NOT NULL, title VARCHAR NOT NULL, abstract VARCHAR NOT NULL,
    authors JSON NOT NULL, keywords JSON NOT NULL, year INTEGER, doi VARCHAR, url VARCHAR, included INTEGER,
    record_id INTEGER NOT NULL PRIMARY KEY, duplicate_of INTEGER REFERENCES record (record_id) ON DELETE SET NULL,
    group_id INTEGER NOT NULL GENERATED ALWAYS AS (COALESCE(duplicate_of, record_id)) VIRTUAL,
    UNIQUE (dataset_row, dataset_id),
    CONSTRAINT no_self_duplicate CHECK (duplicate_of IS NULL OR duplicate_of != record_id));
CREATE INDEX idx_record_group_id ON record (group_id);
CREATE TABLE results (record_id INTEGER UNIQUE, label INTEGER, {_MODEL_COLUMNS}, note TEXT, tags JSON, user_id INTEGER);
CREATE TABLE last_ranking (record_id INTEGER UNIQUE, ranking INT, {_MODEL_COLUMNS});
CREATE TABLE decision_changes (record_id INTEGER, label INTEGER, time FLOAT, user_id INTEGER);
CREATE TRIGGER trg_results_delete AFTER DELETE ON results FOR EACH ROW {_CHANGED};
CREATE TRIGGER trg_results_label_update AFTER UPDATE OF label ON results
    FOR EACH ROW WHEN OLD.label IS NOT NEW.label {_CHANGED};
PRAGMA user_version = {FILE_VERSION};
"""
_FIELDS = "dataset_row, dataset_id, title, abstract, authors, keywords, year, doi, url, included, record_id"


def project_bytes(name: str, records: pd.DataFrame, reasons: Sequence[tuple[str, str]]) -> bytes:
    """A project with the records and the labels that are settled; same content, same bytes.

    records: record, title, abstract, authors and keywords (separated by ;), year, doi, url, included ("1", "0", "")
    reasons: code and label of each reason of exclusion, which reviewers tick as a tag

    Each record stands for itself: ASReview would group those with equal titles or DOIs when it makes a
    project, and ask about one of each group.
    """
    source = guid("data set", name).replace("-", "")
    about = {
        "version": MADE_BY,
        "project_file_version": FILE_VERSION,
        "id": guid("project", name).replace("-", ""),
        "mode": "oracle",
        "name": name,
        "created_at_unix": None,
        "tags": None,
        "feature_matrices": [],
        "datasets": [{"id": source, "name": DATA.removeprefix("data/")}],
        "review": {"status": "setup", "model": MODEL},
    }
    entries = {
        "project.json": _json(about),
        DATA: records.to_csv(index=False, lineterminator="\n").encode(),
        "results.db": _database(records, source),
        "feature_matrices/": b"",  # an empty folder, into which ASReview writes without making it
    }
    return zipped(entries | ({"tags.json": _json([_tags(reasons)])} if reasons else {}))


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _tags(reasons: Sequence[tuple[str, str]]) -> dict:
    values = [{"label": label, "export": code, "id": number} for number, (code, label) in enumerate(reasons)]
    return {"label": "Reason of exclusion", "export": "reason", "values": values, "id": 0}


def _database(records: pd.DataFrame, source: str) -> bytes:
    """The database; the version of SQLite that its head names is left out, so that the bytes are the same everywhere."""
    rows = [_row(number, source, row) for number, row in enumerate(rows_of(records))]
    labels = [(row[-1], row[-2]) for row in rows if row[-2] is not None]
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_TABLES)
        places = ", ".join("?" * len(_FIELDS.split(",")))
        database.executemany(f"INSERT INTO record ({_FIELDS}) VALUES ({places})", rows)
        database.executemany("INSERT INTO results (record_id, label, time) VALUES (?, ?, 0.0)", labels)
        database.commit()
        content = bytearray(database.serialize())
    content[96:100] = bytes(4)
    return bytes(content)


def _row(number: int, source: str, row: dict) -> tuple:
    lists = [json.dumps(split_list(row[name]), ensure_ascii=False) for name in ("authors", "keywords")]
    year = int(row["year"]) if row["year"].isdecimal() else None
    label = int(row["included"]) if row["included"] else None
    return (
        number,
        source,
        row["title"],
        row["abstract"],
        *lists,
        year,
        row["doi"] or None,
        row["url"] or None,
        label,
        number,
    )
