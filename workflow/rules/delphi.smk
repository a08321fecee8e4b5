"""Delphi: from the export of each round to verdicts, the next questionnaire and feedback.

Reads statements, panel, rounds and the survey tool's exports from the study folder. Leaves the long
table of ratings, summaries per round with all rules of consensus, change between rounds, the
decision on each statement, figures, the material of the next round and the fragments of the report.
"""

DELPHI_FIGURES = ["map", "alluvial", "flow", "ranking", "fuzzy", "convergence"]
DELPHI_PAGES = [
    "<results>/delphi/figures/pages"
]  # figures of as many pages as there are statements for


rule import_ratings:
    """Read the round files into one table of ratings; list what did not match."""
    input:
        statements=present("delphi/statements.csv"),
        panel=present("delphi/panel.csv"),
        rounds=present("delphi/rounds.csv"),
        ids=present("delphi/panellist_ids.csv"),
        comments=present("delphi/comments.csv"),
        columns=present("delphi/columns.csv"),
        identities=present("delphi/identities.csv", "interviews/identities.csv"),
        exports=delphi_exports,
        factors="<factors>",
    output:
        statements=update("<results>/delphi/statements.csv"),
        rounds=update("<results>/delphi/rounds.csv"),
        panel=update("<results>/delphi/panel.csv"),
        ratings=update("<results>/delphi/ratings.csv"),
        submissions=update("<results>/delphi/submissions.csv"),
        unmatched=update("<results>/delphi/unmatched.csv"),
        cells=update("<results>/delphi/cells.csv"),
        revisions=update("<results>/delphi/revisions.csv"),
        withheld=update("<results>/delphi/withheld.csv"),
        columns_to_settle=update("<results>/delphi/columns_to_settle.csv"),
        columns_read=update("<results>/delphi/columns_read.csv"),
        questions=update("<results>/delphi/questions.csv"),
    log:
        "<logs>/delphi/import_ratings.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("import_ratings"),
        settings=section("delphi", "import_ratings"),
    message:
        "Reading the rounds of the Delphi"
    script:
        "../scripts/import_ratings.py"


rule aggregate_rounds:
    """Summarise each round: distributions, all rules of consensus, groups, panel."""
    input:
        ratings="<results>/delphi/ratings.csv",
        submissions="<results>/delphi/submissions.csv",
        panel="<results>/delphi/panel.csv",
        rounds="<results>/delphi/rounds.csv",
    output:
        summary="<results>/delphi/summary.csv",
        rules="<results>/delphi/rules.csv",
        groups="<results>/delphi/groups.csv",
        concordance="<results>/delphi/concordance.csv",
        panel_flow="<results>/delphi/panel_flow.csv",
        leavers="<results>/delphi/leavers.csv",
        reminders="<results>/delphi/reminders.csv",
    log:
        "<logs>/delphi/aggregate_rounds.log",
    benchmark:
        "<benchmarks>/delphi/aggregate_rounds.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("aggregate_rounds"),
        settings=section("delphi", "aggregate_rounds"),
    message:
        "Summarising the rounds of the Delphi"
    script:
        "../scripts/aggregate_rounds.py"


rule compare_rounds:
    """Measure change between rounds and apply the stopping rule to each statement."""
    input:
        ratings="<results>/delphi/ratings.csv",
        statements="<results>/delphi/statements.csv",
        rounds="<results>/delphi/rounds.csv",
        summary="<results>/delphi/summary.csv",
        panel_flow="<results>/delphi/panel_flow.csv",
    output:
        change="<results>/delphi/change.csv",
        decisions="<results>/delphi/decisions.csv",
    log:
        "<logs>/delphi/compare_rounds.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("compare_rounds"),
        settings=section("delphi", "compare_rounds"),
    message:
        "Comparing the rounds of the Delphi and applying the stopping rule"
    script:
        "../scripts/compare_rounds.py"


rule extend_delphi:
    """Evaluate rankings, fuzzy numbers and revisions in real time, where the settings say so."""
    input:
        ratings="<results>/delphi/ratings.csv",
        rounds="<results>/delphi/rounds.csv",
        revisions="<results>/delphi/revisions.csv",
        summary="<results>/delphi/summary.csv",
    output:
        ranking="<results>/delphi/ranking.csv",
        ranking_rounds="<results>/delphi/ranking_rounds.csv",
        fuzzy="<results>/delphi/fuzzy.csv",
        convergence="<results>/delphi/convergence.csv",
    log:
        "<logs>/delphi/extend_delphi.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("extend_delphi"),
        settings=section("delphi", "extend_delphi"),
    message:
        "Evaluating rankings, fuzzy numbers and revisions of the Delphi"
    script:
        "../scripts/extend_delphi.py"


