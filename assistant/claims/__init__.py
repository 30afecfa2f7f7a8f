"""The claim desk: a text, sentence by sentence, against the corpus."""
