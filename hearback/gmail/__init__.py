"""Google as the product meets it: OAuth, the Gmail API, watch."""
