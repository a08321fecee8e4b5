"""Ecosystem: the evidence of all techniques per factor, weighed and drawn as one model.

Studies and topics are linked to the factors here; documents, interviews and the panel bring their
own evidence; the team may judge the confidence itself. Leaves the weighed factors, the pairs that come up together, the model as figure, JSON
and GraphML, and the trace from each factor back to record, page, quote and rating.
"""

ECOSYSTEM_FIGURES = ["model", "matrix", "connections"]
EVIDENCE_FROM = ["desk", "ecosystem", "interviews", "delphi"]


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
        json=update("<results>/ecosystem/model.json"),
        graphml=update("<results>/ecosystem/model.graphml"),
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


rule draw_model:
    """Draw the factors around the start of co-production."""
    input:
        codebook="<factors>",
        factors="<results>/ecosystem/factors.csv",
    output:
        svg="<results>/ecosystem/model.svg",
        pdf="<results>/ecosystem/model.pdf",
        csv="<results>/ecosystem/model.csv",
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
        svg="<results>/ecosystem/matrix.svg",
        pdf="<results>/ecosystem/matrix.pdf",
        csv="<results>/ecosystem/matrix.csv",
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
        svg="<results>/ecosystem/connections.svg",
        pdf="<results>/ecosystem/connections.pdf",
        csv="<results>/ecosystem/connections.csv",
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


rule report_ecosystem:
    """Write what the report says of the model, and what became of every piece of evidence."""
    input:
        codebook="<factors>",
        studies="<results>/screening/included.csv",
        evidence="<results>/ecosystem/evidence.csv",
        factors="<results>/ecosystem/factors.csv",
        edges="<results>/ecosystem/edges.csv",
        trace="<results>/ecosystem/trace.csv",
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
