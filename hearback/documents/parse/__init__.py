"""The lines of a document read into JSON Resume, each value with the words that it came from."""
