"""Exports of the tools in which records are screened: ASReview, Rayyan, Covidence."""
