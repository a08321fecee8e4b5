"""Interviews: from transcripts and codings to the data structure after Gioia.

Transcripts are pseudonymised when they enter and handed to the coders as texts and as a REFI-QDA
project; what the coders return is found again in the transcripts by its words. Leaves the quotes
behind concepts, themes and dimensions, the agreement of the coders, three figures, evidence for the
factors and the fragments of the report.
"""

INTERVIEWS_FIGURES = ["data_structure", "themes", "saturation"]


rule read_interviews:
    """Read the transcripts of those who consented; names are replaced at the door."""
    input:
        participants=present("interviews/participants.csv"),
        identities=present("interviews/identities.csv"),
        transcripts=present("interviews/transcripts/*"),
    output:
        transcripts=update("<results>/interviews/transcripts.csv"),
        texts=update("<results>/interviews/texts.csv"),
        turns=update("<results>/interviews/turns.csv"),
        replaced=update("<results>/interviews/replaced.csv"),
    log:
        "<logs>/interviews/read_interviews.log",
    benchmark:
        "<benchmarks>/interviews/read_interviews.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("read_interviews"),
        settings=section("interviews"),
    message:
        "Reading the interviews under pseudonyms"
    script:
        "../scripts/read_interviews.py"


rule import_codings:
    """Find each coded segment in the pseudonymised transcripts."""
    input:
        coded=coded_files,
        identities=present("interviews/identities.csv"),
        transcripts="<results>/interviews/transcripts.csv",
        texts="<results>/interviews/texts.csv",
        turns="<results>/interviews/turns.csv",
        replaced="<results>/interviews/replaced.csv",
    output:
        segments=update("<results>/interviews/segments.csv"),
        codebook=update("<results>/interviews/codebook.csv"),
        memos=update("<results>/interviews/memos.csv"),
        parts=update("<results>/interviews/parts.csv"),
    log:
        "<logs>/interviews/import_codings.log",
    benchmark:
        "<benchmarks>/interviews/import_codings.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("import_codings"),
        window=CONFIG.interviews.search_window,
    message:
        "Finding the coded segments in the transcripts"
    script:
        "../scripts/import_codings.py"


rule build_gioia:
    """Join concepts, themes and dimensions with the coded segments."""
    input:
        gioia=present("interviews/gioia.csv"),
        identities=present("interviews/identities.csv"),
        segments="<results>/interviews/segments.csv",
        factors="<factors>",
    output:
        structure=update("<results>/interviews/structure.csv"),
        quotes=update("<results>/interviews/quotes.csv"),
    log:
        "<logs>/interviews/build_gioia.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("build_gioia"),
    message:
        "Building the data structure"
    script:
        "../scripts/build_gioia.py"


rule export_coding:
    """Hand the transcripts to the coders; all codings so far as one project."""
    input:
        texts="<results>/interviews/texts.csv",
        structure="<results>/interviews/structure.csv",
        codebook="<results>/interviews/codebook.csv",
        coded="<results>/interviews/segments.csv",
    output:
        texts=directory("<results>/interviews/for_coding/texts"),
        project="<results>/interviews/for_coding/project.qdpx",
        codebook="<results>/interviews/for_coding/codebook.csv",
        all_codings="<results>/interviews/all_codings.qdpx",
        segments="<results>/interviews/for_coding/segments.csv",
    log:
        "<logs>/interviews/export_coding.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("export_coding"),
    message:
        "Preparing the transcripts for coding"
    script:
        "../scripts/export_coding.py"


rule compare_coders:
    """Measure how far the coders agree on the turns that both have coded."""
    input:
        segments="<results>/interviews/segments.csv",
        structure="<results>/interviews/structure.csv",
        turns="<results>/interviews/turns.csv",
    output:
        agreement="<results>/interviews/agreement.csv",
        overall="<results>/interviews/overall.csv",
    log:
        "<logs>/interviews/compare_coders.log",
    benchmark:
        "<benchmarks>/interviews/compare_coders.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("compare_coders"),
        agreement_on=CONFIG.interviews.agreement_on,
        seed=CONFIG.seed,
    message:
        "Comparing the coders"
    script:
        "../scripts/compare_coders.py"


