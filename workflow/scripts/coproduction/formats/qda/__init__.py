"""Projects and tables of programs for qualitative data analysis, read and written."""
