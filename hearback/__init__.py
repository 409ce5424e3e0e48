"""Hearback: tells a job seeker what employers answered, the second they answer."""
