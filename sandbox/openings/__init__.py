"""Invented employers and openings, and what of them is open at a moment: the data of the local job boards."""
