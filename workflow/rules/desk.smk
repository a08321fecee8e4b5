"""Desk research: what documents say about the conditions, and how countries compare.

Documents are read page by page and searched for the terms of the codebook of conditions; public
indicators are checked, rescaled and combined per dimension. Leaves the passages, the
scores and ranks of the countries with their sensitivity, four figures, evidence for the factors
and the fragments of the report.
"""

DESK_FIGURES = ["passages_map", "countries", "tiles", "indicators"]


rule read_documents:
    """Read the text of each registered document, page by page, and compare the documents."""
    input:
        register=present("desk/register.csv"),
        files=present("desk/documents/**/*"),
        identities=present("desk/identities.csv"),
        factors="<factors>",
    output:
        documents=update("<results>/desk/documents.csv"),
        pages=update("<results>/desk/pages.csv"),
        similar_documents=update("<results>/desk/similar_documents.csv"),
    log:
        "<logs>/desk/read_documents.log",
    benchmark:
        "<benchmarks>/desk/read_documents.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 2
    resources:
        mem_mb=memory(1000),
    params:
        code=code("read_documents"),
        recogniser=program_digest("tesseract"),
        desk=desk_folder,
        settings=section("desk", "read_documents"),
    message:
        "Reading the documents"
    script:
        "../scripts/read_documents.py"


rule find_passages:
    """Find the sentences that hold a term of a condition, with what people say of them."""
    input:
        documents="<results>/desk/documents.csv",
        pages="<results>/desk/pages.csv",
        study_judgements=present("desk/judgements*.csv"),
        directions=present("ecosystem/directions.csv"),
        factors="<factors>",
    output:
        passages=update("<results>/desk/passages.csv"),
        judgements=update("<results>/desk/judgements.csv"),
        to_judge=update("<results>/desk/to_judge.csv"),
    log:
        "<logs>/desk/find_passages.log",
    benchmark:
        "<benchmarks>/desk/find_passages.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("find_passages"),
        settings=section("desk", "find_passages"),
    message:
        "Finding passages on the conditions in the documents"
    script:
        "../scripts/find_passages.py"


rule read_indicators:
    """Check every value of the indicators and choose those that are compared."""
    input:
        indicators=indicator_files,
        downloaded=downloaded_indicators,
        study_codebook=present("desk/codebook.csv"),
        countries=present("countries.csv"),
        factors="<factors>",
    output:
        values=update("<results>/desk/values.csv"),
        codebook=update("<results>/desk/codebook.csv"),
        coverage=update("<results>/desk/coverage.csv"),
        changes=update("<results>/desk/changes.csv"),
        downloads=update("<results>/desk/downloads.csv"),
        downloaded_series=update("<results>/desk/downloaded_series.csv"),
    log:
        "<logs>/desk/read_indicators.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000, 15),
    params:
        code=code("read_indicators"),
        settings=section("desk", "read_indicators"),
    message:
        "Reading and checking the indicators"
    script:
        "../scripts/read_indicators.py"


rule compare_countries:
    """Score and rank the countries in each dimension, under all variants of method."""
    input:
        values="<results>/desk/values.csv",
        codebook="<results>/desk/codebook.csv",
    output:
        normalised="<results>/desk/normalised.csv",
        scores="<results>/desk/scores.csv",
        ranks="<results>/desk/ranks.csv",
        consistency="<results>/desk/consistency.csv",
        correlations="<results>/desk/correlations.csv",
    log:
        "<logs>/desk/compare_countries.log",
    benchmark:
        "<benchmarks>/desk/compare_countries.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("compare_countries"),
        settings=section("desk", "compare_countries"),
        seed=CONFIG.seed,
    message:
        "Comparing the countries"
    script:
        "../scripts/compare_countries.py"


