"""A CV's lines set apart into its sections, by what the headings say and how they look."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from hearback.documents.lines import Line
from hearback.documents.parse.glued import glued_headings
from hearback.documents.parse.headings import Section, named, sure_alone
from hearback.documents.parse.person import name_below
from hearback.documents.parse.tables import fold, pattern, spaced, tokens, words

# Sections whose names are also used within others: "Languages: Java", "Achievements", "Projects".
_WITHIN = frozenset(
    {
        Section.LANGUAGES,
        Section.AWARDS,
        Section.OTHER,
        Section.CONTACT,
        Section.SUMMARY,
        Section.PROJECTS,
        Section.INTERESTS,
        Section.SKILLS,
        Section.REFERENCES,
    }
)
# Those of them that stand under each job in some CVs.
_PER_JOB = frozenset({Section.AWARDS, Section.PROJECTS, Section.OTHER, Section.SUMMARY})
# What a heading may share its line with only where the section is known by few words.
_INLINE = frozenset(
    {
        Section.SUMMARY,
        Section.SKILLS,
        Section.LANGUAGES,
        Section.INTERESTS,
        Section.CERTIFICATES,
        Section.EDUCATION,
        Section.AWARDS,
        Section.REFERENCES,
    }
)
_SKILL_WORDS = re.compile(
    r"skill|compet|kenntnis|fähig|habilid|conhec|connaiss|conosc|vaardig", re.IGNORECASE
)
_INLINE_HEAD = re.compile(r"^([^\W\d_][^:\t]{2,40}?)\s*(?::|\t|\s[-–—]\s)\s*(?=\S)")


@dataclass
class Part:
    """One section: what it is, its heading's own words, and its lines."""

    section: Section
    title: str = ""
    lines: list[Line] = field(default_factory=list)
    # The heading does not say so; its values are to be checked.
    guessed: bool = False


@dataclass(frozen=True)
class _Style:
    """How a line looks, as far as headings differ by it."""

    size: int
    bold: bool
    capitals: bool


def _style(line: Line) -> _Style:
    letters = [sign for sign in line.text if sign.isalpha()]
    capitals = bool(letters) and sum(sign.isupper() for sign in letters) > 0.8 * len(letters)
    return _Style(round(line.size * 2), line.bold, capitals)


def parts_of(lines: list[Line]) -> list[Part]:
    """The sections in the document's order, the head first."""
    headings = _headings(lines)
    parts = [Part(Section.HEAD)]
    name_at = name_below(lines, min(headings, default=0))
    for at, line in enumerate(lines):
        if at == name_at:
            parts.append(Part(Section.HEAD, lines=[line]))
        elif at in headings:
            section, rest = headings[at]
            title = line.text if rest is None else line.text[: -len(rest)]
            parts.append(Part(section, title.strip(" \t:-–—")))
            if rest:
                parts[-1].lines.append(replace(line, text=rest, cells=(rest,), spans=(), bullet=False))
        else:
            parts[-1].lines.append(line)
    return parts


def _headings(lines: list[Line]) -> dict[int, tuple[Section, str | None]]:
    """Which lines are headings: of which section, and the text after it where it shares its line."""
    known = {at: section for at, line in enumerate(lines) if (section := _known(line))}
    # "Achievements" under each job is no section.
    times = Counter(fold(lines[at].text) for at in known)
    known = {at: one for at, one in known.items() if one not in _PER_JOB or times[fold(lines[at].text)] < 2}
    small = {at for at in known if lines[at].text[:1].islower() and not lines[at].bold}
    if len(small) * 2 < len(known):
        # Where others begin with a capital letter, a word alone in its line is the end of a text.
        known = {at: one for at, one in known.items() if at not in small}
    main = _main_style([lines[at] for at in known if sure_alone(lines[at].text)])
    levels = Counter(lines[at].heading for at in known if lines[at].heading)
    level = min((one for one, _ in levels.most_common(2)), default=0)
    body = Counter(round(line.size * 2) for line in lines).most_common(1)[0][0] if lines else 0
    found: dict[int, tuple[Section, str | None]] = {}
    before = Section.HEAD
    for at, line in enumerate(lines):
        section = known.get(at)
        rest: str | None = None
        if section is None:
            section, rest = _inline(line, before)
        elif not _fits(line, section, before, main, level):
            section = None
        if section is None and at > 0 and _is_unknown_heading(line, main, level, body):
            section = Section.OTHER
        if section is not None:
            found[at] = section, rest
            before = section
    return found | glued_headings(lines, found)


