"""A screening folder for tests: records, and the files that people would put there."""

import pandas as pd
from coproduction.literature.tables import RECORDS
from coproduction.screening.fulltexts import match_files
from coproduction.screening.intake import Files, read_adjudications, read_criteria, read_retrieval, read_stage
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.settling import settle_study

SETTINGS = ScreeningSettings()
HEAD = "record,reviewer,decision,reason,date,note\n"


def records(n=8):
    rows = []
    for i in range(n):
        words = "citizens coproduce care" if i % 2 == 0 else "solar grids and storage"
        rows.append(
            {
                "record": f"r{i}",
                "title": f"Title {i} {words}",
                "abstract": f"{words} {i}",
                "authors": "Alder, Ann; Birch, Bo",
                "year": "2020",
                "source": "A & B Journal",
                "volume": "1",
                "issue": "2",
                "pages": "3-9",
                "doi": "",
                "keywords": "",
                "type": "article",
                "databases": "Scopus",
                "members": f"e{i}a;e{i}b",
                "url": "",
            }
        )
    table = pd.DataFrame(rows) if rows else records(1).head(0)
    return table.reindex(columns=list(RECORDS.columns), fill_value="")


class Folder:
    """A screening folder with the files that a test writes."""

    def __init__(self, path):
        self.path = path
        path.mkdir(exist_ok=True)

    def write(self, name, content):
        (self.path / name).write_text(content, encoding="utf-8")
        return self

    def files(self):
        def of(pattern):
            return sorted(str(path) for path in self.path.glob(pattern))

        read = {
            stage: read_stage(of(f"{stage}*.*") + of(f"{stage}/*.*") + of("covidence/*.*"), stage)
            for stage in ("title_abstract", "full_text")
        }
        return Files(
            read_criteria(of("criteria*.csv")),
            {stage: rows for stage, (rows, _) in read.items()},
            read_adjudications(of("adjudications*.csv")),
            read_retrieval(of("retrieval*.csv")),
            pd.concat([sources for _, sources in read.values()]),
            match_files(of("full_texts/*.pdf"), str(self.path / "full_texts"), records()),
        )

    def settle(self, settings=SETTINGS, n=8):
        return settle_study(records(n), self.files(), settings)


def rows(*lines):
    """Text of a file of decisions."""
    return HEAD + "".join(f"{line}\n" for line in lines)
