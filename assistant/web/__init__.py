"""The web pages: one module a part, one style sheet a purpose."""
