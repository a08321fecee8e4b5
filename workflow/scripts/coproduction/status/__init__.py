"""Status: what is done, what is awaited, and whether every count adds up."""
