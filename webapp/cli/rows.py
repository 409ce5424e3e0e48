"""`flask applications`, `flask users` and `flask db`: look at rows, and bring the schema up to date."""

import click

from hearback.models import Application, User, migrate
from webapp.cli.common import say, user_of, with_database

applications = click.Group("applications", help="Look at applications.")
users = click.Group("users", help="Look after users.")
db = click.Group("db", help="Look after the database.")


@applications.command("list")
@click.option("--user", "email", required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@with_database
def list_applications(email: str, as_json: bool) -> None:
    """List a user's applications, those with the latest news first."""
    user = user_of(email)
    query = Application.select().where(Application.user == user)
    for row in query.order_by(Application.last_event_at.desc()):
        shown = {
            "id": row.id,
            "company": row.company,
            "role": row.role,
            "status": row.status,
            "began_at": row.began_at.isoformat(),
            "last_event_at": row.last_event_at.isoformat(),
        }
        say(shown, as_json, "{status:<20} {company} · {role}")


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@with_database
def list_users(as_json: bool) -> None:
    """List the users."""
    for user in User.select().order_by(User.id):
        shown = {"id": user.id, "email": user.email, "created_at": user.created_at.isoformat()}
        say(shown, as_json, "{id:>5} {email}")


@db.command("upgrade")
@with_database
def upgrade() -> None:
    """Bring the schema up to date; the release process runs this."""
    names = migrate()
    click.echo(f"Ran {', '.join(names)}." if names else "The schema is up to date.")
