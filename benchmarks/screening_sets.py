"""Labelled sets for the benchmarks of the screening, with what their records cite where that is known.

    python benchmarks/screening_sets.py CLONE COMMIT OUT

writes to the folder OUT a CSV for each set of SYNERGY of which CLONE, a clone of
github.com/asreview/synergy-dataset, has the whole works at COMMIT (`works_*.zip` and `labels.csv`; the sets
of later releases hold numbers only, whose works would have to be fetched from OpenAlex). Columns: openalex_id,
label_included, title, abstract, references (numbers of OpenAlex, separated by |). With them `criteria.csv`: set and
criteria, what the reviews of these sets and of others in the folder say they sought, as SYNERGY's newest commit has it.
"""

import io
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))

from coproduction.methods.relevance_model import Model  # noqa: E402
from coproduction.methods.replay import replay  # noqa: E402
from coproduction.methods.similarities import Similarities  # noqa: E402
from coproduction.methods.text_features import Features, add_text, make_features  # noqa: E402
from coproduction.screening.citation_ranking import with_citations  # noqa: E402
from coproduction.screening.simulation import read_labelled  # noqa: E402

TEXT = ["title", "abstract", "keywords"]
CRITERIA = "criteria.csv"
# Sets that are of a review under another name in SYNERGY, or of the same review as a set of it.
REVIEW = {
    "Valk_2021": "van_der_Valk_2021",
    "wilson": "Appenzeller-Herzog_2019",
    "Estrogens": "Nelson_2002",
    "SkeletalMuscleRelaxants": "Chou_2004",
    "Opiods": "Chou_2003",
}


def read_set(path: Path) -> pd.DataFrame:
    """title, abstract, keywords, included (0, 1) of a labelled set; id and references where it has them."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if not {"openalex_id", "references"} <= set(table):
        return read_labelled(path).reset_index(drop=True)
    table = table.assign(included=table["label_included"].astype(int), keywords="")
    return table.rename(columns={"openalex_id": "id"})[[*TEXT, "included", "id", "references"]]


def read_criteria(folder: Path) -> dict[str, str]:
    """What is sought, in the words of the review, by set; empty where the folder has no such table."""
    path = folder / CRITERIA
    if not path.is_file():
        return {}
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return dict(zip(table["set"], table["criteria"], strict=True))


def sets_in(folder: Path) -> list[Path]:
    """The labelled sets of a folder."""
    return sorted(path for path in folder.glob("*.csv") if path.name != CRITERIA)


def references_of(records: pd.DataFrame) -> pd.DataFrame | None:
    """record, work, cited_record of what the records of a set cite, as the workflow has them; None where none are known."""
    if "references" not in records:
        return None
    links = records["references"].str.split("|").explode()
    links = links[links != ""]
    references = pd.DataFrame({"record": records["id"].loc[links.index].to_numpy(), "work": links.to_numpy()})
    known = references["work"].isin(set(records["id"]))
    return references.assign(cited_record=references["work"].where(known, ""))


def features_of(
    records: pd.DataFrame, model: Model, wording: str = "", references: pd.DataFrame | None = None
) -> Features:
    """The features of a set, with its keywords and what the records cite; the wording is one more row.

    Of records with a title and an abstract alone they are those of the words alone.
    """
    features = make_features(records[[name for name in TEXT if name in records]], model.kinds)
    references = references_of(records) if references is None else references
    if references is not None:
        features = with_citations(features, records["id"], references, model.cited_with(len(records)))
    return add_text(features, wording) if wording else features


def replay_set(
    features: Features,
    labels: np.ndarray,
    priors: list[int],
    model: Model,
    batch: int = 1,
    similarities: Similarities | None = None,
) -> list[int]:
    """The order in which the records are shown; the wording, where there is one, counts as a relevant record."""
    more = features.similar.shape[0] - len(labels)
    known = [*priors, *range(len(labels), len(labels) + more)]
    return replay(features, np.append(labels, np.ones(more, dtype=int)), known, model, batch, similarities)


def of_synergy(clone: Path, commit: str) -> dict[str, pd.DataFrame]:
    """The sets with whole works at a commit, by name."""

    def git(*words: str) -> bytes:
        return subprocess.run(["git", "-C", str(clone), *words], capture_output=True, check=True).stdout

    names = git("ls-tree", "-r", "--name-only", commit).decode().split("\n")
    sets: dict[str, list[dict]] = {}
    for name in names:
        if PurePosixPath(name).match("*/works_*.zip"):
            try:
                packed = zipfile.ZipFile(io.BytesIO(git("show", f"{commit}:{name}")))
            except subprocess.CalledProcessError:
                sets[name.split("/")[0]] = []  # a clone may lack large files
                continue
            for part in packed.namelist():
                if part.endswith(".json") and (name.split("/")[0] not in sets or sets[name.split("/")[0]]):
                    works = json.loads(packed.read(part))
                    sets.setdefault(name.split("/")[0], []).extend(works if isinstance(works, list) else [works])
    made = {}
    for name, works in sets.items():
        if works:
            labels = pd.read_csv(io.BytesIO(git("show", f"{commit}:{name}/labels.csv")))
            labels = labels[["openalex_id", "label_included"]].dropna().drop_duplicates("openalex_id")
            made[name] = labels.merge(pd.DataFrame(map(_work, works)), on="openalex_id")
    return made


def criteria_of(datasets: str, names: list[str]) -> pd.DataFrame:
    """set, criteria: what the reviews say they sought, from `datasets.toml` of SYNERGY; sentences on exclusion left out."""
    said = {
        one["key"]: one.get("publication", {}).get("eligibility_criteria", "")
        for one in tomllib.loads(datasets)["datasets"]
    }
    rows = []
    for name in names:
        sentences = re.split(r"(?<=[.;:])\s+|\n+", said.get(REVIEW.get(name, name), ""))
        wanted = [each for each in sentences if each and "xclu" not in each and "not included" not in each]
        rows.append({"set": name, "criteria": " ".join(wanted)})
    return pd.DataFrame(rows).query("criteria != ''")


def _work(work: dict) -> dict:
    places = [(i, word) for word, at in (work.get("abstract_inverted_index") or {}).items() for i in at]
    return {
        "openalex_id": work["id"],
        "title": work.get("title") or work.get("display_name") or "",
        "abstract": " ".join(word for _, word in sorted(places)),
        "references": "|".join(work.get("referenced_works") or []),
    }


def main(clone: str, commit: str, out: str) -> None:
    """Write the sets."""
    Path(out).mkdir(parents=True, exist_ok=True)
    for name, table in of_synergy(Path(clone), commit).items():
        table.to_csv(Path(out) / f"{name}.csv", index=False)
        cited = np.mean(table["references"] != "")
        print(name, len(table), int(table["label_included"].sum()), f"{cited:.2f} with references")
    datasets = subprocess.run(
        ["git", "-C", clone, "show", "HEAD:datasets.toml"], capture_output=True, check=True
    ).stdout
    names = [path.stem for path in sets_in(Path(out))]
    criteria_of(datasets.decode(), names).to_csv(Path(out) / CRITERIA, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
