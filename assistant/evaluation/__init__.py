"""Answers scored against a folder of gold data."""
