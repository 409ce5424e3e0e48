"""Ways to reach a person: mail, and chat and push services."""
