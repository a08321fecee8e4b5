"""Screening: from people's decisions to the included studies and the PRISMA 2020 flow.

Reviewers decide on titles and abstracts, then on full texts, each in files of their own. Leaves
where every record stands, the conflicts to adjudicate, the agreement of the reviewers, the ranked
queue of what waits, the stop statement, the flow diagram and the included studies, with what people took
from them and how they appraised them.
"""

SCREENING_FIGURES = ["prisma", "recall"]


rule match_full_texts:
    """Match the PDFs that people obtained to the records, by DOI and title."""
    input:
        records="<results>/literature/records.csv",
        files=full_text_files,
    output:
        full_texts=update("<results>/screening/full_texts.csv"),
    log:
        "<logs>/screening/match_full_texts.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=1.5),
    params:
        code=code("match_full_texts"),
        folder=full_text_folder,
    message:
        "Matching the full texts to the records"
    script:
        "../scripts/match_full_texts.py"


rule settle_screening:
    """Settle what people decided: where every record stands, and what is in conflict."""
    input:
        records="<results>/literature/records.csv",
        criteria=screening_files("criteria"),
        title_abstract=decision_files("title_abstract"),
        full_text=decision_files("full_text"),
        adjudications=screening_files("adjudications"),
        retrieval=screening_files("retrieval"),
        full_texts="<results>/screening/full_texts.csv",
    output:
        criteria=update("<results>/screening/criteria.csv"),
        decisions=update("<results>/screening/decisions.csv"),
        findings=update("<results>/screening/findings.csv"),
        conflicts=update("<results>/screening/conflicts.csv"),
        states=update("<results>/screening/states.csv"),
        sources=update("<results>/screening/sources.csv"),
    log:
        "<logs>/screening/settle_screening.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000, each=2),
    params:
        code=code("settle_screening"),
        settings=section("screening", "settle_screening"),
    message:
        "Reading the decisions of the reviewers"
    script:
        "../scripts/settle_screening.py"


rule vectorise_records:
    """Turn the text of the records and what they cite into vectors; decisions do not change them."""
    input:
        records="<results>/literature/records.csv",
        references="<results>/literature/references.csv",
    output:
        vectors="<results>/screening/vectors.npz",
    log:
        "<logs>/screening/vectorise_records.log",
    benchmark:
        "<benchmarks>/screening/vectorise_records.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=11),
    params:
        code=code("vectorise_records"),
    message:
        "Counting the words of the records to screen"
    script:
        "../scripts/vectorise_records.py"


rule rank_queue:
    """Rank the records that wait for decisions, the likeliest to be relevant first."""
    input:
        records="<results>/literature/records.csv",
        references="<results>/literature/references.csv",
        vectors="<results>/screening/vectors.npz",
        criteria="<results>/screening/criteria.csv",
        decisions="<results>/screening/decisions.csv",
        states="<results>/screening/states.csv",
    output:
        queue="<results>/screening/queue.csv",
        basis="<results>/screening/basis.csv",
    log:
        "<logs>/screening/rank_queue.log",
    benchmark:
        "<benchmarks>/screening/rank_queue.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=1.6),
    params:
        code=code("rank_queue"),
        settings=section("screening", "rank_queue"),
        seed=CONFIG.seed,
    message:
        "Ranking the records to screen"
    script:
        "../scripts/rank_queue.py"


rule measure_screening:
    """Measure agreement, state what can be said on stopping, and replay the ranking."""
    input:
        records="<results>/literature/records.csv",
        vectors="<results>/screening/vectors.npz",
        decisions="<results>/screening/decisions.csv",
        states="<results>/screening/states.csv",
    output:
        agreement="<results>/screening/agreement.csv",
        stop="<results>/screening/stop.csv",
        progress="<results>/screening/progress.csv",
        measures="<results>/screening/measures.csv",
    log:
        "<logs>/screening/measure_screening.log",
    benchmark:
        "<benchmarks>/screening/measure_screening.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=1.5),
    params:
        code=code("measure_screening"),
        settings=section("screening", "measure_screening"),
    message:
        "Measuring agreement and progress of the screening"
    script:
        "../scripts/measure_screening.py"


rule export_screening:
    """Write the records to screen on title and abstract for ASReview, Rayyan and Covidence."""
    input:
        records="<results>/literature/records.csv",
        states="<results>/screening/states.csv",
        criteria="<results>/screening/criteria.csv",
    output:
        asreview=update("<results>/screening/to_screen/asreview.csv"),
        project=update("<results>/screening/to_screen/project.asreview"),
        title_abstract=update("<results>/screening/to_screen/title_abstract.ris"),
    log:
        "<logs>/screening/export_screening.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=10),
    params:
        code=code("export_screening"),
    message:
        "Exporting the records to screen for other tools"
    script:
        "../scripts/export_screening.py"


