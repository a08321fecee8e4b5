"""Literature: database exports read, deduplicated, merged and exported."""
