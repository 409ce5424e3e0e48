"""Trains the reading model on the corpus: `make model`."""
