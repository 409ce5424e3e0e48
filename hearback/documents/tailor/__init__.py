"""A CV and a letter for one posting, made of what the CV says, and the check that they claim no more."""
