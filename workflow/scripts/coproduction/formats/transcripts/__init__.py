"""Transcripts of interviews: their text, whoever wrote it, and the turns of those who speak in it."""
