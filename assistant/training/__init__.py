"""How what is learned was learned; not needed to answer."""
