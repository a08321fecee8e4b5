"""The floor that everything rests on: tables, errors, steps, figures, words; it imports nothing above it."""
