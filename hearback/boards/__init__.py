"""Job boards: one small file for each source, each turning a search into postings of one normal form."""
