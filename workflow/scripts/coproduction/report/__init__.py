"""The report: staged from prose and prepared fragments, rendered to HTML and PDF."""
