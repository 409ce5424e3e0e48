"""Gmail API v1, as far as a mail client that reads, watches and sends needs it."""