rule draw_delphi:
    """Draw distributions, median and spread, change between rounds, the panel and the options."""
    input:
        ratings="<results>/delphi/ratings.csv",
        summary="<results>/delphi/summary.csv",
        change="<results>/delphi/change.csv",
        decisions="<results>/delphi/decisions.csv",
        submissions="<results>/delphi/submissions.csv",
        panel="<results>/delphi/panel.csv",
        rounds="<results>/delphi/rounds.csv",
        ranking="<results>/delphi/ranking.csv",
        ranking_rounds="<results>/delphi/ranking_rounds.csv",
        fuzzy="<results>/delphi/fuzzy.csv",
        convergence="<results>/delphi/convergence.csv",
    output:
        map_svg="<results>/delphi/figures/map.svg",
        map_pdf="<results>/delphi/figures/map.pdf",
        map_csv="<results>/delphi/figures/map.csv",
        alluvial_svg="<results>/delphi/figures/alluvial.svg",
        alluvial_pdf="<results>/delphi/figures/alluvial.pdf",
        alluvial_csv="<results>/delphi/figures/alluvial.csv",
        flow_svg="<results>/delphi/figures/flow.svg",
        flow_pdf="<results>/delphi/figures/flow.pdf",
        flow_csv="<results>/delphi/figures/flow.csv",
        ranking_svg="<results>/delphi/figures/ranking.svg",
        ranking_pdf="<results>/delphi/figures/ranking.pdf",
        ranking_csv="<results>/delphi/figures/ranking.csv",
        fuzzy_svg="<results>/delphi/figures/fuzzy.svg",
        fuzzy_pdf="<results>/delphi/figures/fuzzy.pdf",
        fuzzy_csv="<results>/delphi/figures/fuzzy.csv",
        convergence_svg="<results>/delphi/figures/convergence.svg",
        convergence_pdf="<results>/delphi/figures/convergence.pdf",
        convergence_csv="<results>/delphi/figures/convergence.csv",
        pages=directory("<results>/delphi/figures/pages"),
    log:
        "<logs>/delphi/draw_delphi.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("draw_delphi"),
        settings=section("delphi", "draw_delphi"),
    message:
        "Drawing the figures of the Delphi"
    script:
        "../scripts/draw_delphi.py"


rule prepare_next_round:
    """Prepare the next questionnaire and each panellist's feedback sheet."""
    input:
        statements="<results>/delphi/statements.csv",
        panel="<results>/delphi/panel.csv",
        rounds="<results>/delphi/rounds.csv",
        ratings="<results>/delphi/ratings.csv",
        summary="<results>/delphi/summary.csv",
        groups="<results>/delphi/groups.csv",
        decisions="<results>/delphi/decisions.csv",
        templates=templates("delphi/panel"),
    output:
        folder=directory("<results>/delphi/next_round"),
    log:
        "<logs>/delphi/prepare_next_round.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("prepare_next_round"),
        settings=section("delphi", "prepare_next_round"),
    message:
        "Preparing the next Delphi round, with feedback for each panellist"
    script:
        "../scripts/prepare_next_round.py"


rule print_next_round:
    """Print the form of the next round and each panellist's feedback sheet as PDF."""
    input:
        statements="<results>/delphi/statements.csv",
        rounds="<results>/delphi/rounds.csv",
        ratings="<results>/delphi/ratings.csv",
        summary="<results>/delphi/summary.csv",
        groups="<results>/delphi/groups.csv",
        decisions="<results>/delphi/decisions.csv",
        next_round="<results>/delphi/next_round",
        templates=templates("delphi/panel"),
    output:
        folder=directory("<results>/delphi/next_round_print"),
    log:
        "<logs>/delphi/print_next_round.log",
    conda:
        "../../envs/report.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("print_next_round"),
        settings=section("delphi", "print_next_round"),
    message:
        "Typesetting the forms of the next Delphi round"
    script:
        "../scripts/print_next_round.py"


rule summarise_delphi:
    """Write what the report says of the Delphi, its evidence, and what became of every rating."""
    input:
        statements="<results>/delphi/statements.csv",
        rounds="<results>/delphi/rounds.csv",
        cells="<results>/delphi/cells.csv",
        ratings="<results>/delphi/ratings.csv",
        submissions="<results>/delphi/submissions.csv",
        unmatched="<results>/delphi/unmatched.csv",
        withheld="<results>/delphi/withheld.csv",
        columns_to_settle="<results>/delphi/columns_to_settle.csv",
        questions="<results>/delphi/questions.csv",
        summary="<results>/delphi/summary.csv",
        change="<results>/delphi/change.csv",
        decisions="<results>/delphi/decisions.csv",
        panel_flow="<results>/delphi/panel_flow.csv",
        concordance="<results>/delphi/concordance.csv",
        leavers="<results>/delphi/leavers.csv",
        ranking="<results>/delphi/ranking.csv",
        ranking_rounds="<results>/delphi/ranking_rounds.csv",
        fuzzy="<results>/delphi/fuzzy.csv",
        convergence="<results>/delphi/convergence.csv",
        panel="<results>/delphi/panel.csv",
        protocol=present("delphi/protocol.csv"),
        templates=templates("delphi"),
    output:
        facts=update("<results>/delphi/facts.json"),
        protocol=update("<results>/delphi/protocol.csv"),
        methods=update("<results>/delphi/report/methods.md"),
        results=update("<results>/delphi/report/results.md"),
        evidence=update("<results>/delphi/evidence.csv"),
        status=update("<results>/delphi/status.csv"),
        account=update("<results>/delphi/account.csv"),
    log:
        "<logs>/delphi/summarise_delphi.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("summarise_delphi"),
        settings=section("delphi", "summarise_delphi"),
    message:
        "Writing the section on the Delphi"
    script:
        "../scripts/summarise_delphi.py"
