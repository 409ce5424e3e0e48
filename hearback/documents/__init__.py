"""CVs and letters: text out of files, read into JSON Resume, tailored to a job, and set again."""
