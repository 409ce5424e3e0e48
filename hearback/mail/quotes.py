"""What a mail says anew: quoted threads, forwarded mail, signatures and footers cut off."""

import re
from dataclasses import dataclass

from hearback.mail.patterns import patterns

_P = patterns("quotes")
_SENDER_HEADERS = frozenset({"from", "von", "de", "da", "van"})
_SUBJECT_HEADERS = frozenset({"subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp"})
_SIGNATURE = re.compile(r"^\s*(?:--|—|__)\s*$")
_LONGEST_ATTRIBUTION = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """`fresh` is the new text, `signature` what follows its "--", `forwarded` if a mail is below."""

    fresh: str
    signature: str
    forwarded: bool


def split(text: str) -> Parts:
    """Takes the new text out of a mail's whole text."""
    lines = text.split("\n")
    kept: list[str] = []
    signature: list[str] = []
    target = kept
    index, forwarded = 0, False
    while index < len(lines):
        line = lines[index]
        if _P["forward"].match(line):
            forwarded = True
            break
        if _P["separator"].match(line) or _is_header_block(lines, index):
            break
        taken = _attribution(lines, index)
        if taken:
            index += taken
            continue
        if line.lstrip().startswith(">") or _P["mobile"].match(line):
            index += 1
            continue
        if _SIGNATURE.match(line) and any(part.strip() for part in kept):
            target = signature
        target.append(line)
        index += 1
    return Parts(_without_footers(kept), "\n".join(signature).strip(), forwarded)


def _attribution(lines: list[str], index: int) -> int:
    """How many lines the words before a quoted mail take here; 0 if there are none.

    Clients wrap these words, so a few lines are looked at together. They only count if quoted
    lines or nothing but the rest of the thread follow, which `wrote:` at the end tells.
    """
    first = lines[index]
    if _P["name_wrote"].match(first[:300]):
        return 1
    if not _P["attribution_start"].match(first):
        return 0
    joined = ""
    for count in range(1, _LONGEST_ATTRIBUTION + 1):
        if index + count > len(lines) or (count > 1 and not lines[index + count - 1].strip()):
            return 0
        joined += " " + lines[index + count - 1].strip()[:200]
        if _P["wrote"].search(joined[-140:]) and re.search(r"\d|@", joined):
            return count
    return 0


def _is_header_block(lines: list[str], index: int) -> bool:
    """Whether the headers of an earlier mail, as Outlook writes them, start here."""
    first = _P["header"].match(lines[index][:200])
    if not first or first[1].lower() not in _SENDER_HEADERS:
        return False
    following = [line for line in lines[index + 1 : index + 12] if line.strip()][:6]
    named = [found[1].lower() for line in following if (found := _P["header"].match(line[:200]))]
    return len(named) >= 2 and bool(_SUBJECT_HEADERS.intersection(named))


def _without_footers(lines: list[str]) -> str:
    """Paragraphs that are legal text, banners and list administration left out."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.rstrip())
        elif paragraphs[-1]:
            paragraphs.append([])
    kept = []
    for paragraph in paragraphs:
        lead = " ".join(paragraph)[:400]
        if _P["footer"].match(lead):
            continue
        # Small print often follows its first line without a blank one.
        end = next((at for at, line in enumerate(paragraph) if at and _P["footer"].match(line[:400])), None)
        kept.append("\n".join(paragraph[:end]))
    return "\n\n".join(kept).strip()
