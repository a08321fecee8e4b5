"""Configurations of conditions across cases (QCA): which together are sufficient for the outcome."""
