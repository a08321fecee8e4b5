"""Duplicates among bibliographic entries: candidate pairs, weights of evidence, vetoes, clusters."""
