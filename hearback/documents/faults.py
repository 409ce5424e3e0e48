"""What is wrong with a document, in words that say which fault it is and what to do about it."""

from enum import StrEnum


class Fault(StrEnum):
    """Why a document cannot be read."""

    LOCKED = "locked"
    CORRUPT = "corrupt"
    SCANNED = "scanned"
    EMPTY = "empty"
    WRONG_TYPE = "wrong_type"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_HEAVY = "too_heavy"
    ACTIVE = "active"
    OURS = "ours"


WORDS = {
    Fault.LOCKED: ("This file is locked with a password. Save a copy without one, and give us that copy."),
    Fault.CORRUPT: (
        "This file is damaged and cannot be opened. Export it again from the program you wrote it in."
    ),
    Fault.SCANNED: (
        "The pages of this file are pictures, so there is no text to read. Export it as PDF from the "
        "program you wrote it in, instead of scanning or photographing it."
    ),
    Fault.EMPTY: "There is no text in this file. Is it the one you meant?",
    Fault.WRONG_TYPE: (
        "We cannot read this type of file. Give a PDF, Word (.docx), OpenDocument (.odt), RTF, HTML, "
        "Markdown, text or JSON Resume file."
    ),
    Fault.TOO_LARGE: "This file is too large. The most we take is 10 MB.",
    Fault.TOO_LONG: "This file is too long for a CV. Give one with the pages of your CV alone.",
    Fault.TOO_HEAVY: (
        "Reading this file took too much time or memory. Export it again from the program you wrote it in, "
        "without large pictures."
    ),
    Fault.ACTIVE: (
        "This file carries macros, which are programs, so we do not open it. Save it as .docx or PDF, which "
        "carry none."
    ),
    # No fault of the file: the program that reads could not be started, or stumbled over itself.
    Fault.OURS: "Something went wrong on our side, and your file may well be fine. It will be tried again.",
}


# Where trying again has not helped.
OURS_STILL = (
    "Something went wrong on our side, several times, and your file may well be fine. Try it again later."
)

# A warning, no fault: the text was read without it.
HIDDEN = "Some text in this file cannot be seen on its pages. We left it out."


class DocumentFault(Exception):
    """A document cannot be read. `kind` says why, `words` tell its owner what to do."""

    def __init__(self, kind: Fault, words: str | None = None) -> None:
        self.kind = kind
        self.words = words or WORDS[kind]
        super().__init__(self.words)
