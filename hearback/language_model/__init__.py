"""A second opinion on a mail, from any OpenAI-compatible server: what is asked, how, and what is believed."""
