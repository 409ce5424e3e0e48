"""Sets a filled mail into the form in which such mail comes: sender, headers, HTML, encodings, threads."""

import html
import random
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formataddr

from corpus.fill import Filled, chance, domain_of, fill, names
from corpus.mails import Template

# Where automatic mail of a category comes from, beside the employer's own address.
VENDORS: dict[str, tuple[str, ...]] = {
    "ats": (
        "no-reply@greenhouse-mail.io", "no-reply@hire.lever.co", "no-reply@ashbyhq.com",
        "{slug}@myworkday.com", "{slug}@talent.icims.com", "notification@smartrecruiters.com",
        "noreply@candidates.workablemail.com", "{slug}@invalidemail.com", "system@successfactors.com",
        "notifications@app.bamboohr.com", "no-reply@recruitee.com", "no-reply@personio.de",
        "{slug}@mail.teamtailor.com", "notifications@jobvite.com",
    ),
    "board": (
        "jobs-noreply@linkedin.com", "indeedapply@indeed.com", "noreply@glassdoor.com",
        "noreply@ziprecruiter.com", "noreply@mail.xing.com", "noreply@stepstone.de",
    ),
    "test": ("no-reply@hackerrankforwork.com", "support@codility.com", "no-reply@testgorilla.com"),
}  # fmt: skip
_BOARD_SHARE = {
    "acknowledgment": 0.25,
    "under_review": 0.3,
    "rejection": 0.1,
    "outreach": 0.6,
    "job_alert": 0.9,
}
_WRAP = (
    "<html><body>{body}</body></html>",
    '<html><head><style>p{{margin:0}} .x{{display:none}}</style></head><body style="font-family:Arial">'
    '<div class="x" style="display:none">&zwnj;&nbsp;&zwnj;&nbsp;</div>{body}</body></html>',
    '<html><body><table role="presentation" width="600"><tr><td><img src="https://img.example/l.png" alt="">'
    '</td></tr><tr><td style="padding:24px">{body}</td></tr></table></body></html>',
)


def render(filled: Filled, others: Sequence[Template] = ()) -> bytes:
    """The whole message. With `others` some replies quote one of them below."""
    draw = chance(filled.template, filled.number, "form")
    mail = EmailMessage()
    mail["From"] = formataddr((filled.sender, address(filled, draw)))
    mail["To"] = "robin@example.com"
    mail["Subject"] = filled.subject
    mail["Message-ID"] = f"<{draw.getrandbits(64):x}@mail.example>"
    mail["Date"] = "Thu, 05 Mar 2026 09:12:44 +0000"
    text = filled.body
    if filled.template.automatic:
        _automatic(mail, filled, draw)
        if draw.random() < 0.5:
            known = names()["footers_in"].get(filled.template.language, names()["footers"])
            text += "\n\n" + "\n".join(draw.sample(known, draw.randint(1, 2)))
    elif others and draw.random() < 0.25:
        same = [other for other in others if other.language == filled.template.language]
        text += _quoted(draw.choice(same), filled.number, draw)
    _set_body(mail, text, draw, filled.template.automatic)
    if mail.is_multipart():
        mail.set_boundary(f"part-{draw.getrandbits(64):x}")
    return mail.as_bytes()


def address(filled: Filled, draw: random.Random) -> str:
    """An address that fits author and category."""
    category, own = filled.template.category, domain_of(filled.values["company"])
    if not filled.template.automatic:
        person = filled.values["recruiter_first"].lower()
        person = "".join(letter for letter in person if letter.isascii())
        return f"{person}@{own}" if draw.random() < 0.85 else f"{person}.hr@gmail.com"
    named = [host for host in VENDORS["board"] if (name := _board(host)) and name in filled.sender.lower()]
    if named:
        return named[0]
    if category == "other":
        return f"{draw.choice(('no-reply', 'hello', 'service', 'news'))}@{draw.randbytes(4).hex()}.example"
    kind = "board" if draw.random() < _BOARD_SHARE.get(category, 0.0) else "ats"
    if category == "assessment" and draw.random() < 0.5:
        kind = "test"
    if kind == "ats" and draw.random() < 0.35:
        return f"{draw.choice(('no-reply', 'careers', 'jobs', 'talent', 'hr'))}@{own}"
    return draw.choice(VENDORS[kind]).format(slug=own.split(".")[0])


def _board(address: str) -> str:
    """The name that stands in a job site's address: its account mail comes from there too."""
    return address.rpartition("@")[2].split(".")[-2]


def _automatic(mail: EmailMessage, filled: Filled, draw: random.Random) -> None:
    if draw.random() < 0.4:
        mail["Auto-Submitted"] = "auto-generated"
    if filled.template.category in {"job_alert", "other", "outreach"} and draw.random() < 0.6:
        mail["List-Unsubscribe"] = "<https://lists.example/u/1>"


def _quoted(template: Template, number: int, draw: random.Random) -> str:
    older = fill(template, number)
    lines = "\n".join(f"> {line}" for line in older.body.splitlines())
    head = draw.choice(names()["quote_heads"][template.language])
    return f"\n\n{head.format(older.values['recruiter'])}\n{lines}"


def _set_body(mail: EmailMessage, text: str, draw: random.Random, automatic: bool) -> None:
    form = draw.random()
    encoding = draw.choice(("quoted-printable", "base64", "8bit"))
    page = _html(text, draw)
    if automatic and form < 0.35:
        mail.set_content(page, subtype="html", cte=encoding)
        return
    mail.set_content(text, cte=encoding)
    if form < (0.75 if automatic else 0.5):
        mail.add_alternative(page, subtype="html", cte=encoding)


def _html(text: str, draw: random.Random) -> str:
    paragraphs = [html.escape(block).replace("\n", "<br>\n") for block in text.split("\n\n")]
    body = "\n".join(f"<p>{block}</p>" for block in paragraphs)
    return draw.choice(_WRAP).format(body=body)
