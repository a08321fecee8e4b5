"""Interviews: transcripts, pseudonyms, codings, the structure after Gioia, agreement of coders."""
