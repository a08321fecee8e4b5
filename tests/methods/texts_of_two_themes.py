"""Texts of two themes, one in three about co-production."""

import numpy as np
import pandas as pd

GOOD = "citizens and officials coproduce home care together"
BAD = "battery storage of solar energy in electric grids"


def texts(n=30):
    words = np.array(
        ["town", "river", "nurse", "child", "school", "bus", "park", "housing", "work", "youth", "elder", "choir"]
    )
    chance = np.random.default_rng(5)
    rows = []
    for i in range(n):
        theme = GOOD if i % 3 == 0 else BAD
        rows.append(
            {
                "title": " ".join(chance.choice(words, 3)),
                "abstract": f"{theme} {' '.join(chance.choice(words, 12))}",
                "keywords": "",
            }
        )
    return pd.DataFrame(rows)
