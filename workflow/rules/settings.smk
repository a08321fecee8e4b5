"""Settings: what a run was made with, for the report and for whoever repeats it."""


rule keep_settings:
    """Keep what this run was made with."""
    input:
        templates=templates("house"),
    output:
        config="<results>/house/config.yaml",
        software="<results>/house/software.csv",
        facts="<results>/house/facts.json",
        methods="<results>/house/report/methods.md",
    log:
        "<logs>/house/keep_settings.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(300),
    params:
        code=code("keep_settings"),
        config=CONFIG.model_dump(mode="json"),
        software=software_used(HOUSE / "workflow"),
    message:
        "Recording the settings of the run"
    script:
        "../scripts/keep_settings.py"
