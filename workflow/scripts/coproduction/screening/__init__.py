"""Screening: decisions of reviewers, agreement, ranked queue, stop statement, PRISMA 2020 flow."""
