"""Tests of what is asked of a language model, and of what is believed."""
