"""The library of the co-production ecosystem workflow: pure functions, one sub-package a technique.

It knows nothing of Snakemake. Techniques do not import each other; they meet in tables.
"""
