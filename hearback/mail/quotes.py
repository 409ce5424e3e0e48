"""What a mail says anew: quoted threads and signatures cut off, and mail passed on read as its own."""

import re
from dataclasses import dataclass
from typing import Literal

from hearback.mail import footers
from hearback.mail.patterns import patterns

_P = patterns("quotes")
_SIGNATURE = re.compile(r"^\s*(?:--|—|__)\s*$")
_RULE = re.compile(r"^[\s>_*=–—-]*$")
_LONGEST_ATTRIBUTION = 4
_LONGEST_HEADER_BLOCK = 14
# Mail that is passed on has often been passed on before.
_MOST_FORWARDS = 3

# "quote": an earlier mail that was answered; "thread": one with its headers, answered or passed on.
_Below = Literal["quote", "thread", "forward"]


@dataclass(frozen=True, slots=True)
class Parts:
    """`fresh` is the new text, `signature` what follows its "--", `forwarded` if a mail is below."""

    fresh: str
    signature: str
    forwarded: bool


@dataclass(slots=True)
class _Cut:
    """The lines above an earlier mail, where that mail begins, and how it is shown."""

    kept: list[str]
    signature: list[str]
    end: int
    below: _Below | None


def split(text: str, subject: str = "") -> Parts:
    """Takes the new text out of a mail's whole text.

    Mail that is passed on with nothing above it is the text; below an answer it never is.
    """
    lines = text.split("\n")
    forwarded = False
    answers = _P["answers"].match(subject) is not None
    for _ in range(_MOST_FORWARDS):
        cut = _cut(lines)
        fresh = footers.without(cut.kept)
        forwarded = forwarded or cut.below == "forward"
        passed_on = cut.below == "forward" or (cut.below == "thread" and not answers)
        if not passed_on or not _P["passed_on"].fullmatch(fresh):
            break
        inner = _content(lines[cut.end :])
        if not any(line.strip() for line in inner):
            break
        lines, forwarded = inner, True
    return Parts(fresh, "\n".join(cut.signature).strip(), forwarded)


def told_nothing(fresh: str) -> bool:
    """Whether the new text only passes on what stands below it, or is none."""
    return _P["passed_on"].fullmatch(fresh) is not None


def _cut(lines: list[str]) -> _Cut:
    """Everything up to the mail below, with lines of quoted and mobile clients left out."""
    cut = _Cut([], [], len(lines), None)
    target = cut.kept
    index = 0
    while index < len(lines):
        line = lines[index]
        cut.below = _begins_below(lines, index, any(part.strip() for part in cut.kept))
        taken = 0 if cut.below else _attribution(lines, index)
        if taken and not _is_marked(lines, index + taken):
            cut.below = "quote"
        if cut.below:
            cut.end = index
            break
        if taken:
            index += taken
            continue
        index += 1
        if line.lstrip().startswith(">") or _P["mobile"].match(line) or _P["reply_above"].match(line):
            continue
        if _SIGNATURE.match(line) and any(part.strip() for part in cut.kept):
            target = cut.signature
        target.append(line)
    while cut.below and target and _RULE.match(target[-1]):
        target.pop()
    return cut


def _begins_below(lines: list[str], index: int, anything_above: bool) -> _Below | None:
    """Whether an earlier mail begins with this line, however it is announced."""
    line = lines[index][:400]
    if not line.strip():
        return None
    if _P["forward"].match(line):
        return "forward"
    if _P["separator"].match(line) or _is_header_block(lines, index):
        return "thread"
    if anything_above and (_P["reply_above"].match(line) or _P["lotus"].match(line)):
        return "quote"
    below = lines[index + 1][:100] if index + 1 < len(lines) else ""
    named = _P["name_line"].match(line) and _P["date_line"].match(below)
    return "quote" if anything_above and named else None


def _attribution(lines: list[str], index: int) -> int:
    """How many lines the words before a quoted mail take here; 0 if there are none.

    Clients wrap these words, so a few lines are looked at together.
    """
    first = lines[index][:300]
    if _P["name_wrote"].match(first):
        return 1
    if _P["dated_address"].search(first) and _is_marked(lines, index + 1):
        return 1
    if not _P["attribution_start"].match(first):
        return 0
    joined = ""
    for count in range(1, _LONGEST_ATTRIBUTION + 1):
        if index + count > len(lines) or (count > 1 and not lines[index + count - 1].strip()):
            return 0
        joined += " " + lines[index + count - 1].strip()[:200]
        if _P["wrote"].search(joined[-160:]) and re.search(r"\d|@", joined):
            told = _P["to_reader"].search(joined) and not _is_marked(lines, index + count)
            return 0 if told else count
    return 0


def _is_marked(lines: list[str], index: int) -> bool:
    """Whether the next words stand behind `>`."""
    following = next((line for line in lines[index : index + 6] if line.strip()), "")
    return following.lstrip().startswith(">")


def _is_header_block(lines: list[str], index: int) -> bool:
    """Whether the headers of an earlier mail, as Outlook writes them, start here."""
    if not _P["header"].match(lines[index][:200]):
        return False
    named: list[str | None] = []
    unnamed = 0
    for line in lines[index : index + _LONGEST_HEADER_BLOCK]:
        found = _P["header"].match(line[:200])
        if found:
            named.append(found.lastgroup)
        elif line.strip(" \t>"):
            # Long lists of recipients go on in the next line; two lines of text are no headers.
            unnamed += 1
            if unnamed > 2:
                break
    return len(named) >= 3 and "sender" in named and "subject" in named


def _content(lines: list[str]) -> list[str]:
    """What stands in an earlier mail, without the words and headers above it and one level of `>`."""
    full = [line for line in lines if line.strip()]
    if all(line.lstrip().startswith(">") for line in full[1:]):
        lines = [re.sub(r"^\s*> ?", "", line) for line in lines]
    index, headed = 0, False
    while index < len(lines):
        line = lines[index][:400]
        heads = _P["header"].match(line) is not None
        goes_on = headed and "@" in line and bool(line.strip())
        announces = _P["forward"].match(line) or _P["separator"].match(line) or _RULE.match(line)
        if not (heads or goes_on or announces):
            break
        headed = heads or goes_on
        index += 1
    return lines[index:]
