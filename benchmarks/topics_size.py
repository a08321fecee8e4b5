"""What topics cost by the number of records, beside gensim's LDA.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \\
    python benchmarks/topics_size.py FILE [FILE …] [--sizes 10000 50000 100000] [--topics 15] [--lda 10000]

Exports of databases or labelled CSV (see topics_quality.py) are the pool; a corpus of any size is made by drawing
records from it with replacement and leaving out three words in ten of each abstract at random (seed 1), so that
no two are alike. Times are processor seconds of the whole step from the texts to the topics: `ours` is
`fit_topics` with the settings of the bundled configuration and the number of topics given, `compare` the comparison of
numbers of topics (once, at the largest size), LDA `gensim.models.LdaModel` with ten passes on the same terms.
Each measurement runs in a process of its own; memory is the largest of that process.
"""

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workflow" / "scripts"))

from coproduction.topics.choice import compare_numbers
from coproduction.topics.model import RARE, fit_topics
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.texts import modelled_texts
from topics_quality import TOKEN, records

KEPT = 0.7  # of the words of an abstract


def corpus(files: list[Path], size: int) -> pd.DataFrame:
    """`size` made records."""
    pool = pd.concat([records([file]) for file in files], ignore_index=True)
    rng = np.random.default_rng(1)
    drawn = pool.iloc[rng.integers(0, len(pool), size)].reset_index(drop=True)
    drawn["abstract"] = drawn["abstract"].map(lambda text: _thinned(text.split(), rng))
    return drawn.assign(record=[f"r{n}" for n in range(size)])


def _thinned(words: list[str], rng: np.random.Generator) -> str:
    return " ".join(word for word, kept in zip(words, rng.random(len(words)) < KEPT, strict=True) if kept)


def lda(made: pd.DataFrame, topics: int) -> None:
    from gensim.matutils import Sparse2Corpus
    from gensim.models import LdaModel
    from sklearn.feature_extraction.text import CountVectorizer

    least = max(3, len(made) // RARE)
    vectoriser = CountVectorizer(stop_words="english", token_pattern=TOKEN, min_df=least, max_df=0.5)
    counts = vectoriser.fit_transform(modelled_texts(made))
    words = dict(enumerate(vectoriser.get_feature_names_out()))
    LdaModel(
        Sparse2Corpus(counts, documents_columns=False), num_topics=topics, id2word=words, passes=10, random_state=1
    )


def measure(what: str, files: list[Path], size: int, topics: int) -> None:
    made = corpus(files, size)
    before = time.process_time()
    if what == "LDA":
        lda(made, topics)
    elif what == "compare":
        compare_numbers(made, TopicsSettings(), 1)
    else:
        fit_topics(made, TopicsSettings(), topics)
    seconds = time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"| {what} | {size} | {seconds:.1f} | {1000 * seconds / size:.2f} | {memory:.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 50_000, 100_000])
    parser.add_argument("--lda", nargs="*", type=int, default=[10_000])
    parser.add_argument("--topics", type=int, default=15)
    parser.add_argument("--only", nargs=2)
    given = parser.parse_args()
    if given.only:
        measure(given.only[0], given.files, int(given.only[1]), given.topics)
        return
    print("| what | records | seconds | ms a record | MB |\n|---|--:|--:|--:|--:|", flush=True)
    steps = [("ours", n) for n in given.sizes] + [("compare", given.sizes[-1])] + [("LDA", n) for n in given.lda]
    for what, size in steps:
        command = [sys.executable, __file__, *map(str, given.files), "--topics", str(given.topics)]
        subprocess.run([*command, "--only", what, str(size)], check=True)


if __name__ == "__main__":
    main()
