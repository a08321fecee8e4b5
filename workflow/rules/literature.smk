"""Literature: from the databases' exports to unique records.

Every export is read entry by entry, duplicates are found and merged visibly, and doubtful pairs go
to people, whose decisions the next run obeys. Leaves the unique records (results/literature/
records.csv and export/), what became of every entry, and the fragments of the report.
"""

LITERATURE_FIGURES = ["overlap"]


rule import_exports:
    """Read every entry of every export, and list the ones that cannot be read."""
    input:
        searches=search_files,
    output:
        entries=update("<results>/literature/entries.csv"),
        refused=update("<results>/literature/refused.csv"),
        changes=update("<results>/literature/changes.csv"),
        other_fields=update("<results>/literature/other_fields.csv"),
        outside=update("<results>/literature/outside.csv"),
        field_counts=update("<results>/literature/field_counts.csv"),
        imports=update("<results>/literature/imports.csv"),
    log:
        "<logs>/literature/import_exports.log",
    benchmark:
        "<benchmarks>/literature/import_exports.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(400, each=4),
    params:
        code=code("import_exports"),
        settings=section("literature", "import_exports"),
        folder=f"{CONFIG.study}/searches",
    message:
        "Importing the database exports"
    script:
        "../scripts/import_exports.py"


rule find_duplicates:
    """Find the entries that are the same work, and the doubtful pairs for people to decide."""
    input:
        entries="<results>/literature/entries.csv",
        decisions=duplicate_decisions,
    output:
        clusters=update("<results>/literature/clusters.csv"),
        pairs=update("<results>/literature/pairs.csv"),
        review_pairs=update("<results>/literature/review_pairs.csv"),
        merges_to_check=update("<results>/literature/merges_to_check.csv"),
    log:
        "<logs>/literature/find_duplicates.log",
    benchmark:
        "<benchmarks>/literature/find_duplicates.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 2
    resources:
        mem_mb=memory(400, each=4.5),
    params:
        code=code("find_duplicates"),
        settings=section("literature", "find_duplicates"),
    message:
        "Finding duplicates among the entries"
    script:
        "../scripts/find_duplicates.py"


rule merge_records:
    """Merge each cluster into one record whose every field names its origin; obey what people correct."""
    input:
        entries="<results>/literature/entries.csv",
        clusters="<results>/literature/clusters.csv",
        pairs="<results>/literature/pairs.csv",
        other_fields="<results>/literature/other_fields.csv",
        corrections=corrections,
    output:
        records=update("<results>/literature/records.csv"),
        origins=update("<results>/literature/origins.csv"),
        links=update("<results>/literature/links.csv"),
        references=update("<results>/literature/references.csv"),
        corrections=update("<results>/literature/corrections.csv"),
    log:
        "<logs>/literature/merge_records.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(400, each=4.5),
    params:
        code=code("merge_records"),
    message:
        "Merging duplicates into unique records"
    script:
        "../scripts/merge_records.py"


rule export_records:
    """Export the unique records as RIS, BibTeX, CSV and CSL-JSON."""
    input:
        records="<results>/literature/records.csv",
    output:
        ris="<results>/literature/export/records.ris",
        bib="<results>/literature/export/records.bib",
        records_csv="<results>/literature/export/records.csv",
        csl="<results>/literature/export/records.json",
    log:
        "<logs>/literature/export_records.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(400, each=5),
    params:
        code=code("export_records"),
    message:
        "Exporting the unique records for other tools"
    script:
        "../scripts/export_records.py"


rule draw_literature:
    """Draw which databases have which records."""
    input:
        records="<results>/literature/records.csv",
    output:
        overlap_svg="<results>/literature/figures/overlap.svg",
        overlap_pdf="<results>/literature/figures/overlap.pdf",
        overlap_csv="<results>/literature/figures/overlap.csv",
    log:
        "<logs>/literature/draw_literature.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("draw_literature"),
    message:
        "Drawing the overlap of the databases"
    script:
        "../scripts/draw_literature.py"


rule summarise_literature:
    """Write what the report says of searches, duplicates and unique records, and where entries went."""
    input:
        imports="<results>/literature/imports.csv",
        entries="<results>/literature/entries.csv",
        records="<results>/literature/records.csv",
        pairs="<results>/literature/pairs.csv",
        refused="<results>/literature/refused.csv",
        clusters="<results>/literature/clusters.csv",
        links="<results>/literature/links.csv",
        field_counts="<results>/literature/field_counts.csv",
        merges_to_check="<results>/literature/merges_to_check.csv",
        corrections="<results>/literature/corrections.csv",
        templates=templates("literature"),
    output:
        facts="<results>/literature/facts.json",
        methods="<results>/literature/report/methods.md",
        results="<results>/literature/report/results.md",
        merges="<results>/literature/report/merges.md",
        status="<results>/literature/status.csv",
        account="<results>/literature/account.csv",
    log:
        "<logs>/literature/summarise_literature.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=0.5),
    params:
        code=code("summarise_literature"),
        settings=section("literature", "summarise_literature"),
    message:
        "Writing the section on the searches"
    script:
        "../scripts/summarise_literature.py"
