#!/usr/bin/env bash
# gensim 4.4.0: coherence by sliding windows (C_v, c_npmi, c_uci) takes a word out of a window as soon as one
# of its occurrences leaves at the edge, even where the window still holds another. Words that texts repeat are
# therefore counted too rarely, and the coherence of a topic is not the one that its definition gives.
# Seen: in "river bank river bank water" every window of four words holds "river" and "bank" (2 of 2);
# gensim counts "river" in 1 of 2. With windows as long as the texts, nothing slides and the counts are right.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check gensim==4.4.0 numpy==2.2.6 scipy==1.15.3
"$folder/env/bin/python" - <<'PY'
from gensim.corpora import Dictionary
from gensim.topic_coherence.text_analysis import WordOccurrenceAccumulator

text = "river bank river bank water".split()
words = Dictionary([text])
river = words.token2id["river"]


def windows_with_river(length):
    counted = WordOccurrenceAccumulator(set(words.token2id.values()), words).accumulate([text], length)
    truly = [text[n : n + length] for n in range(len(text) - length + 1)]
    return int(counted.get_occurrences("river")), sum("river" in window for window in truly), counted.num_docs


assert windows_with_river(5) == (1, 1, 1), windows_with_river(5)
counted, truly, windows = windows_with_river(4)
print(f"windows of four words that hold 'river': {counted} by gensim, {truly} in truth, of {windows}")
assert (counted, truly, windows) == (1, 2, 2), (counted, truly, windows)
PY
echo "gensim 4.4.0 counts a repeated word in fewer windows than hold it."
