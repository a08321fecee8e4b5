"""Which files each part reads: what people have put there, what the report shows."""

from coproduction.screening.decision_files import decision_patterns


def desk_folder(wildcards):
    """Where people put the documents; it may be missing."""
    return f"{CONFIG.study}/desk"


def indicator_files(wildcards):
    """The table that people keep and the one of fetched series; the raw answers beside nobody needs to read."""
    present("desk/online/*")
    return present("desk/indicators.csv", "desk/indicators_online.csv")


def downloaded_indicators(wildcards):
    """Files of public statistics as their publishers hand them out; there may be none."""
    return [
        path for path in present("desk/downloads/*") if not study_files.is_note(Path(path).name)
    ]


def search_files(wildcards):
    """Everything in the searches folder that exists; there may be no search yet."""
    return [
        path
        for path in present("searches/**/*")
        if not Path(path).name.startswith(("duplicate_decisions", "corrections"))
        and not study_files.is_note(path)
    ]


def duplicate_decisions(wildcards):
    """What people decided on doubtful pairs; there may be no such file, or several."""
    return present("searches/duplicate_decisions*.csv")


def corrections(wildcards):
    """What people correct in the records; there may be no such file, or several."""
    present("searches/corrections*.json")  # raw answers of Crossref, which nobody needs to read
    return present("searches/corrections*.csv")


def screening_files(name):
    """A function that lists the files of this name that exist; decisions may be in several."""

    def found(wildcards):
        return present(f"screening/{name}*.csv")

    return found


def decision_files(stage):
    """A function that lists a stage's files of decisions: queues, and exports of screening tools."""

    def found(wildcards):
        return present(*decision_patterns(stage))

    return found


def full_text_files(wildcards):
    """PDFs of full texts; there may be none."""
    return present("screening/full_texts/**/*.pdf", "screening/full_texts/**/*.PDF")


def full_text_folder(wildcards):
    """Where people drop them."""
    return f"{CONFIG.study}/screening/full_texts"


def delphi_exports(wildcards):
    """Round files and column maps: every table in delphi/ that is not one of the lists."""
    lists = {"statements", "panel", "rounds", "panellist_ids", "comments", "identities"}
    lists |= {"protocol", "checklist", "columns"}
    return [
        path
        for path in present("delphi/*.csv", "delphi/*.txt", "delphi/*.tsv")
        if Path(path).stem not in lists
    ]


def coded_files(wildcards):
    """What coders handed in, also in folders of theirs; of a QualCoder project its database."""
    return [
        path
        for path in present("interviews/coded/**/*")
        if path.endswith(".qda/data.qda") or ".qda/" not in path
    ]


def ecosystem_file(name):
    """A function that lists the people's file of this name in ecosystem/; it may not exist."""

    def found(wildcards):
        return present(f"ecosystem/{name}.csv")

    return found


def influence_judgements(wildcards):
    """Which factor influences which, as experts judge it; one file or one for each expert."""
    return present("ecosystem/influences*.csv")


def influence_weights(wildcards):
    """Signed weights of influences for the fuzzy cognitive map; one file or one for each expert."""
    return present("ecosystem/weights*.csv")


def unread_files(wildcards):
    """Files of the study folder that no step reads, with the reason and the name that may be meant."""
    for step in workflow.rules:  # what functions find has not been looked for yet
        for files in filter(callable, step.input):
            files(wildcards)
    study = Path(CONFIG.study)
    words = study_files.present(study, "report/**/*")
    own = [*words, *workflow.configfiles, CONFIG.factors, CONFIG.references]
    within = Path(CONFIG.results).resolve().is_relative_to(study.resolve())
    made = (
        study_files.present(study, f"{os.path.relpath(CONFIG.results, study)}/**/*")
        if within
        else []
    )
    return study_files.unread(study, READ | set(map(str, own)) | set(made), PATTERNS)


def report_figures():
    """The figures of all techniques and of the design: SVG, PDF, and the data as CSV."""
    return [
        f"<results>/{technique}/figures/{figure}.{ending}"
        for technique in [*TECHNIQUES, "status"]
        for figure in globals()[f"{technique.upper()}_FIGURES"]
        for ending in ("csv", "pdf", "svg")
    ]


def report_sources():
    """The outline, sections and styles of the report: the study's own before the house's."""
    return list(study_files.report_sources(REPORT_FOLDERS).values())
