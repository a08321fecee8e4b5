"""Ecosystem: the evidence of all techniques brought together per factor."""
