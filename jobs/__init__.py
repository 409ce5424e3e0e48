"""What workers run: one file per family of job."""
