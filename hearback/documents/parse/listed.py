"""The shorter sections: certificates, awards, publications, languages, interests and the rest."""

import re
from typing import Any

from hearback.documents.lines import Line
from hearback.documents.parse.blocks import entries_of
from hearback.documents.parse.evidence import title_score
from hearback.documents.parse.found import found
from hearback.documents.parse.items import items_of
from hearback.documents.parse.skills import skills_in
from hearback.documents.parse.tables import pattern, tokens, words
from hearback.documents.parse.texts import texts_of
from hearback.documents.parse.work import work_in


def certificates_in(lines: list[Line]) -> list[dict[str, Any]]:
    """Certificates, with issuer and date."""
    return [
        {"name": item.name, "issuer": item.other, "date": item.date, "url": item.url}
        for item in items_of(lines, commas=True)
    ]


def awards_in(lines: list[Line]) -> list[dict[str, Any]]:
    """Awards, with who gave each and when."""
    return [
        {"title": item.name, "awarder": item.other, "date": item.date, "summary": item.more}
        for item in items_of(lines, commas=True)
    ]


def publications_in(lines: list[Line]) -> list[dict[str, Any]]:
    """Publications; one that is set as a single text is kept whole, since its parts cannot be told apart."""
    return [
        {
            "name": item.name,
            "publisher": item.other,
            "releaseDate": item.date,
            "url": item.url,
            "summary": item.more,
        }
        for item in items_of(lines)
    ]


def languages_in(lines: list[Line]) -> list[dict[str, Any]]:
    """Languages with how well each is spoken, in the document's words."""
    spoken: list[dict[str, Any]] = []
    for line in lines:
        for piece in _language_pieces(line.text):
            level = pattern("languages", "levels").search(piece)
            names = _languages(piece)
            if names:
                name = (
                    " ".join(names)
                    if names[-1].lower() in ("language", "chinese") and len(names) < 3
                    else names[0]
                )
                fluency = piece.replace(name, "", 1).strip(" :–—-()[],.•|") if level else ""
                spoken.append({"language": found(name, line, 0.92), "fluency": found(fluency, line, 0.85)})
            elif (
                not level
                and 0 < len(piece.split()) <= 3
                and piece[:1].isupper()
                and not re.search(r"\d|:", piece)
            ):
                # A language that is in no table stands here all the same.
                spoken.append({"language": found(piece.strip(" .,"), line, 0.6), "fluency": None})
            elif level and spoken and spoken[-1]["fluency"] is None:
                spoken[-1]["fluency"] = found(piece.strip(" :–—-()"), line, 0.75)
    return spoken


def _language_pieces(text: str) -> list[str]:
    """Pieces that each name one language: signs set apart, and commas where more than one is named."""
    pieces = re.split(r"\s*[|•·;\t]\s*|\s{3,}|\s/\s", text)
    apart: list[str] = []
    for piece in pieces:
        several = "," in piece or _languages(piece)
        apart.extend(re.split(r",\s*(?![^()]*\))|\s(?:and|und|et|y|e|en|&)\s", piece) if several else [piece])
    return [piece.strip() for piece in apart if piece.strip()]


def _languages(text: str) -> list[str]:
    """The words of a text that name languages."""
    known = words("languages", "names")
    return [word for word in re.findall(r"[^\W\d_]+", text) if set(tokens(word)) & known]


def interests_in(lines: list[Line]) -> list[dict[str, Any]]:
    """Interests, by name, or in groups as skills are."""
    return [{key: skill[key] for key in ("name", "keywords") if key in skill} for skill in skills_in(lines)]


def references_in(lines: list[Line]) -> list[dict[str, Any]]:
    """Persons who can be asked, with what stands beside their names; "on request" is none."""
    text = " ".join(line.text for line in lines)
    if not lines or re.search(
        r"(?i)\b(?:up)?on request|auf anfrage|sur demande|a petición|su richiesta|op aanvraag|available", text
    ):
        return []
    return [
        {
            "name": found(entry.line.text, entry.line, 0.6),
            "reference": texts_of([*entry.heads[1:], *entry.body], 0.6)[0],
        }
        for entry in entries_of(lines)
    ]


def volunteer_in(lines: list[Line]) -> list[dict[str, Any]]:
    """Volunteering, read as jobs are: an organisation and a position."""
    kept = []
    for job in work_in(lines):
        name, position = job.get("name"), job.get("position")
        if name is None and position is not None and title_score(position.value) < 0.5:
            name, position = position, None
        kept.append({
            "organization": name, "position": position, "url": job.get("url"),
            "startDate": job.get("startDate"),
            "endDate": job.get("endDate"), "summary": job.get("summary"), "highlights": job.get("highlights"),
        })  # fmt: skip
    return kept
