"""The proof that documents and evidence dossiers hold the same figures."""
