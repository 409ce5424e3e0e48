"""Commands for operators, by Flask's own command line: `flask --app webapp ...`."""

from flask import Flask

from webapp.cli.cv import cv
from webapp.cli.gmail import gmail
from webapp.cli.gmail_setup import setup
from webapp.cli.jobs import jobs
from webapp.cli.mail import mail
from webapp.cli.rows import applications, db, users
from webapp.cli.tokens import tokens


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    gmail.add_command(setup)
    for group in (mail, jobs, applications, gmail, users, db, tokens, cv):
        app.cli.add_command(group)
