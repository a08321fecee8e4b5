"""Keep the merged settings of the run and the software that its steps use."""

import pandas as pd
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.report import software, tables


@step(tables)
def keep_settings(given):
    used = given.software
    rows = [{**row, "steps": ";".join(row["steps"])} for row in used["packages"]]
    return {
        "config": software.config_text(given.config),
        "software": pd.DataFrame(rows, columns=list(tables.SOFTWARE.columns)),
        "facts": used,
        "methods": Templates(given.templates).traced("methods", used),
    }
