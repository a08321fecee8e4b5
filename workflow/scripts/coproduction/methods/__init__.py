"""Statistics and algorithms that know nothing of this study."""
