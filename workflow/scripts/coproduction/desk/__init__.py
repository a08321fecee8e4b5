"""Desk research: documents searched for the factors, and public indicators compared by country."""
