"""Write the first words of the report: whether the data are made up, how far the study is."""

from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.report.facts import facts
from coproduction.status import tables


@step(tables)
def introduce_report(given):
    told = facts(given.status, given.illustrative)
    prose = Templates(given.templates)
    return {
        "facts": told,
        "notice": prose.fill("notice", told),
        "summary": prose.fill("summary", told),
    }
