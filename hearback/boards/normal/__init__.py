"""The normal form: what boards write, each in its own way, as one kind of text, place, pay and day."""
