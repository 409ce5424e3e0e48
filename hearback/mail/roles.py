"""The job title that a mail is about."""

import re

from hearback.mail import people
from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import patterns, words
from hearback.mail.sentences import Sentence

_P = patterns("roles")
_NOUN = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words("roles", "nouns"))) + r")s?(?!\w)", re.I)


def read(mail: ParsedMail, sentences: list[Sentence]) -> str | None:
    """The title of the opening as the mail writes it, without numbers."""
    scored: dict[str, tuple[float, str]] = {}
    for score, raw in (*_of_body(sentences), *_of_subject(mail.subject)):
        role = _cleaned(raw)
        if role is None or not _is_title(role, sure=score >= 5):
            continue
        if score < 3 and _P["staff"].search(role):
            # Whoever signs as recruiter or coordinator does not write of that opening.
            continue
        key = role.lower()
        held = scored.get(key, (0.0, role))
        scored[key] = (held[0] + score + (1 if _NOUN.search(role) else 0), held[1])
    if not scored:
        return None
    for key, (score, _) in list(scored.items()):
        # "Data Engineer" is short for "Data Engineer (Claims)", where the mail gives both.
        for longer in scored:
            if re.match(re.escape(key) + r"(?: \(|, | [-–—] )", longer):
                scored[longer] = (scored[longer][0] + score, scored[longer][1])
                break
    return max(scored.values(), key=lambda item: (item[0], -len(item[1])))[1]


def _of_body(sentences: list[Sentence]) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    for index, sentence in enumerate(sentences[:60]):
        text = sentence.text
        if label := _P["label"].match(text):
            found.append((6.0, label[1]))
        for match in _P["before"].finditer(text):
            title = _last_phrase(match[1])
            found.append((5.0 if _capitals(title) else 3.0, title))
        for match in _P["after"].finditer(text):
            found.append((5.0 if _capitals(_until_stop(match[1])) else 2.5, _until_stop(match[1])))
        for match in _P["as_title"].finditer(text):
            found.append((2.6, _until_stop(match[1])))
        for match in _P["named"].finditer(text):
            if _NOUN.search(title := _until_stop(match[1])) and len(title.split()) <= 6:
                found.append((2.0, title))
        if not sentence.below and index < 12 and _stands_alone(text) and not _is_of_person(text):
            found.append((2.2, text))
        for match in (*_P["applied_for"].finditer(text), *_P["offered"].finditer(text)):
            found.append((3.0, _until_stop(match[1])))
    return [(score, raw) for score, raw in found if raw]


def _of_subject(subject: str) -> list[tuple[float, str]]:
    subject = " ".join(subject.split())[:300]
    found = [(4.0, _last_phrase(match[1])) for match in _P["before"].finditer(subject)]
    for index, piece in enumerate(_P["subject_split"].split(subject)):
        bare = _P["subject_lead"].sub("", piece, count=1)
        if _NOUN.search(bare) and len(bare.split()) <= 9:
            found.append((3.2 if index else 3.0, _until_stop(bare) or bare))
    return found


def _stands_alone(text: str) -> bool:
    """Whether a line is a title and nothing else, as boards print it."""
    return (
        len(text) <= 80
        and text[-1] not in ".!?:,"
        and len(text.split()) <= 9
        and _NOUN.search(text) is not None
        and _capitals(text)
        and not _P["staff"].search(text)
    )


def _is_of_person(text: str) -> bool:
    """Whether a title stands behind a name: "Lou Bennett, Staff Engineer"."""
    name = re.sub(r"^[\W\d]+", "", text.split(",", 1)[0])
    return "," in text and people.is_named_so(name)


def _last_phrase(words: str) -> str:
    """Of the words before "position" those after the last article, which opens the title."""
    return str(_P["article"].split(words)[-1]).strip()


def _until_stop(words: str) -> str:
    end = _P["stop"].search(words)
    return words[: end.start()].strip() if end else words.strip()


def _capitals(words: str) -> bool:
    """Whether words are written as a title: most of them with a capital or a digit."""
    long = [word for word in re.findall(r"[\w+#]+", words) if len(word) > 3]
    capital = sum(word[0].isupper() or word[0].isdigit() for word in long)
    return bool(long) and capital * 3 >= len(long) * 2


def _cleaned(words: str) -> str | None:
    role = " ".join(_P["attached"].sub("", words[:160]).split())
    before = None
    while before != role:
        before = role
        role = _P["leading"].sub("", role).strip(" \"'“”‘’*,;:.|–—-([#")
    if role.endswith(")") and "(" not in role:
        role = role[:-1].strip()
    if "(" in role and ")" not in role:
        role = role.split("(", 1)[0].strip()
    return role if 2 <= len(role) <= 90 and len(role.split()) <= 11 else None


def _is_title(role: str, sure: bool) -> bool:
    if _P["no_title"].search(role) or not re.search(r"[^\W\d]{2}", role):
        return False
    noun = _NOUN.search(role) or _P["gender"].search(role)
    if noun and (len(role.split()) > 1 or len(role) > 5):
        return role[0].isupper() or role[0].isdigit() or len(role.split()) <= 6
    return sure and role[0].isupper() and _capitals(role)