def _known(line: Line) -> Section | None:
    if len(line.cells) > 1:
        return None
    section = named(line.text) or named(spaced(line.text))
    loud = line.bold or line.text.rstrip().endswith(":") or line.text.isupper()
    if line.bullet and not loud:
        # Some CVs put a sign before each heading; in lists only these two are sure to be none of the entries.
        sure = section in (Section.WORK, Section.EDUCATION) and sure_alone(line.text)
        return section if sure else None
    return section


def _main_style(lines: list[Line]) -> _Style | None:
    """How most headings look; None where nothing shows it."""
    strong = [line for line in lines if named(line.text) not in _WITHIN] or lines
    styles = Counter(_style(line) for line in strong)
    return styles.most_common(1)[0][0] if styles else None


def _fits(line: Line, section: Section, before: Section, main: _Style | None, level: int) -> bool:
    """Whether a line that could be a heading looks like the others."""
    style = _style(line)
    if level and line.heading:
        return line.heading <= level
    listed = sure_alone(line.text)
    if level and not line.heading:
        return listed and (line.bold or style.capitals) and section not in _WITHIN
    if main is None or style == main:
        return True
    smaller = style.size and style.size < main.size - 1
    plainer = (main.bold and not style.bold and style.size <= main.size) or (
        main.capitals and not style.capitals
    )
    if section in _WITHIN and before not in (Section.HEAD, Section.CONTACT):
        return not (smaller or plainer)
    return not smaller and (listed or not plainer)


def _inline(line: Line, before: Section) -> tuple[Section | None, str | None]:
    """A heading that shares its line with what it heads: "Skills: Excel, Word"."""
    match = _INLINE_HEAD.match(line.text)
    if not match or line.bullet:
        return None, None
    section = named(match[1])
    if section not in _INLINE or not sure_alone(match[1]) or len(match[1].split()) > 4:
        return None, None
    rest = line.text[match.end() :]
    if section is Section.SKILLS and not _SKILL_WORDS.search(match[1]):
        # "Tools", "Technology" and the like name groups within other lists as well.
        return None, None
    if before is Section.EDUCATION and pattern("degrees", "courses").match(match[1]):
        return None, None
    loud = match[1].isupper() or (bool(line.spans) and line.spans[0].bold and not line.bold)
    # Within jobs and lists of skills, "Skills: Java" and "Languages: C" belong to the entry.
    quiet = before in (Section.HEAD, Section.CONTACT, Section.SUMMARY, section)
    ends = before in (Section.EDUCATION, Section.CERTIFICATES, Section.INTERESTS, Section.LANGUAGES)
    if before is Section.SKILLS:
        # There "Languages" is a group of skills, unless human ones are listed.
        spoken = section is Section.LANGUAGES and bool(set(tokens(rest)) & words("languages", "names"))
        return (section, rest) if spoken or section is Section.INTERESTS else (None, None)
    return (section, rest) if loud or quiet or ends else (None, None)


def _is_unknown_heading(line: Line, main: _Style | None, level: int, body: int) -> bool:
    """A line that looks as headings do, whatever it says."""
    if line.bullet or len(line.text) > 50 or len(line.cells) > 1 or re.search(r"\d{4}|@|://", line.text):
        return False
    if level:
        return line.heading == level
    style = _style(line)
    if main is None or style != main or not main.size:
        return False
    # Only a look that no entry's first line has can be trusted.
    return main.size > body + 1
