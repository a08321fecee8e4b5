"""Ecosystem: the evidence of all techniques per factor, weighed and drawn as one model.

Studies and topics are linked to the factors here; documents, interviews and the panel bring their
own evidence; the team may judge the confidence itself, and experts which factor influences which.
Leaves the weighed factors, the pairs that come up together, the structure of drivers and driven, the
model as figure, JSON and GraphML, and the trace from each factor back to record, page, quote and rating.
"""

ECOSYSTEM_FIGURES = ["model", "matrix", "connections", "structure", "influence_map"]
EVIDENCE_FROM = ["desk", "qca", "ecosystem", "interviews", "delphi"]


rule link_literature:
    """Find out which included studies and which topics point to which factor."""
    input:
        factors="<factors>",
        studies="<results>/screening/included.csv",
        records="<results>/literature/records.csv",
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
        mem_mb=500,
    params:
        code=code("link_literature"),
        settings=section("ecosystem"),
    message:
        "Linking studies and topics to the factors"
    script:
        "../scripts/link_literature.py"


rule weigh_factors:
    """Weigh the evidence of all techniques per factor and find the pairs that come up together."""
    input:
        factors="<factors>",
        evidence=expand("<results>/{technique}/evidence.csv", technique=EVIDENCE_FROM),
        judgements=confidence_judgements,
    output:
        factors=update("<results>/ecosystem/factors.csv"),
        form=update("<results>/ecosystem/confidence_form.csv"),
        edges=update("<results>/ecosystem/edges.csv"),
        trace=update("<results>/ecosystem/trace.csv"),
    log:
        "<logs>/ecosystem/weigh_factors.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("weigh_factors"),
        settings=section("ecosystem"),
    message:
        "Weighing the evidence for each factor"
    script:
        "../scripts/weigh_factors.py"


rule analyse_structure:
    """Find out from the experts' judgements which factors drive others, and how stable that is."""
    input:
        factors="<results>/ecosystem/factors.csv",
        influences=influence_judgements,
    output:
        form=update("<results>/ecosystem/influence_form.csv"),
        structure=update("<results>/ecosystem/structure.csv"),
        relations=update("<results>/ecosystem/relations.csv"),
        summary=update("<results>/ecosystem/structure.json"),
        account=update("<results>/ecosystem/influence_account.csv"),
    log:
        "<logs>/ecosystem/analyse_structure.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("analyse_structure"),
        settings=section("ecosystem"),
        seed=CONFIG.seed,
    message:
        "Finding out which factors drive others"
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
        json=update("<results>/ecosystem/model.json"),
        graphml=update("<results>/ecosystem/model.graphml"),
        directed=update("<results>/ecosystem/structure.graphml"),
    log:
        "<logs>/ecosystem/write_model.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("write_model"),
        settings=section("ecosystem"),
    message:
        "Writing the model for other programs"
    script:
        "../scripts/write_model.py"


rule draw_model:
    """Draw the factors around the start of co-production."""
    input:
        codebook="<factors>",
        factors="<results>/ecosystem/factors.csv",
    output:
        svg="<results>/ecosystem/figures/model.svg",
        pdf="<results>/ecosystem/figures/model.pdf",
        csv="<results>/ecosystem/figures/model.csv",
    log:
        "<logs>/ecosystem/draw_model.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=1000,
    params:
        code=code("draw_model"),
        settings=section("ecosystem"),
    message:
        "Drawing the model"
    script:
        "../scripts/draw_model.py"


rule draw_matrix:
    """Draw which technique supports which factor, strongest first."""
    input:
        factors="<results>/ecosystem/factors.csv",
    output:
        svg="<results>/ecosystem/figures/matrix.svg",
        pdf="<results>/ecosystem/figures/matrix.pdf",
        csv="<results>/ecosystem/figures/matrix.csv",
    log:
        "<logs>/ecosystem/draw_matrix.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=1000,
    params:
        code=code("draw_matrix"),
        settings=section("ecosystem"),
    message:
        "Drawing the factors by technique"
    script:
        "../scripts/draw_matrix.py"


rule draw_connections:
    """Draw which factors come up together."""
    input:
        codebook="<factors>",
        edges="<results>/ecosystem/edges.csv",
    output:
        svg="<results>/ecosystem/figures/connections.svg",
        pdf="<results>/ecosystem/figures/connections.pdf",
        csv="<results>/ecosystem/figures/connections.csv",
    log:
        "<logs>/ecosystem/draw_connections.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=1000,
    params:
        code=code("draw_connections"),
    message:
        "Drawing the connections between the factors"
    script:
        "../scripts/draw_connections.py"


rule draw_structure:
    """Draw the factors by level, the drivers first, with the influences between them."""
    input:
        structure="<results>/ecosystem/structure.csv",
        relations="<results>/ecosystem/relations.csv",
    output:
        svg="<results>/ecosystem/figures/structure.svg",
        pdf="<results>/ecosystem/figures/structure.pdf",
        csv="<results>/ecosystem/figures/structure.csv",
    log:
        "<logs>/ecosystem/draw_structure.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=1000,
    params:
        code=code("draw_structure"),
    message:
        "Drawing which factors drive others"
    script:
        "../scripts/draw_structure.py"


rule draw_influence_map:
    """Draw the factors by what they give and receive, and by what they drive and depend on."""
    input:
        structure="<results>/ecosystem/structure.csv",
        summary="<results>/ecosystem/structure.json",
    output:
        svg="<results>/ecosystem/figures/influence_map.svg",
        pdf="<results>/ecosystem/figures/influence_map.pdf",
        csv="<results>/ecosystem/figures/influence_map.csv",
    log:
        "<logs>/ecosystem/draw_influence_map.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=1000,
    params:
        code=code("draw_influence_map"),
        settings=section("ecosystem"),
    message:
        "Drawing the maps of influences"
    script:
        "../scripts/draw_influence_map.py"


rule report_ecosystem:
    """Write what the report says of the model, and what became of every piece of evidence."""
    input:
        codebook="<factors>",
        studies="<results>/screening/included.csv",
        evidence="<results>/ecosystem/evidence.csv",
        factors="<results>/ecosystem/factors.csv",
        edges="<results>/ecosystem/edges.csv",
        trace="<results>/ecosystem/trace.csv",
        structure="<results>/ecosystem/structure.csv",
        relations="<results>/ecosystem/relations.csv",
        summary="<results>/ecosystem/structure.json",
        influences="<results>/ecosystem/influence_account.csv",
    output:
        methods="<results>/ecosystem/report/methods.md",
        results="<results>/ecosystem/report/results.md",
        trace="<results>/ecosystem/report/trace.md",
        status="<results>/ecosystem/status.csv",
        account="<results>/ecosystem/account.csv",
    log:
        "<logs>/ecosystem/report_ecosystem.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("report_ecosystem"),
        settings=section("ecosystem"),
    message:
        "Writing the section on the ecosystem"
    script:
        "../scripts/report_ecosystem.py"
