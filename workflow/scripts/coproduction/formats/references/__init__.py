"""Bibliographic references: the formats in which databases and programs keep them, read and written."""
