"""Topics beside their peers: coherence, stability over draws, the least stable topic, processor time.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \\
    python benchmarks/topics_quality.py NAME=FILE[,FILE …] [NAME=FILE …] [--topics 8 15 25] [--draws 6]

Each corpus is one or more exports of databases (anything the import reads) or a labelled CSV with the
columns title and abstract. Runs in an environment with the packages of requirements/run.txt and
gensim. Texts are the same for all: title,
abstract and keywords as the workflow prepares them, lower case, English stop words out, terms of at least
three documents and at most half of them.

- C_v and NPMI: gensim's CoherenceModel (windows of 110 and 10 words) of the ten strongest terms.
- stability: mean agreement (average Jaccard of ten terms, matched one to one) with models of draws that
  keep four fifths of the documents; least: that of the least stable topic.
- seconds: processor time of one model (set the numbers of threads as above).

Prints a row a corpus and number, then the mean over all with its standard error over corpora.
"""

import argparse
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from gensim.corpora import Dictionary
from gensim.matutils import Sparse2Corpus
from gensim.models import CoherenceModel, LdaModel
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfTransformer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workflow" / "scripts"))

from coproduction.literature.importing import import_files
from coproduction.methods import topics as ours
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.texts import modelled_texts

TOKEN = r"(?u)\b[^\W\d][\w-]+\b"
MEASURES = ["C_v", "NPMI", "stability", "least", "seconds"]


def records(files: list[Path]) -> pd.DataFrame:
    """Titles, abstracts and keywords of the exports, each title once, with abstracts of 200 letters."""
    if files[0].suffix == ".csv" and {"title", "abstract"} <= set(_header(files[0])):
        found = pd.read_csv(files[0], dtype=str, keep_default_na=False)
        found.columns = [column.lower() for column in found.columns]
    else:
        searches = pd.DataFrame({"database": "corpus", "file": [file.name for file in files]})
        for column in ("platform", "date", "query"):
            searches[column] = ""
        searches["hits"] = pd.array([None] * len(files), dtype="Int64")
        found = import_files([(file.name, file.read_bytes()) for file in files], searches)[0]
    for column in ("title", "abstract", "keywords"):
        found[column] = found.get(column, "")
    found = found[found["abstract"].str.len() >= 200].drop_duplicates("title")
    return found[["title", "abstract", "keywords"]].reset_index(drop=True)


def _header(file: Path) -> list[str]:
    return [name.lower() for name in pd.read_csv(file, nrows=0, encoding_errors="replace").columns]


class Corpus:
    """Counts and weights (documents x terms), the terms, and the tokens that coherence counts in."""

    def __init__(self, found: pd.DataFrame) -> None:
        texts = modelled_texts(found)
        stop = sorted(ENGLISH_STOP_WORDS | set(TopicsSettings().stop_words))
        vectoriser = CountVectorizer(stop_words=stop, token_pattern=TOKEN, min_df=3, max_df=0.5)
        self.counts = vectoriser.fit_transform(texts)
        self.terms = vectoriser.get_feature_names_out()
        self.weights = TfidfTransformer(sublinear_tf=True).fit_transform(self.counts)
        analyse = vectoriser.build_analyzer()
        self.tokens = [analyse(text) for text in texts]
        self.dictionary = Dictionary(self.tokens)


def rotated(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    return ours.find_topics(corpus.weights[rows], n).terms


def nmf_random(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    return NMF(n, init="random", random_state=seed, max_iter=400).fit(corpus.weights[rows]).components_


def nmf_nndsvda(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    return NMF(n, init="nndsvda", random_state=seed, max_iter=400).fit(corpus.weights[rows]).components_


def lda(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    words = dict(enumerate(corpus.terms))
    model = LdaModel(
        Sparse2Corpus(corpus.counts[rows], documents_columns=False),
        num_topics=n,
        id2word=words,
        passes=10,
        random_state=seed,
    )
    return model.get_topics()


MODELS = {"ours": rotated, "NMF, nndsvda": nmf_nndsvda, "NMF, random start": nmf_random, "gensim LDA": lda}


def measured(corpus: Corpus, model, n: int, draws: int) -> dict[str, float]:
    """The measures of one model with `n` topics; draws and starts have seeds of their own."""
    everything = np.arange(corpus.weights.shape[0])
    before = time.process_time()
    reference = ours.top_terms(model(corpus, everything, n, 0))
    seconds = time.process_time() - before
    rng = np.random.default_rng(1)
    agreement = []
    for draw in range(draws):
        size = int(ours.KEPT * len(everything))
        kept = np.sort(rng.choice(everything, size, replace=False))
        agreement.append(ours.matched(reference, ours.top_terms(model(corpus, kept, n, draw + 1))))
    stability = np.mean(agreement, axis=0)
    words = [[corpus.terms[t] for t in topic] for topic in reference]
    coherence = [
        CoherenceModel(
            topics=words, texts=corpus.tokens, dictionary=corpus.dictionary, coherence=kind, processes=1
        ).get_coherence()
        for kind in ("c_v", "c_npmi")
    ]
    return dict(zip(MEASURES, [*coherence, stability.mean(), stability.min(), seconds], strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpora", nargs="+", metavar="NAME=FILES")
    parser.add_argument("--topics", nargs="+", type=int, default=[8, 15, 25])
    parser.add_argument("--draws", type=int, default=6)
    parser.add_argument("--models", nargs="+", default=list(MODELS))
    given = parser.parse_args()
    warnings.filterwarnings("ignore")
    rows = []
    for entry in given.corpora:
        name, _, files = entry.partition("=")
        corpus = Corpus(records([Path(file) for file in files.split(",")]))
        for n in given.topics:
            for label in given.models:
                found = measured(corpus, MODELS[label], n, given.draws)
                rows.append({"corpus": name, "documents": len(corpus.tokens), "topics": n, "model": label} | found)
                print(
                    "| " + " | ".join(f"{v:.3f}" if isinstance(v, float) else str(v) for v in rows[-1].values()) + " |",
                    flush=True,
                )
    table = pd.DataFrame(rows)
    by_corpus = table.groupby(["model", "corpus"])[MEASURES].mean()
    mean, error = by_corpus.groupby("model").mean(), by_corpus.groupby("model").sem()
    print("\n| model | " + " | ".join(MEASURES) + " |\n|---|" + "--:|" * len(MEASURES))
    for label in given.models:
        cells = [f"{mean.loc[label, m]:.3f} ± {error.loc[label, m]:.3f}" for m in MEASURES]
        print(f"| {label} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
