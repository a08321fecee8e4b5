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
        mem_mb=memory(500),
    params:
        code=code("collect_status"),
        unread_files=unread_files,
    message:
        "Summarising what is done and what is awaited"
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
        mem_mb=memory(500),
    params:
        code=code("draw_design"),
    message:
        "Drawing the design of the study"
    script:
        "../scripts/draw_design.py"


rule offer_forms:
    """Write what people are to fill in as workbooks, with lists of the words to choose from."""
    input:
        records="<results>/literature/records.csv",
        review_pairs="<results>/literature/review_pairs.csv",
        criteria="<results>/screening/criteria.csv",
        queue="<results>/screening/queue.csv",
        states="<results>/screening/states.csv",
        conflicts="<results>/screening/conflicts.csv",
        included="<results>/screening/included.csv",
        studies="<results>/screening/studies.csv",
        questions="<results>/screening/questions.csv",
        differences="<results>/screening/differences.csv",
        to_judge="<results>/desk/to_judge.csv",
        topic_names_form="<results>/topics/topic_names_form.csv",
        disagreements="<results>/interviews/disagreements.csv",
        columns_to_settle="<results>/delphi/columns_to_settle.csv",
        direction_form="<results>/ecosystem/direction_form.csv",
        confidence_form="<results>/ecosystem/confidence_form.csv",
        influence_form="<results>/ecosystem/influence_form.csv",
    output:
        forms=directory("<results>/forms"),
    log:
        "<logs>/status/offer_forms.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000, each=2.5),
    params:
        code=code("offer_forms"),
        settings=section("screening", "offer_forms"),
    message:
        "Preparing the forms to fill in"
    script:
        "../scripts/offer_forms.py"
