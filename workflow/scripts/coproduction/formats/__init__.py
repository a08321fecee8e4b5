"""How outside files are read and written; knows nothing of this study."""
