"""Status: what is done, what is awaited from whom, and whether every count adds up.

Puts the status and the accounts of all techniques together, checks that the outcomes add up to what
entered, and leaves them as tables, as plain words for the terminal and as a section of the report; draws the design of the study from it.
"""

STATUS_FIGURES = ["design"]


rule collect_status:
    """Bring the state of all techniques together and check the accounts."""
    input:
        status=expand("<results>/{technique}/status.csv", technique=TECHNIQUES),
        account=expand("<results>/{technique}/account.csv", technique=TECHNIQUES),
        templates=templates("status"),
    output:
        status="<results>/status/status.csv",
        accounts="<results>/status/accounts.csv",
        unread="<results>/status/unread.csv",
        facts="<results>/status/facts.json",
        words="<results>/status/status.md",
        design="<results>/status/report/design.md",
        methods="<results>/status/report/methods.md",
        results="<results>/status/report/results.md",
    log:
        "<logs>/status/collect_status.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("collect_status"),
        unread_files=unread_files,
    message:
        "Stating what is done and what is awaited"
    script:
        "../scripts/collect_status.py"


rule draw_design:
    """Draw the design of the study: what each technique gives, and how that leads to the model."""
    input:
        status="<results>/status/status.csv",
    output:
        design_svg="<results>/status/figures/design.svg",
        design_pdf="<results>/status/figures/design.pdf",
        design_csv="<results>/status/figures/design.csv",
    log:
        "<logs>/status/draw_design.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("draw_design"),
    message:
        "Drawing the design of the study"
    script:
        "../scripts/draw_design.py"