rule vary_comparison:
    """Vary all choices of the comparison at once; find components and groups of countries."""
    input:
        values="<results>/desk/values.csv",
        codebook="<results>/desk/codebook.csv",
        scores="<results>/desk/scores.csv",
        study_country_groups=present("desk/country_groups.csv"),
    output:
        rank_uncertainty=update("<results>/desk/rank_uncertainty.csv"),
        rank_choices=update("<results>/desk/rank_choices.csv"),
        components=update("<results>/desk/components.csv"),
        country_groups=update("<results>/desk/country_groups.csv"),
        group_numbers=update("<results>/desk/group_numbers.csv"),
    log:
        "<logs>/desk/vary_comparison.log",
    benchmark:
        "<benchmarks>/desk/vary_comparison.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("vary_comparison"),
        settings=section("desk"),
        seed=CONFIG.seed,
    message:
        "Testing the sensitivity of the comparison"
    script:
        "../scripts/vary_comparison.py"


rule draw_desk:
    """Draw the passages by condition and document, the countries by rank and on a map, and all indicators."""
    input:
        passages="<results>/desk/passages.csv",
        documents="<results>/desk/documents.csv",
        scores="<results>/desk/scores.csv",
        normalised="<results>/desk/normalised.csv",
        coverage="<results>/desk/coverage.csv",
        country_groups="<results>/desk/country_groups.csv",
        factors="<factors>",
    output:
        passages_map_svg="<results>/desk/figures/passages_map.svg",
        passages_map_pdf="<results>/desk/figures/passages_map.pdf",
        passages_map_csv="<results>/desk/figures/passages_map.csv",
        countries_svg="<results>/desk/figures/countries.svg",
        countries_pdf="<results>/desk/figures/countries.pdf",
        countries_csv="<results>/desk/figures/countries.csv",
        tiles_svg="<results>/desk/figures/tiles.svg",
        tiles_pdf="<results>/desk/figures/tiles.pdf",
        tiles_csv="<results>/desk/figures/tiles.csv",
        indicators_svg="<results>/desk/figures/indicators.svg",
        indicators_pdf="<results>/desk/figures/indicators.pdf",
        indicators_csv="<results>/desk/figures/indicators.csv",
    log:
        "<logs>/desk/draw_desk.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("draw_desk"),
        settings=section("desk", "draw_desk"),
    message:
        "Drawing the figures of the desk research"
    script:
        "../scripts/draw_desk.py"


rule summarise_desk:
    """Write what the report says of documents and countries; hand on evidence, state and account."""
    input:
        documents="<results>/desk/documents.csv",
        similar_documents="<results>/desk/similar_documents.csv",
        passages="<results>/desk/passages.csv",
        judgements="<results>/desk/judgements.csv",
        values="<results>/desk/values.csv",
        codebook="<results>/desk/codebook.csv",
        coverage="<results>/desk/coverage.csv",
        changes="<results>/desk/changes.csv",
        downloads="<results>/desk/downloads.csv",
        downloaded_series="<results>/desk/downloaded_series.csv",
        normalised="<results>/desk/normalised.csv",
        scores="<results>/desk/scores.csv",
        consistency="<results>/desk/consistency.csv",
        rank_uncertainty="<results>/desk/rank_uncertainty.csv",
        rank_choices="<results>/desk/rank_choices.csv",
        components="<results>/desk/components.csv",
        country_groups="<results>/desk/country_groups.csv",
        group_numbers="<results>/desk/group_numbers.csv",
        factors="<factors>",
        templates=templates("desk"),
    output:
        facts="<results>/desk/facts.json",
        methods="<results>/desk/report/methods.md",
        results="<results>/desk/report/results.md",
        evidence="<results>/desk/evidence.csv",
        status="<results>/desk/status.csv",
        account="<results>/desk/account.csv",
    log:
        "<logs>/desk/summarise_desk.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("summarise_desk"),
        settings=section("desk", "summarise_desk"),
        seed=CONFIG.seed,
    message:
        "Writing the section on desk research"
    script:
        "../scripts/summarise_desk.py"
