"""Turns a question or a claim into a checked answer; reads what ``index`` built."""
