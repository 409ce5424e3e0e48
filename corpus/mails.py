"""Reads the mails of the corpus: their form is told in corpus/README.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).with_name("mails")
CATEGORIES = frozenset(
    {
        "acknowledgment",
        "under_review",
        "assessment",
        "interview_invitation",
        "scheduling_request",
        "interview_change",
        "information_request",
        "offer",
        "rejection",
        "outreach",
        "job_alert",
        "other",
    }
)
SLOTS = frozenset(
    {
        "company", "agency", "role", "req", "first", "last", "recruiter", "recruiter_first", "city", "date",
        "weekday", "time", "deadline", "link", "phone", "product", "school", "amount",
    }
)  # fmt: skip
_DECISIVE = re.compile(r"\[\[(.+?)\]\]", re.S)
_BAIT = re.compile(r"\(\((.+?)\)\)", re.S)
_SLOT = re.compile(r"\{(\w+)\}")
_HEAD = re.compile(r"^=== (.+)$", re.M)


class BadMail(ValueError):
    """A mail of the corpus does not have its form; the message names it and says what is wrong."""


@dataclass(frozen=True)
class Template:
    """One mail with its slots. `sender` and `subject` may be empty; marks still stand in `body`."""

    id: str
    category: str
    automatic: bool
    language: str
    industry: str
    sender: str
    subject: str
    body: str

    @cached_property
    def decisive(self) -> tuple[str, ...]:
        """The words that decide, without line ends."""
        whole = f"{self.subject}\n{self.body}"
        return tuple(" ".join(words.split()) for words in _DECISIVE.findall(whole))

    @cached_property
    def slots(self) -> frozenset[str]:
        """Names of the slots that stand anywhere in it."""
        return frozenset(_SLOT.findall(f"{self.sender}\n{self.subject}\n{self.body}"))


def unmarked(text: str) -> str:
    """The text as the reader of the mail sees it."""
    return _BAIT.sub(r"\1", _DECISIVE.sub(r"\1", text))


def read(folder: Path = FOLDER) -> list[Template]:
    """All mails of the corpus, in the order of files and of their places in them; raises BadMail."""
    found = [mail for path in sorted(folder.glob("*.txt")) for mail in _file(path)]
    ids = [mail.id for mail in found]
    if doubled := sorted({name for name in ids if ids.count(name) > 1}):
        raise BadMail(f"{doubled[0]} is there twice")
    return found


def _file(path: Path) -> Iterator[Template]:
    parts = _HEAD.split(path.read_text(encoding="utf-8"))
    for head, rest in zip(parts[1::2], parts[2::2], strict=True):
        yield _mail(head, rest)


def _mail(head: str, rest: str) -> Template:
    words = [word.strip() for word in head.split("|")]
    if len(words) != 5:
        raise BadMail(f"{head}: wanted id | category | automatic or human | language | industry")
    name, category, author, language, industry = words
    if category not in CATEGORIES:
        raise BadMail(f"{name}: there is no category {category!r}")
    if author not in {"automatic", "human"}:
        raise BadMail(f"{name}: {author!r} is neither automatic nor human")
    above, line, body = rest.partition("\n---\n")
    if not line:
        raise BadMail(f"{name}: there is no line --- between the head and the body")
    fields = dict(field.partition(":")[::2] for field in above.strip().splitlines())
    mail = Template(
        id=name,
        category=category,
        automatic=author == "automatic",
        language=language,
        industry=industry,
        sender=fields.get("from", "").strip(),
        subject=fields.get("subject", "").strip(),
        body=body.strip("\n"),
    )
    if unknown := mail.slots - SLOTS:
        raise BadMail(f"{name}: there is no slot {sorted(unknown)[0]!r}")
    return mail
