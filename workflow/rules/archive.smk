"""Archive: one folder of the whole study to publish, described for machines (RO-Crate)."""


rule archive_study:
    """Put results, codebook, dictionary and citation into one folder for a repository."""
    input:
        everything=rules.all.input,
        codebook="<factors>",
        references=CONFIG.references,
        templates=templates("report", "archive"),
    output:
        folder=directory("<results>/archive"),
    log:
        "<logs>/archive/archive_study.log",
    conda:
        "../../envs/archive.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("archive_study"),
        about={
            "title": CONFIG.title,
            "description": CONFIG.subtitle or CONFIG.title,
            "authors": CONFIG.authors,
            "date": CONFIG.date,
            "license": CONFIG.report.archive_license,
            "illustrative": CONFIG.illustrative,
        },
    message:
        "Assembling the archive for publication"
    script:
        "../scripts/archive_study.py"
