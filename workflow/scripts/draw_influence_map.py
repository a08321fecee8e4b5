"""Draw the factors by what they give and receive, and by what they drive and depend on."""

import json
from pathlib import Path

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.ecosystem.influence_map import draw_map
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.structure_tables import STRUCTURE


def main(snakemake) -> None:
    settings = EcosystemSettings.model_validate(snakemake.params.settings)
    structure = tables.read_result(snakemake.input.structure, STRUCTURE)
    summary = json.loads(Path(snakemake.input.summary).read_text(encoding="utf-8"))
    with figures.style():
        figure = draw_map(structure, settings.micmac_cut, summary["no_dematel"])
        figures.save(figure, structure, **dict(snakemake.output.items()))


run(main, snakemake)
