"""Interviews: from transcripts and codings to the data structure after Gioia.

Transcripts are pseudonymised when they enter and handed to the coders as texts and as a REFI-QDA
project; what the coders return is found again in the transcripts by its words. Leaves the quotes
behind concepts, themes and dimensions, the agreement of the coders, three figures, evidence for the
factors and the fragments of the report.
"""

INTERVIEWS_FIGURES = ["data_structure", "process", "themes", "saturation"]
INTERVIEWS_PAGES = ["<results>/interviews/figures/data_structure_pages"]


rule read_interviews:
    """Read the transcripts of those who consented; names are replaced by pseudonyms on import."""
    input:
        participants=present("interviews/participants.csv"),
        identities=present("interviews/identities.csv"),
        roles=present("interviews/speakers.csv"),
        no_names=present("interviews/no_names.csv"),
        files=present("interviews/transcripts/*"),
    output:
        transcripts=update("<results>/interviews/transcripts.csv"),
        texts=update("<results>/interviews/texts.csv"),
        turns=update("<results>/interviews/turns.csv"),
        replaced=update("<results>/interviews/replaced.csv"),
        speakers=update("<results>/interviews/speakers.csv"),
        private_speakers=update("<results>/private/speakers.csv"),
        private_identifiers=update("<results>/private/identifiers.csv"),
        private_names=update("<results>/private/names.csv"),
    log:
        "<logs>/interviews/read_interviews.log",
    benchmark:
        "<benchmarks>/interviews/read_interviews.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("read_interviews"),
        settings=section("interviews", "read_interviews"),
    message:
        "Reading and pseudonymising the interviews"
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
        private_identifiers="<results>/private/identifiers.csv",
    output:
        segments=update("<results>/interviews/segments.csv"),
        codebook=update("<results>/interviews/codebook.csv"),
        memos=update("<results>/interviews/memos.csv"),
        parts=update("<results>/interviews/parts.csv"),
        private_coded_identifiers=update("<results>/private/coded_identifiers.csv"),
    log:
        "<logs>/interviews/import_codings.log",
    benchmark:
        "<benchmarks>/interviews/import_codings.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("import_codings"),
        settings=section("interviews"),
    message:
        "Locating the coded segments in the transcripts"
    script:
        "../scripts/import_codings.py"


rule build_gioia:
    """Join concepts, themes and dimensions with the coded segments."""
    input:
        gioia=present("interviews/gioia.csv"),
        chosen=present("interviews/chosen_quotes.csv"),
        told=present("interviews/code_changes.csv"),
        propositions=present("interviews/propositions.csv"),
        identities=present("interviews/identities.csv"),
        segments="<results>/interviews/segments.csv",
        factors="<factors>",
    output:
        structure=update("<results>/interviews/structure.csv"),
        quotes=update("<results>/interviews/quotes.csv"),
        quote_choice=update("<results>/interviews/quote_choice.csv"),
        changes=update("<results>/interviews/changes.csv"),
        proposed_changes=update("<results>/interviews/proposed_changes.csv"),
        process=update("<results>/interviews/process.csv"),
    log:
        "<logs>/interviews/build_gioia.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("build_gioia"),
        settings=section("interviews", "build_gioia"),
    message:
        "Building the data structure"
    script:
        "../scripts/build_gioia.py"


rule export_coding:
    """Hand the transcripts to the coders; all codings so far as one project."""
    input:
        transcripts="<results>/interviews/transcripts.csv",
        texts="<results>/interviews/texts.csv",
        structure="<results>/interviews/structure.csv",
        codebook="<results>/interviews/codebook.csv",
        segments="<results>/interviews/segments.csv",
        factors="<factors>",
        guide=present("interviews/guide.csv"),
        identities=present("interviews/identities.csv"),
    output:
        for_coding_texts=directory("<results>/interviews/for_coding/texts"),
        project="<results>/interviews/for_coding/project.qdpx",
        for_coding_codebook="<results>/interviews/for_coding/codebook.csv",
        codes="<results>/interviews/for_coding/codes.qdc",
        all_codings="<results>/interviews/all_codings.qdpx",
        for_coding_segments="<results>/interviews/for_coding/segments.csv",
    log:
        "<logs>/interviews/export_coding.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("export_coding"),
        settings=section("interviews", "export_coding"),
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
        decided=present("interviews/disagreements.csv"),
        identities=present("interviews/identities.csv"),
    output:
        agreement=update("<results>/interviews/agreement.csv"),
        overall=update("<results>/interviews/overall.csv"),
        disagreements=update("<results>/interviews/disagreements.csv"),
    log:
        "<logs>/interviews/compare_coders.log",
    benchmark:
        "<benchmarks>/interviews/compare_coders.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("compare_coders"),
        agreement_on=CONFIG.interviews.agreement_on,
        agreement_unit=CONFIG.interviews.agreement_unit,
        seed=CONFIG.seed,
    message:
        "Comparing the coders"
    script:
        "../scripts/compare_coders.py"