rule list_reports:
    """List the included reports and those excluded in full text; write those to read in full for other tools."""
    input:
        records="<results>/literature/records.csv",
        states="<results>/screening/states.csv",
        factors="<factors>",
        criteria="<results>/screening/criteria.csv",
        full_texts="<results>/screening/full_texts.csv",
    output:
        full_text=update("<results>/screening/to_screen/full_text.ris"),
        included=update("<results>/screening/included.csv"),
        bib=update("<results>/screening/included.bib"),
        ris=update("<results>/screening/included.ris"),
        excluded_full_texts=update("<results>/screening/excluded_full_texts.csv"),
    log:
        "<logs>/screening/list_reports.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=3),
    params:
        code=code("list_reports"),
    message:
        "Listing the included reports"
    script:
        "../scripts/list_reports.py"


rule describe_studies:
    """Settle by study what people took from the included reports and how they appraised them."""
    input:
        records="<results>/literature/records.csv",
        included="<results>/screening/included.csv",
        extraction=screening_files("extraction"),
        appraisal=screening_files("appraisal"),
        quality_questions=screening_files("quality_questions"),
    output:
        questions=update("<results>/screening/questions.csv"),
        studies=update("<results>/screening/studies.csv"),
        answers_by_question=update("<results>/screening/answers_by_question.csv"),
        differences=update("<results>/screening/differences.csv"),
        appraisal_agreement=update("<results>/screening/appraisal_agreement.csv"),
        findings_of_studies=update("<results>/screening/findings_of_studies.csv"),
    log:
        "<logs>/screening/describe_studies.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000, each=1.5),
    params:
        code=code("describe_studies"),
        settings=section("screening", "describe_studies"),
    message:
        "Reading the extracted data and appraisals of the included studies"
    script:
        "../scripts/describe_studies.py"


rule draw_screening:
    """Count and draw the PRISMA 2020 flow, and draw the progress of the screening."""
    input:
        account="<results>/literature/account.csv",
        imports="<results>/literature/imports.csv",
        states="<results>/screening/states.csv",
        criteria="<results>/screening/criteria.csv",
        progress="<results>/screening/progress.csv",
    output:
        prisma_svg="<results>/screening/figures/prisma.svg",
        prisma_pdf="<results>/screening/figures/prisma.pdf",
        prisma_csv="<results>/screening/figures/prisma.csv",
        prisma2020="<results>/screening/prisma2020.csv",
        recall_svg="<results>/screening/figures/recall.svg",
        recall_pdf="<results>/screening/figures/recall.pdf",
        recall_csv="<results>/screening/figures/recall.csv",
    log:
        "<logs>/screening/draw_screening.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("draw_screening"),
        settings=section("screening", "draw_screening"),
    message:
        "Drawing the PRISMA 2020 flow and the progress of the screening"
    script:
        "../scripts/draw_screening.py"


rule summarise_screening:
    """Write what the report says of the screening, and where every record went."""
    input:
        criteria="<results>/screening/criteria.csv",
        findings="<results>/screening/findings.csv",
        sources="<results>/screening/sources.csv",
        conflicts="<results>/screening/conflicts.csv",
        states="<results>/screening/states.csv",
        agreement="<results>/screening/agreement.csv",
        queue="<results>/screening/queue.csv",
        basis="<results>/screening/basis.csv",
        stop="<results>/screening/stop.csv",
        measures="<results>/screening/measures.csv",
        included="<results>/screening/included.csv",
        full_texts="<results>/screening/full_texts.csv",
        excluded_full_texts="<results>/screening/excluded_full_texts.csv",
        questions="<results>/screening/questions.csv",
        studies="<results>/screening/studies.csv",
        answers_by_question="<results>/screening/answers_by_question.csv",
        differences="<results>/screening/differences.csv",
        appraisal_agreement="<results>/screening/appraisal_agreement.csv",
        findings_of_studies="<results>/screening/findings_of_studies.csv",
        prisma_csv="<results>/screening/figures/prisma.csv",
        templates=templates("screening"),
    output:
        facts="<results>/screening/facts.json",
        methods="<results>/screening/report/methods.md",
        results="<results>/screening/report/results.md",
        status="<results>/screening/status.csv",
        account="<results>/screening/account.csv",
    log:
        "<logs>/screening/summarise_screening.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=2),
    params:
        code=code("summarise_screening"),
        settings=section("screening", "summarise_screening"),
        seed=CONFIG.seed,
    message:
        "Writing the section on the screening"
    script:
        "../scripts/summarise_screening.py"


rule simulate_screening:
    """Replay finished screenings whose labels are known, as a test of the ranking."""
    input:
        sets=screening_files("labelled"),
    output:
        measures=update("<results>/screening/simulation/measures.csv"),
        curves=update("<results>/screening/simulation/curves.csv"),
        recall_svg="<results>/screening/simulation/figures/recall.svg",
        recall_pdf="<results>/screening/simulation/figures/recall.pdf",
        recall_csv="<results>/screening/simulation/figures/recall.csv",
    log:
        "<logs>/screening/simulate_screening.log",
    benchmark:
        "<benchmarks>/screening/simulate_screening.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=30),
    params:
        code=code("simulate_screening"),
        settings=section("screening", "simulate_screening"),
        seed=CONFIG.seed,
    message:
        "Replaying the labelled screenings"
    script:
        "../scripts/simulate_screening.py"
