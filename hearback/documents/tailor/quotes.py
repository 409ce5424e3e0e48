"""Wordings of a posting that a letter may quote: such as say nothing of any person."""

import re

from hearback.documents.asks_pieces import Part, pieces
from hearback.documents.tailor.content import content_of
from hearback.documents.tailor.posting import Posting
from hearback.documents.tailor.stems import visible

_SHORTEST, _LONGEST = 18, 110
# A task that speaks to somebody or of a person is no wording to take over.
_NO_TASK = re.compile(
    r"\b(?:i|you|your|candidates?|applicants?|write|say|state|ignore|instructions?|prompts?|system|assistant|must|years?"
    r"|salary|benefits?|he|she|his|her|has|have|holds?)\b|[<>{}\[\]\"“”:;|@]|https?",
    re.I,
)
# A line in another language has no place in an English sentence.
_OTHER = re.compile(
    r"\b(?:der|das|und|für|mit|von|im|zur|zum|des|dem|eine[nrsm]?|sowie|et|les|du|le|la|aux|sur|pour|y|los|las|el|del|para|por"
    r"|di|della|delle|il|gli|het|een|voor|em|dos|oder|bei|auf|\w{3,}(?:ungen|ung|keit|heit|schaft))\b",
    re.I,
)
_POINT = re.compile(r"\s*[•·▪●*–—-]")
_EDGES = re.compile(r"^[\s•·▪●*–—-]+|[\s.;,]+$")
_QUOTE = re.compile(r"“([^“”]{4,160})”")
# A quotation is the posting's only where the sentence says so.
_SAYS_WHOSE = re.compile(r"\b(?:your posting|you describe|you write)\b", re.I)


def task_of(posting: Posting) -> str | None:
    """A task in the posting's own words, the first that is fit to be quoted."""
    for piece in pieces(posting.text):
        line = _EDGES.sub("", visible(piece.text))
        # Only points of a list are tasks for sure; sentences above them tell of the company.
        if (
            piece.part is Part.TASKS
            and _POINT.match(piece.text)
            and _SHORTEST <= len(line) <= _LONGEST
            and _is_harmless(line)
            and not is_foreign(line)
        ):
            return line[0].lower() + line[1:] if line.split()[0][1:].islower() else line
    return None


def is_foreign(line: str) -> bool:
    """Whether a line is in another language than English, as far as its small words tell."""
    return bool(_OTHER.search(line))


def without_quotes(sentence: str, posting: Posting) -> tuple[str, list[str]]:
    """The sentence without its harmless quotations from the posting, and those."""
    quoted: list[str] = []
    if not _SAYS_WHOSE.search(sentence):
        return sentence, quoted
    told = " ".join(visible(posting.text).split()).casefold()

    def of_posting(found: re.Match[str]) -> str:
        if found[1].casefold() not in told or not _is_harmless(found[1]):
            return found[0]
        quoted.append(found[1])
        return "this"

    return _QUOTE.sub(of_posting, sentence), quoted


def _is_harmless(line: str) -> bool:
    if _NO_TASK.search(line):
        return False
    content = content_of(line)
    return not (content.degrees or content.numbers or content.years or content.marked)
