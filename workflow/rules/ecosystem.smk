"""Ecosystem: the evidence of all techniques per factor, weighed and drawn as one model.

Studies and topics are linked to the factors here; documents, interviews and the panel bring their
own evidence; the team may judge the confidence itself, and experts which condition influences which.
Leaves the weighed factors, the pairs that come up together, the structure of drivers and driven, the
model as figure, JSON and GraphML, and the trace from each factor back to record, page, quote and rating.
"""

ECOSYSTEM_FIGURES = [
    "model",
    "matrix",
    "ranks",
    "connections",
    "structure",
    "influence_map",
    "gaps",
]
EVIDENCE_FROM = ["desk", "qca", "ecosystem", "interviews", "delphi"]


rule link_literature:
    """Find out which included studies and which topics point to which factor."""
    input:
        codebook="<factors>",
        included="<results>/screening/included.csv",
        topics="<results>/topics/topics.csv",
        documents="<results>/topics/documents.csv",
    output:
        evidence=update("<results>/ecosystem/evidence.csv"),
    log:
        "<logs>/ecosystem/link_literature.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("link_literature"),
        settings=section("ecosystem", "link_literature"),
    message:
        "Linking studies and topics to the conditions"
    script:
        "../scripts/link_literature.py"


rule weigh_factors:
    """Weigh the evidence of all techniques per factor and find the pairs that come up together."""
    input:
        codebook="<factors>",
        evidence=expand("<results>/{technique}/evidence.csv", technique=EVIDENCE_FROM),
        documents="<results>/desk/documents.csv",
        passages="<results>/desk/passages.csv",
        turns="<results>/interviews/turns.csv",
        included="<results>/screening/included.csv",
        transcripts="<results>/interviews/transcripts.csv",
        directions=ecosystem_file("directions"),
        concerns=ecosystem_file("cerqual"),
        judgements=ecosystem_file("judgements"),
    output:
        factors=update("<results>/ecosystem/factors.csv"),
        direction_form=update("<results>/ecosystem/direction_form.csv"),
        directions=update("<results>/ecosystem/directions.csv"),
        joint_display=update("<results>/ecosystem/joint_display.csv"),
        convergence=update("<results>/ecosystem/convergence.csv"),
        cerqual=update("<results>/ecosystem/cerqual.csv"),
        confidence_form=update("<results>/ecosystem/confidence_form.csv"),
        edges=update("<results>/ecosystem/edges.csv"),
        together=update("<results>/ecosystem/together.csv"),
        trace=update("<results>/ecosystem/trace.csv"),
    log:
        "<logs>/ecosystem/weigh_factors.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("weigh_factors"),
        settings=section("ecosystem", "weigh_factors"),
    message:
        "Weighing the evidence for each condition"
    script:
        "../scripts/weigh_factors.py"


rule find_gaps:
    """Find out what the included studies are silent about, and which topics speak of which condition."""
    input:
        codebook="<factors>",
        included="<results>/screening/included.csv",
        topics="<results>/topics/topics.csv",
        documents="<results>/topics/documents.csv",
        factors="<results>/ecosystem/factors.csv",
    output:
        topic_conditions=update("<results>/ecosystem/topic_conditions.csv"),
        literature_gaps=update("<results>/ecosystem/literature_gaps.csv"),
    log:
        "<logs>/ecosystem/find_gaps.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("find_gaps"),
        settings=section("ecosystem", "find_gaps"),
    message:
        "Identifying gaps in the literature"
    script:
        "../scripts/find_gaps.py"


rule estimate_robustness:
    """Draw the sources again and leave parts out: how firm the order of the factors is."""
    input:
        factors="<results>/ecosystem/factors.csv",
        trace="<results>/ecosystem/trace.csv",
        ratings="<results>/delphi/ratings.csv",
        panel="<results>/delphi/panel.csv",
        documents="<results>/desk/documents.csv",
        transcripts="<results>/interviews/transcripts.csv",
    output:
        robustness=update("<results>/ecosystem/robustness.csv"),
        left_out=update("<results>/ecosystem/left_out.csv"),
        smallest_change=update("<results>/ecosystem/smallest_change.csv"),
    log:
        "<logs>/ecosystem/estimate_robustness.log",
    benchmark:
        "<benchmarks>/ecosystem/estimate_robustness.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("estimate_robustness"),
        settings=section("ecosystem", "estimate_robustness"),
        seed=CONFIG.seed,
    message:
        "Testing the robustness of the ranking of the conditions"
    script:
        "../scripts/estimate_robustness.py"


rule analyse_structure:
    """Find out from the experts' judgements which factors drive others, and how stable that is."""
    input:
        factors="<results>/ecosystem/factors.csv",
        edges="<results>/ecosystem/edges.csv",
        influences=influence_judgements,
        weights=influence_weights,
    output:
        influence_form=update("<results>/ecosystem/influence_form.csv"),
        structure=update("<results>/ecosystem/structure.csv"),
        relations=update("<results>/ecosystem/relations.csv"),
        compared=update("<results>/ecosystem/compared.csv"),
        cognitive_map=update("<results>/ecosystem/cognitive_map.csv"),
        scenarios=update("<results>/ecosystem/scenarios.csv"),
        basis=update("<results>/ecosystem/structure.json"),
        influence_account=update("<results>/ecosystem/influence_account.csv"),
    log:
        "<logs>/ecosystem/analyse_structure.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("analyse_structure"),
        settings=section("ecosystem", "analyse_structure"),
        seed=CONFIG.seed,
    message:
        "Analysing how the conditions influence each other"
    script:
        "../scripts/analyse_structure.py"


