"""The floor that everything stands on: tables, errors, steps, figures, words; it imports nothing above it."""
