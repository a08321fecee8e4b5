"""Topics: what the abstracts of the unique records are about.

TF-IDF and non-negative matrix factorisation of title, abstract and keywords. Leaves the topics with
their terms, the weight of each topic in each record, what speaks for other numbers of topics, two
figures and the fragments of the report.
"""

TOPICS_FIGURES = ["prevalence", "choice", "map"]


rule identify_languages:
    """Find out in which language each abstract is, and whether it is modelled."""
    input:
        records="<results>/literature/records.csv",
    output:
        languages="<results>/topics/languages.csv",
    log:
        "<logs>/topics/identify_languages.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=1),
    params:
        code=code("identify_languages"),
        settings=section("topics", "identify_languages"),
    message:
        "Identifying the languages of the abstracts"
    script:
        "../scripts/identify_languages.py"


rule compare_topic_numbers:
    """Measure coherence, stability and diversity for several numbers of topics, and choose one."""
    input:
        records="<results>/literature/records.csv",
        languages="<results>/topics/languages.csv",
    output:
        choice_of_number="<results>/topics/choice_of_number.csv",
        compared_topics="<results>/topics/compared_topics.csv",
    log:
        "<logs>/topics/compare_topic_numbers.log",
    benchmark:
        "<benchmarks>/topics/compare_topic_numbers.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=4),
    params:
        code=code("compare_topic_numbers"),
        settings=section("topics", "compare_topic_numbers"),
        seed=CONFIG.seed,
    message:
        "Comparing numbers of topics"
    script:
        "../scripts/compare_topic_numbers.py"


rule model_topics:
    """Factorise the abstracts into topics."""
    input:
        records="<results>/literature/records.csv",
        languages="<results>/topics/languages.csv",
        choice_of_number="<results>/topics/choice_of_number.csv",
        compared_topics="<results>/topics/compared_topics.csv",
    output:
        topics="<results>/topics/topics.csv",
        documents="<results>/topics/documents.csv",
        topic_terms="<results>/topics/topic_terms.csv",
        topic_map="<results>/topics/topic_map.csv",
        topic_groups="<results>/topics/topic_groups.csv",
        quality="<results>/topics/quality.csv",
        language_effect="<results>/topics/language_effect.csv",
    log:
        "<logs>/topics/model_topics.log",
    benchmark:
        "<benchmarks>/topics/model_topics.tsv"
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=6),
    params:
        code=code("model_topics"),
        settings=section("topics", "model_topics"),
    message:
        "Finding the topics of the abstracts"
    script:
        "../scripts/model_topics.py"


rule describe_topics:
    """Give the topics their names; measure how common each is, and whether it grows."""
    input:
        topics="<results>/topics/topics.csv",
        documents="<results>/topics/documents.csv",
        records="<results>/literature/records.csv",
        included="<results>/screening/included.csv",
        names=present("topics.csv"),
    output:
        prevalence=update("<results>/topics/prevalence.csv"),
        named_topics=update("<results>/topics/named_topics.csv"),
        topic_names_form=update("<results>/topics/topic_names_form.csv"),
    log:
        "<logs>/topics/describe_topics.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=3),
    params:
        code=code("describe_topics"),
        seed=CONFIG.seed,
    message:
        "Describing the topics: names, prevalence, trend"
    script:
        "../scripts/describe_topics.py"


rule distribute_topics:
    """Count the records of each topic by journal and by country."""
    input:
        documents="<results>/topics/documents.csv",
        records="<results>/literature/records.csv",
        studies="<results>/screening/studies.csv",
        countries=present("countries.csv"),
    output:
        distribution=update("<results>/topics/distribution.csv"),
    log:
        "<logs>/topics/distribute_topics.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=1.5),
    params:
        code=code("distribute_topics"),
    message:
        "Counting the records of each topic by journal and country"
    script:
        "../scripts/distribute_topics.py"


rule draw_topics:
    """Draw how common the topics are, where they lie beside one another, and what speaks for their number."""
    input:
        topics="<results>/topics/topics.csv",
        topic_map="<results>/topics/topic_map.csv",
        choice_of_number="<results>/topics/choice_of_number.csv",
        named_topics="<results>/topics/named_topics.csv",
    output:
        prevalence_svg="<results>/topics/figures/prevalence.svg",
        prevalence_pdf="<results>/topics/figures/prevalence.pdf",
        prevalence_csv="<results>/topics/figures/prevalence.csv",
        choice_svg="<results>/topics/figures/choice.svg",
        choice_pdf="<results>/topics/figures/choice.pdf",
        choice_csv="<results>/topics/figures/choice.csv",
        map_svg="<results>/topics/figures/map.svg",
        map_pdf="<results>/topics/figures/map.pdf",
        map_csv="<results>/topics/figures/map.csv",
    log:
        "<logs>/topics/draw_topics.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("draw_topics"),
    message:
        "Drawing the figures of the topics"
    script:
        "../scripts/draw_topics.py"


rule summarise_topics:
    """Write what the report says of the topics, and what became of every record."""
    input:
        records="<results>/literature/records.csv",
        topics="<results>/topics/topics.csv",
        documents="<results>/topics/documents.csv",
        choice_of_number="<results>/topics/choice_of_number.csv",
        quality="<results>/topics/quality.csv",
        named_topics="<results>/topics/named_topics.csv",
        prevalence="<results>/topics/prevalence.csv",
        topic_map="<results>/topics/topic_map.csv",
        topic_groups="<results>/topics/topic_groups.csv",
        distribution="<results>/topics/distribution.csv",
        languages="<results>/topics/languages.csv",
        language_effect="<results>/topics/language_effect.csv",
        templates=templates("topics"),
    output:
        facts="<results>/topics/facts.json",
        methods="<results>/topics/report/methods.md",
        results="<results>/topics/report/results.md",
        status="<results>/topics/status.csv",
        account="<results>/topics/account.csv",
    log:
        "<logs>/topics/summarise_topics.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=1.5),
    params:
        code=code("summarise_topics"),
        settings=section("topics", "summarise_topics"),
        seed=CONFIG.seed,
    message:
        "Writing the section on topics"
    script:
        "../scripts/summarise_topics.py"
