"""Benchmarks of this project beside its peers; peers are an extra, never a dependency."""