rule write_model:
    """Write the model for other programs: factors, connections, and influences with a direction."""
    input:
        factors="<results>/ecosystem/factors.csv",
        edges="<results>/ecosystem/edges.csv",
        structure="<results>/ecosystem/structure.csv",
        relations="<results>/ecosystem/relations.csv",
    output:
        model=update("<results>/ecosystem/model.json"),
        schema="<results>/ecosystem/model.schema.json",
        graphml=update("<results>/ecosystem/model.graphml"),
        gexf=update("<results>/ecosystem/model.gexf"),
        directed=update("<results>/ecosystem/structure.graphml"),
        directed_gexf=update("<results>/ecosystem/structure.gexf"),
    log:
        "<logs>/ecosystem/write_model.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("write_model"),
        settings=section("ecosystem", "write_model"),
    message:
        "Exporting the model for other programs"
    script:
        "../scripts/write_model.py"


rule draw_ecosystem:
    """Draw the model, which technique supports what, what comes up together, and what drives what."""
    input:
        codebook="<factors>",
        factors="<results>/ecosystem/factors.csv",
        edges="<results>/ecosystem/edges.csv",
        structure="<results>/ecosystem/structure.csv",
        relations="<results>/ecosystem/relations.csv",
        basis="<results>/ecosystem/structure.json",
        robustness="<results>/ecosystem/robustness.csv",
        literature_gaps="<results>/ecosystem/literature_gaps.csv",
        topic_conditions="<results>/ecosystem/topic_conditions.csv",
        prevalence="<results>/topics/prevalence.csv",
    output:
        gaps_svg="<results>/ecosystem/figures/gaps.svg",
        gaps_pdf="<results>/ecosystem/figures/gaps.pdf",
        gaps_csv="<results>/ecosystem/figures/gaps.csv",
        ranks_svg="<results>/ecosystem/figures/ranks.svg",
        ranks_pdf="<results>/ecosystem/figures/ranks.pdf",
        ranks_csv="<results>/ecosystem/figures/ranks.csv",
        model_svg="<results>/ecosystem/figures/model.svg",
        model_pdf="<results>/ecosystem/figures/model.pdf",
        model_csv="<results>/ecosystem/figures/model.csv",
        matrix_svg="<results>/ecosystem/figures/matrix.svg",
        matrix_pdf="<results>/ecosystem/figures/matrix.pdf",
        matrix_csv="<results>/ecosystem/figures/matrix.csv",
        connections_svg="<results>/ecosystem/figures/connections.svg",
        connections_pdf="<results>/ecosystem/figures/connections.pdf",
        connections_csv="<results>/ecosystem/figures/connections.csv",
        structure_svg="<results>/ecosystem/figures/structure.svg",
        structure_pdf="<results>/ecosystem/figures/structure.pdf",
        structure_csv="<results>/ecosystem/figures/structure.csv",
        influence_map_svg="<results>/ecosystem/figures/influence_map.svg",
        influence_map_pdf="<results>/ecosystem/figures/influence_map.pdf",
        influence_map_csv="<results>/ecosystem/figures/influence_map.csv",
    log:
        "<logs>/ecosystem/draw_ecosystem.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("draw_ecosystem"),
        settings=section("ecosystem", "draw_ecosystem"),
    message:
        "Drawing the ecosystem of conditions"
    script:
        "../scripts/draw_ecosystem.py"


rule summarise_ecosystem:
    """Write what the report says of the model, and what became of every piece of evidence."""
    input:
        codebook="<factors>",
        included="<results>/screening/included.csv",
        evidence="<results>/ecosystem/evidence.csv",
        factors="<results>/ecosystem/factors.csv",
        edges="<results>/ecosystem/edges.csv",
        trace="<results>/ecosystem/trace.csv",
        direction_form="<results>/ecosystem/direction_form.csv",
        directions="<results>/ecosystem/directions.csv",
        joint_display="<results>/ecosystem/joint_display.csv",
        convergence="<results>/ecosystem/convergence.csv",
        robustness="<results>/ecosystem/robustness.csv",
        left_out="<results>/ecosystem/left_out.csv",
        smallest_change="<results>/ecosystem/smallest_change.csv",
        literature_gaps="<results>/ecosystem/literature_gaps.csv",
        topic_conditions="<results>/ecosystem/topic_conditions.csv",
        prevalence="<results>/topics/prevalence.csv",
        structure="<results>/ecosystem/structure.csv",
        relations="<results>/ecosystem/relations.csv",
        together="<results>/ecosystem/together.csv",
        compared="<results>/ecosystem/compared.csv",
        cognitive_map="<results>/ecosystem/cognitive_map.csv",
        basis="<results>/ecosystem/structure.json",
        influence_account="<results>/ecosystem/influence_account.csv",
        templates=templates("ecosystem"),
    output:
        facts="<results>/ecosystem/facts.json",
        methods="<results>/ecosystem/report/methods.md",
        results="<results>/ecosystem/report/results.md",
        trace_report="<results>/ecosystem/report/trace.md",
        status="<results>/ecosystem/status.csv",
        account="<results>/ecosystem/account.csv",
    log:
        "<logs>/ecosystem/summarise_ecosystem.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("summarise_ecosystem"),
        settings=section("ecosystem", "summarise_ecosystem"),
    message:
        "Writing the section on the ecosystem"
    script:
        "../scripts/summarise_ecosystem.py"