rule draw_data_structure:
    """Draw concepts, themes and dimensions."""
    input:
        structure="<results>/interviews/structure.csv",
    output:
        svg="<results>/interviews/figures/data_structure.svg",
        pdf="<results>/interviews/figures/data_structure.pdf",
        csv="<results>/interviews/figures/data_structure.csv",
    log:
        "<logs>/interviews/draw_data_structure.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=1000,
    params:
        code=code("draw_data_structure"),
    message:
        "Drawing the data structure"
    script:
        "../scripts/draw_data_structure.py"


rule relate_concepts:
    """Count quotes by concept and interview, and the turns that concepts share."""
    input:
        structure="<results>/interviews/structure.csv",
        quotes="<results>/interviews/quotes.csv",
        transcripts="<results>/interviews/transcripts.csv",
    output:
        by_interview="<results>/interviews/by_interview.csv",
        together="<results>/interviews/together.csv",
    log:
        "<logs>/interviews/relate_concepts.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("relate_concepts"),
    message:
        "Relating concepts and interviews"
    script:
        "../scripts/relate_concepts.py"


rule draw_themes:
    """Draw which interviews speak of which themes."""
    input:
        by_interview="<results>/interviews/by_interview.csv",
    output:
        svg="<results>/interviews/figures/themes.svg",
        pdf="<results>/interviews/figures/themes.pdf",
        csv="<results>/interviews/figures/themes.csv",
    log:
        "<logs>/interviews/draw_themes.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=1000,
    params:
        code=code("draw_themes"),
    message:
        "Drawing the themes by interview"
    script:
        "../scripts/draw_themes.py"


rule draw_saturation:
    """Draw how many new concepts each interview brought."""
    input:
        quotes="<results>/interviews/quotes.csv",
        transcripts="<results>/interviews/transcripts.csv",
    output:
        svg="<results>/interviews/figures/saturation.svg",
        pdf="<results>/interviews/figures/saturation.pdf",
        csv="<results>/interviews/figures/saturation.csv",
    log:
        "<logs>/interviews/draw_saturation.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=1000,
    params:
        code=code("draw_saturation"),
        base_size=CONFIG.interviews.saturation_base,
        run_length=CONFIG.interviews.saturation_run,
    message:
        "Drawing the saturation of concepts"
    script:
        "../scripts/draw_saturation.py"


rule gather_interviews:
    """Hand on the evidence, the state of the work and what became of every segment."""
    input:
        transcripts="<results>/interviews/transcripts.csv",
        segments="<results>/interviews/segments.csv",
        parts="<results>/interviews/parts.csv",
        structure="<results>/interviews/structure.csv",
        quotes="<results>/interviews/quotes.csv",
    output:
        evidence="<results>/interviews/evidence.csv",
        status="<results>/interviews/status.csv",
        account="<results>/interviews/account.csv",
    log:
        "<logs>/interviews/gather_interviews.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("gather_interviews"),
    message:
        "Gathering the evidence of the interviews"
    script:
        "../scripts/gather_interviews.py"


rule report_interviews:
    """Write what the report says of the interviews."""
    input:
        transcripts="<results>/interviews/transcripts.csv",
        segments="<results>/interviews/segments.csv",
        structure="<results>/interviews/structure.csv",
        quotes="<results>/interviews/quotes.csv",
        agreement="<results>/interviews/agreement.csv",
        overall="<results>/interviews/overall.csv",
        saturation="<results>/interviews/figures/saturation.csv",
        by_interview="<results>/interviews/by_interview.csv",
        together="<results>/interviews/together.csv",
    output:
        methods="<results>/interviews/report/methods.md",
        results="<results>/interviews/report/results.md",
    log:
        "<logs>/interviews/report_interviews.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("report_interviews"),
        settings=section("interviews"),
        seed=CONFIG.seed,
    message:
        "Writing the section on the interviews"
    script:
        "../scripts/report_interviews.py"
