"""Topics: what the abstracts of the unique records are about."""
