"""Configurations of conditions across cases (QCA): which together go with the outcome."""
