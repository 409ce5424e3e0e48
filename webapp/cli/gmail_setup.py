"""`flask gmail setup`: make and mend what must stand in Pub/Sub."""

import re

import click

from hearback.config import SettingError, Settings, settings
from hearback.gmail.errors import GmailError
from hearback.gmail.pubsub import MissingPermission
from hearback.gmail.pubsub_setup import Push, Wanted, project_of, set_up
from webapp.cli.common import say


@click.command("setup")
@click.option("--pull", is_flag=True, help="For a machine that Google cannot reach: no push, but `pull`.")
@click.option("--project-number", help="Of the subscription's project; else the OAuth client's.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def setup(pull: bool, project_number: str | None, as_json: bool) -> None:
    """Make the topic, the subscription and the grants in Pub/Sub, or mend what differs.

    Run it as often as you like. It uses this machine's Google credentials, and no database.
    """
    try:
        wanted = _wanted(settings(), pull, project_number)
        for step in set_up(wanted):
            say({"what": step.what, "outcome": step.outcome.value}, as_json, "{outcome:<13} {what}")
    except MissingPermission as fault:
        role = "The role Pub/Sub Admin (roles/pubsub.admin) holds all of Pub/Sub's."
        raise click.ClickException(f"{fault} {role}") from fault
    except (SettingError, GmailError) as fault:
        raise click.ClickException(str(fault)) from fault


def _wanted(known: Settings, pull: bool, project_number: str | None) -> Wanted:
    if not known.pubsub_subscription:
        raise SettingError(
            "Missing setting: PUBSUB_SUBSCRIPTION. Name the subscription as it shall be called, such as "
            f"{project_of(known.pubsub_topic)}/subscriptions/gmail."
        )
    push = Push(f"{known.base_url}/push/gmail", known.push_service_account, known.push_audiences[0])
    number = project_number or _client_project(known)
    return Wanted(known.pubsub_topic, known.pubsub_subscription, None if pull else push, number)


def _client_project(known: Settings) -> str | None:
    """The project's number, which every OAuth client's id begins with.

    Gmail watches only for topics of the client's own project, so that it is the topic's too.
    """
    same = project_of(known.pubsub_topic) == project_of(known.pubsub_subscription)
    found = re.match(r"(\d+)-", known.google_client_id)
    return found[1] if found and same else None
