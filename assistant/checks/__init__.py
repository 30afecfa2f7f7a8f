"""The single checks of a claim against its quote."""
