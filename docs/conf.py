"""The documentation as a site (`make docs`): Sphinx with MyST, which reads the Markdown as it is."""

project = "Co-production ecosystem workflow"
extensions = ["myst_parser", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
html_theme = "alabaster"
html_theme_options = {
    "description": "A mixed-methods study as a workflow",
    "page_width": "72em",
    "body_max_width": "auto",
}
html_show_sourcelink = False
html_show_copyright = False
html_static_path = ["_static"]
# Links to files of the repository beside the documentation; diagrams that are shown as text.
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure"]
# Pages of the site for files that lie elsewhere in the repository.
ELSEWHERE = {"../config/README.md": "settings.md"}


def _within_the_site(app, name, source):
    for file, page in ELSEWHERE.items():
        source[0] = source[0].replace(f"]({file}", f"]({page}")


def setup(app):
    """Point links of the pages to the pages of the site."""
    app.connect("source-read", _within_the_site)
    return {"parallel_read_safe": True}