rule relate_concepts:
    """Count quotes by concept and interview, the turns that concepts share, and what is still new."""
    input:
        structure="<results>/interviews/structure.csv",
        quotes="<results>/interviews/quotes.csv",
        transcripts="<results>/interviews/transcripts.csv",
    output:
        by_interview="<results>/interviews/by_interview.csv",
        by_group="<results>/interviews/by_group.csv",
        together="<results>/interviews/together.csv",
        saturation="<results>/interviews/saturation.csv",
        richness="<results>/interviews/richness.csv",
    log:
        "<logs>/interviews/relate_concepts.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("relate_concepts"),
        seed=CONFIG.seed,
        base_size=CONFIG.interviews.saturation_base,
        run_length=CONFIG.interviews.saturation_run,
    message:
        "Relating concepts to interviews"
    script:
        "../scripts/relate_concepts.py"


rule draw_interviews:
    """Draw the data structure, the themes by interview and the saturation of concepts."""
    input:
        structure="<results>/interviews/structure.csv",
        by_interview="<results>/interviews/by_interview.csv",
        saturation="<results>/interviews/saturation.csv",
        process="<results>/interviews/process.csv",
    output:
        data_structure_svg="<results>/interviews/figures/data_structure.svg",
        data_structure_pdf="<results>/interviews/figures/data_structure.pdf",
        data_structure_csv="<results>/interviews/figures/data_structure.csv",
        data_structure_pages=directory("<results>/interviews/figures/data_structure_pages"),
        data_structure_docx="<results>/interviews/figures/data_structure.docx",
        process_svg="<results>/interviews/figures/process.svg",
        process_pdf="<results>/interviews/figures/process.pdf",
        process_csv="<results>/interviews/figures/process.csv",
        themes_svg="<results>/interviews/figures/themes.svg",
        themes_pdf="<results>/interviews/figures/themes.pdf",
        themes_csv="<results>/interviews/figures/themes.csv",
        saturation_svg="<results>/interviews/figures/saturation.svg",
        saturation_pdf="<results>/interviews/figures/saturation.pdf",
        saturation_csv="<results>/interviews/figures/saturation.csv",
    log:
        "<logs>/interviews/draw_interviews.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("draw_interviews"),
        settings=section("interviews", "draw_interviews"),
    message:
        "Drawing the figures of the interviews"
    script:
        "../scripts/draw_interviews.py"


rule summarise_interviews:
    """Write what the report says of the interviews, their evidence, and what became of everything."""
    input:
        transcripts="<results>/interviews/transcripts.csv",
        turns="<results>/interviews/turns.csv",
        segments="<results>/interviews/segments.csv",
        parts="<results>/interviews/parts.csv",
        structure="<results>/interviews/structure.csv",
        private_names="<results>/private/names.csv",
        quotes="<results>/interviews/quotes.csv",
        quote_choice="<results>/interviews/quote_choice.csv",
        changes="<results>/interviews/changes.csv",
        proposed_changes="<results>/interviews/proposed_changes.csv",
        process="<results>/interviews/process.csv",
        agreement="<results>/interviews/agreement.csv",
        overall="<results>/interviews/overall.csv",
        saturation="<results>/interviews/saturation.csv",
        richness="<results>/interviews/richness.csv",
        by_interview="<results>/interviews/by_interview.csv",
        together="<results>/interviews/together.csv",
        templates=templates("interviews"),
    output:
        facts="<results>/interviews/facts.json",
        methods="<results>/interviews/report/methods.md",
        results="<results>/interviews/report/results.md",
        evidence="<results>/interviews/evidence.csv",
        status="<results>/interviews/status.csv",
        account="<results>/interviews/account.csv",
    log:
        "<logs>/interviews/summarise_interviews.log",
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("summarise_interviews"),
        settings=section("interviews", "summarise_interviews"),
        seed=CONFIG.seed,
    message:
        "Writing the section on the interviews"
    script:
        "../scripts/summarise_interviews.py"
