"""Find out from the experts' judgements which factors drive others, and how stable that is."""

import json

from coproduction.core import accounting, tables
from coproduction.core.step import run
from coproduction.ecosystem import influences, structure
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.structure_account import account, summary
from coproduction.ecosystem.structure_tables import INFLUENCE_FORM, RELATIONS, STRUCTURE
from coproduction.ecosystem.tables import weighed


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = EcosystemSettings.model_validate(snakemake.params.settings)
    ranked = tables.read_result(given.factors, weighed(settings))
    names = dict(zip(ranked["id"], ranked["name"], strict=True))
    said = influences.read_influences(list(given.influences), set(names))
    asked = influences.asked(ranked, settings)
    judged = influences.judged(said, asked)
    rows, pairs, found = structure.tables_of(judged, names, settings, snakemake.params.seed)
    tables.write_csv(influences.form(asked, names), made.form, INFLUENCE_FORM)
    tables.write_csv(rows, made.structure, STRUCTURE)
    tables.write_csv(pairs, made.relations, RELATIONS)
    tables.write_csv(account(said, judged), made.account, accounting.ACCOUNT)
    content = summary(judged, found, settings)
    tables.write_text(json.dumps(content, indent=2, ensure_ascii=False), made.summary)


run(main, snakemake)
