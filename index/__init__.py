"""Documents in, a searchable and checkable index out."""
