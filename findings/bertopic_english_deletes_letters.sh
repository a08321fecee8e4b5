#!/usr/bin/env bash
# BERTopic 0.17.4: its documentation says that the setting language chooses a model of embeddings and is not used
# where one is given. It also decides which words topics have: with "english", every sign but a-z, A-Z, 0-9 and the
# blank is deleted from the texts before words are counted, so that "co-production" is counted as "coproduction",
# "città" as "citt" and "Łódź" as "d". A vectoriser of the user's, with a pattern that keeps hyphens and accents, never
# sees them. With language="multilingual" the same texts give the words as they are written.
# Worked around in benchmarks/topics_quality.py, which compares models on the same words.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check --no-deps bertopic==0.17.4
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.2.6 scipy==1.15.3 pandas==2.2.3 \
    scikit-learn==1.6.1 tqdm==4.67.1 plotly==5.24.1 pyyaml==6.0.2 2> "$folder/warnings"  # of what stays out
"$folder/env/bin/python" -W ignore - <<'PY'
import numpy as np
from bertopic import BERTopic
from bertopic.dimensionality import BaseDimensionalityReduction
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import CountVectorizer

texts = ["co-production in Łódź", "co-production in the città", "taxes and budgets", "budgets of councils"] * 5
places = np.array([[0.0, 1.0], [0.0, 1.1], [1.0, 0.0], [1.1, 0.0]] * 5)  # in place of embeddings


def words(language):
    model = BERTopic(
        language=language,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=KMeans(2, n_init=1, random_state=1),
        vectorizer_model=CountVectorizer(token_pattern=r"\S+"),
    )
    model.fit(texts, places)
    return {word for topic in model.get_topics() for word, weight in model.get_topic(topic) if weight > 0}


seen = {language: words(language) for language in ("english", "multilingual")}
for language, found in seen.items():
    print(f"{language}: {', '.join(sorted(found))}")
assert {"coproduction", "citt", "d"} <= seen["english"], seen
assert {"co-production", "città", "łódź"} <= seen["multilingual"], seen
PY
echo 'BERTopic 0.17.4 deletes hyphens and letters with accents from the words of topics when the language is "english".'
