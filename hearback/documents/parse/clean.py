"""Lines made ready for reading: bullets and page numbers taken off, broken dates put together."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from hearback.documents.lines import Line, Text, spans_after
from hearback.documents.parse.columns import beside
from hearback.documents.parse.dates import periods, without
from hearback.documents.parse.evidence import title_score
from hearback.documents.parse.person import bare_name, name_like
from hearback.documents.parse.tables import fold

_PRINTED_BYTES = re.compile(r"(?:\\x[0-9a-f]{2})+")
_BULLET = re.compile(r"^\s*(?:[•‣▪▫●○◦■□◆◇❖➢➤►▸▶✓✔✦★⁃∙·\uf000-\uf0ff]|\bo(?=\s{2})|[-–*](?=\s|[A-Z]))+\s*")
_LETTER_O = re.compile(r"^o\s(?=[A-Z])")
_FURNITURE = re.compile(
    r"^(?:(?:page|seite|pagina|página|pág\.?)?\s*[|]?\s*\d{1,2}\s*(?:(?:of|/|von|de|di|van|sur)\s*\d{1,2})?\s*[|]?"
    r"|page|(?:last )?updated\b.{0,30}\d{4}|stand:?\s.{0,20}\d{4}|dernière mise à jour.{0,30}"
    r"|(?:professional )?resume|résumé|curriculum vitae|c\.?v\.?|lebenslauf|currículum(?: vitae)?"
    r"|(?:…|\.\.\.)?\s*/\s?\d|\.{3,}|_{3,}|[-–—=*~]{2,}|continued(?: on next page)?\.*|\(continued\))$",
    re.IGNORECASE,
)
_PAGE_AT_END = re.compile(
    r"[\s|–—-]*\b(?:page|seite|página|pagina)\s*\d{1,2}(?:\s*(?:of|/|von|de|di)\s*\d{1,2})?\s*$|\s[–—-]\s\d{1,2}/\d{1,2}$",
    re.IGNORECASE,
)


def lines_of(text: Text) -> list[Line]:
    """The document's lines without page numbers and the like, each with its words in order."""
    apart = [_readable(line) for line in text.lines]
    if apart and apart[0].text.startswith('"'):
        # A text copied out of a table of values keeps the quotes about it.
        apart[0] = replace(apart[0], text=apart[0].text.lstrip('" '))
    # Word's bullet of the second level is a letter o, which one line alone cannot tell.
    if sum(_LETTER_O.match(line.text) is not None for line in apart) > 2:
        apart = [_without_o(line) for line in apart]
    kept = [line for line in _bulleted(apart) if not _FURNITURE.match(line.text)]
    return list(_joined_dates(beside(_without_repeats(kept))))


def _readable(line: Line) -> Line:
    """The line with each sign that was written out as its bytes."""
    if "\\x" not in line.text:
        return line
    text = _PRINTED_BYTES.sub(_decoded, line.text)
    return replace(line, text=text, cells=tuple(text.split("\t")), spans=())


def _decoded(match: re.Match[str]) -> str:
    """Bytes that were written out as "\\xe2\\x80\\xa2" are the sign that they stand for."""
    return bytes.fromhex(match[0].replace("\\x", "")).decode("utf-8", "ignore")


def _without_o(line: Line) -> Line:
    text = _LETTER_O.sub("", line.text)
    return line if text == line.text else replace(line, text=text, cells=(text,), spans=(), bullet=True)


def _bulleted(lines: list[Line]) -> Iterator[Line]:
    """Bullets taken off, also those that stand alone before the line that they belong to."""
    waits = False
    for line in lines:
        match = _BULLET.match(line.text)
        controls = "".join(sign for sign in line.text if sign.isprintable() or sign == "\t")
        text = (line.text[match.end() :] if match else controls).strip()
        if not text:
            waits = waits or match is not None
            continue
        bullet = line.bullet or match is not None or waits or controls.strip() != line.text.strip()
        waits = False
        if text == line.text and bullet == line.bullet:
            yield line
            continue
        cells = tuple(cell.strip() for cell in text.split("\t"))
        lost = sum(len(span.text) for span in line.spans) - len(text)
        yield replace(line, text=text, bullet=bullet, cells=cells, spans=spans_after(line.spans, lost))


def _without_repeats(lines: list[Line]) -> list[Line]:
    """Without a name that heads every page, and page numbers beside it."""
    bare = [_PAGE_AT_END.sub("", line.text).strip() for line in lines]
    seen = Counter(fold(text) for text in bare)
    kept: list[Line] = []
    first = fold(bare[0]) if bare else ""
    # A headline above the name is no header of pages: jobs bear the same title.
    titled = bool(bare) and title_score(bare[0]) >= 0.6 and not name_like(bare_name(bare[0]))
    for at, (line, text) in enumerate(zip(lines, bare, strict=True)):
        times = seen[fold(text)]
        header = (times > 1 and fold(text) == first and not titled) or (
            times > 2 and name_like(bare_name(text)) > 0.6
        )
        again = at > 5 and header and len(text) < 60 and not line.bullet
        if not text or again or (text != line.text and fold(text) and fold(text) in first):
            continue
        kept.append(line if text == line.text else replace(line, text=text, cells=(text,), spans=()))
    return kept


def _joined_dates(lines: list[Line]) -> Iterator[Line]:
    """A span that was broken over two lines, "2007" and "Present", put together."""
    at = 0
    while at < len(lines):
        line = lines[at]
        after = lines[at + 1] if at + 1 < len(lines) else None
        if after and _begins_span(line, after):
            text = f"{line.text} – {after.text.lstrip('-–— ')}"
            yield replace(after, text=text, cells=(text,), spans=(), gap=line.gap, bullet=False, x0=line.x0)
            at += 2
        else:
            yield line
            at += 1


def _begins_span(line: Line, after: Line) -> bool:
    if len(line.text) > 60 or after.heading:
        return False
    here = periods(line.text)
    if here and here[-1].single and line.text.count("(") > line.text.count(")"):
        # "Analyst (2007" and "2009)" on the next line.
        rest = line.text[here[-1].last :].strip(" -–—")
        return not rest and _is_span(line, after)
    if not (len(here) == 1 and here[0].single) or without(line.text[: here[0].first], ()):
        return False
    # A year alone in its line, or one at the end of the line with a dash that waits for its other half.
    rest = line.text[here[0].last :].strip(" ()-–—")
    return not rest and _is_span(line, after)


def _is_span(line: Line, after: Line) -> bool:
    if any(not period.single for period in periods(after.text)):
        return False
    joined = periods(f"{line.text} – {after.text.lstrip('-–— ')}")
    return bool(joined) and not joined[-1].single and joined[-1].last > len(line.text) + 3
