"""Exports of survey tools: their header rows, time stamps and the words of answers."""
