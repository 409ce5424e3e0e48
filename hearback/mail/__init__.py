"""Understanding one message: parse it, say what it means, and take out names, dates and links."""
