"""Legal text, banners and list administration taken out of a letter: they are nobody's words to the reader."""

from hearback.mail.patterns import patterns

_P = patterns("footers")
_LONGEST_LEAD = 400
# A salutation further down stands in a mail that is told of, not in this one.
_MOST_LINES_ABOVE = 40
# A line that is longer and ends within a sentence was wrapped.
_WRAPPED = 55


def without(lines: list[str]) -> str:
    """The text of `lines` in paragraphs, without what is not part of the letter."""
    letter = _without_banners(lines)
    paragraphs: list[list[str]] = [[]]
    for line in letter:
        if line.strip():
            paragraphs[-1].append(line.rstrip())
        elif paragraphs[-1]:
            paragraphs.append([])
    kept = []
    for paragraph in paragraphs:
        if _P["footer"].match(" ".join(paragraph)[:_LONGEST_LEAD]):
            continue
        # Small print often follows its first line without a blank one.
        end = next((at for at, line in enumerate(paragraph) if at and _is_footer(line)), None)
        kept.append("\n".join(paragraph[:end]))
    text = "\n\n".join(kept).strip()
    # A page without paragraphs that begins with small print still says the rest.
    return text or "\n".join(line.rstrip() for line in letter if not _is_footer(line)).strip()


def _is_footer(line: str) -> bool:
    return _P["footer"].match(line[:_LONGEST_LEAD]) is not None


def _without_banners(lines: list[str]) -> list[str]:
    """Banners left out line by line, and small print above the salutation likewise."""
    heads = (at for at, line in enumerate(lines[:_MOST_LINES_ABOVE]) if _P["salutation"].match(line[:120]))
    start = next(heads, 0)
    kept: list[str] = []
    going_on = False
    for at, line in enumerate(lines):
        lead = line[:_LONGEST_LEAD]
        banner = at != start and bool(line.strip()) and (going_on or _P["banner"].match(lead) is not None)
        left_out = banner or (at < start and _is_footer(line))
        going_on = left_out and _is_wrapped(line)
        if not left_out:
            kept.append(line)
    return kept


def _is_wrapped(line: str) -> bool:
    return len(line) > _WRAPPED and line.rstrip()[-1:] not in ".!?:)]*"
