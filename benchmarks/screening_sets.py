"""Labelled sets for the benchmarks of the screening, with what their records cite where that is known.

    python benchmarks/screening_sets.py CLONE COMMIT OUT

writes to the folder OUT a CSV for each set of SYNERGY of which CLONE, a clone of
github.com/asreview/synergy-dataset, has the whole works at COMMIT (`works_*.zip` and `labels.csv`; the sets
of later releases hold numbers only, whose works would have to be fetched from OpenAlex). Columns: openalex_id,
label_included, title, abstract, references (numbers of OpenAlex, separated by |).
"""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))

from coproduction.methods.relevance_model import Model  # noqa: E402
from coproduction.methods.text_features import Features, make_features  # noqa: E402
from coproduction.screening.citing import with_citations  # noqa: E402
from coproduction.screening.simulation import read_labelled  # noqa: E402


def read_set(path: Path) -> pd.DataFrame:
    """title, abstract, included (0, 1) of a labelled set; id and references where it has them."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if not {"openalex_id", "references"} <= set(table):
        return read_labelled(path)[["title", "abstract", "included"]].reset_index(drop=True)
    table["included"] = table["label_included"].astype(int)
    return table.rename(columns={"openalex_id": "id"})[["title", "abstract", "included", "id", "references"]]


def features_of(records: pd.DataFrame, model: Model, cited: bool = True) -> Features:
    """The features of a set; with what the records cite where it is known, unless `cited` is false."""
    features = make_features(records[["title", "abstract"]], model.kinds)
    if not cited or "references" not in records:
        return features
    links = records["references"].str.split("|").explode()
    links = links[links != ""]
    references = pd.DataFrame({"record": records["id"].loc[links.index].to_numpy(), "work": links.to_numpy()})
    known = references["work"].isin(set(records["id"]))
    references["cited_record"] = references["work"].where(known, "")
    return with_citations(features, records["id"], references, model.cited)


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


if __name__ == "__main__":
    main(*sys.argv[1:])
