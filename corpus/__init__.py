"""Mail written for this project, and what makes a classifier of it."""
