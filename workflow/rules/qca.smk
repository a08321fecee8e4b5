"""Configurations (QCA): which conditions together are sufficient for the outcome, case by case.

Memberships that people judge, or that are calibrated from the indicators of the desk research, form
a truth table, which is minimised. Leaves the truth table, necessary conditions, the
solutions and their robustness, two figures, evidence for the factors and the fragments of the report.
"""

QCA_FIGURES = ["configurations", "terms", "cases"]


rule calibrate_sets:
    """Check the sets and calibrate the memberships of the cases in them."""
    input:
        study_sets=present("qca/sets.csv"),
        study_memberships=present("qca/memberships.csv"),
        countries=present("countries.csv"),
        values="<results>/desk/values.csv",
        codebook="<results>/desk/codebook.csv",
        factors="<factors>",
    output:
        sets=update("<results>/qca/sets.csv"),
        memberships=update("<results>/qca/memberships.csv"),
        calibrated=update("<results>/qca/calibrated.csv"),
    log:
        "<logs>/qca/calibrate_sets.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("calibrate_sets"),
        settings=section("qca", "calibrate_sets"),
    message:
        "Calibrating the sets of the QCA"
    script:
        "../scripts/calibrate_sets.py"


rule analyse_configurations:
    """Find the configurations that go with the outcome and with its absence."""
    input:
        sets="<results>/qca/sets.csv",
        calibrated="<results>/qca/calibrated.csv",
    output:
        cases=update("<results>/qca/cases.csv"),
        truth_table=update("<results>/qca/truth_table.csv"),
        necessity=update("<results>/qca/necessity.csv"),
        solutions=update("<results>/qca/solutions.csv"),
        models=update("<results>/qca/models.csv"),
        robustness=update("<results>/qca/robustness.csv"),
        robustness_fit=update("<results>/qca/robustness_fit.csv"),
        sensitivity=update("<results>/qca/sensitivity.csv"),
        skewness=update("<results>/qca/skewness.csv"),
        fitted=update("<results>/qca/fitted.csv"),
    log:
        "<logs>/qca/analyse_configurations.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(900, 6000),
    params:
        code=code("analyse_configurations"),
        settings=section("qca", "analyse_configurations"),
    message:
        "Identifying the configurations of conditions"
    script:
        "../scripts/analyse_configurations.py"


rule draw_qca:
    """Draw the configurations, and the cases in them."""
    input:
        sets="<results>/qca/sets.csv",
        calibrated="<results>/qca/calibrated.csv",
        solutions="<results>/qca/solutions.csv",
        fitted="<results>/qca/fitted.csv",
    output:
        terms_svg="<results>/qca/figures/terms.svg",
        terms_pdf="<results>/qca/figures/terms.pdf",
        terms_csv="<results>/qca/figures/terms.csv",
        configurations_svg="<results>/qca/figures/configurations.svg",
        configurations_pdf="<results>/qca/figures/configurations.pdf",
        configurations_csv="<results>/qca/figures/configurations.csv",
        cases_svg="<results>/qca/figures/cases.svg",
        cases_pdf="<results>/qca/figures/cases.pdf",
        cases_csv="<results>/qca/figures/cases.csv",
    log:
        "<logs>/qca/draw_qca.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("draw_qca"),
    message:
        "Drawing the figures of the configurations"
    script:
        "../scripts/draw_qca.py"


rule summarise_qca:
    """Write what the report says of the configurations; hand on evidence, state and account."""
    input:
        sets="<results>/qca/sets.csv",
        memberships="<results>/qca/memberships.csv",
        calibrated="<results>/qca/calibrated.csv",
        cases="<results>/qca/cases.csv",
        truth_table="<results>/qca/truth_table.csv",
        necessity="<results>/qca/necessity.csv",
        solutions="<results>/qca/solutions.csv",
        models="<results>/qca/models.csv",
        robustness="<results>/qca/robustness.csv",
        robustness_fit="<results>/qca/robustness_fit.csv",
        sensitivity="<results>/qca/sensitivity.csv",
        skewness="<results>/qca/skewness.csv",
        fitted="<results>/qca/fitted.csv",
        templates=templates("qca"),
    output:
        facts="<results>/qca/facts.json",
        methods="<results>/qca/report/methods.md",
        results="<results>/qca/report/results.md",
        evidence="<results>/qca/evidence.csv",
        status="<results>/qca/status.csv",
        account="<results>/qca/account.csv",
    log:
        "<logs>/qca/summarise_qca.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("summarise_qca"),
        settings=section("qca", "summarise_qca"),
    message:
        "Writing the section on configurations"
    script:
        "../scripts/summarise_qca.py"
