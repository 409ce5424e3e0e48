"""What a mail says anew: quoted threads, forwarded mail, signatures and footers cut off."""

import re
from dataclasses import dataclass

# Where "On <date>, <name> wrote:" ends, in the languages of the common mail clients.
_WROTE = re.compile(
    r"\b(?:wrote|schrieb|schreef|a écrit|ha scritto|escribió|escreveu|skrev|napisał\(a\)|napisał)\b"
    r"[^\n]{0,120}:?\s*$",
    re.I,
)
_ATTRIBUTION_START = re.compile(
    r"^\W{0,3}(?:on|am|le|el|il|em|op|den|at|w dniu|vào|\d{1,4}[-./]\d{1,2}[-./]\d{1,4})\b", re.I
)
_NAME_WROTE = re.compile(
    r"^[^\n]{0,100}(?:<[^<>\s]+@[^<>\s]+>|\d{1,2}[:.]\d\d)[^\n]{0,60}(?:wrote|schrieb|schreef|écrit|scritto|escribió|escreveu)\s?:?\s*$",
    re.I,
)
_SEPARATOR = re.compile(
    r"^[\s>*]*(?:[-_=]{2,}\s*)"
    r"(?:original(?:\s+(?:message|appointment|nachricht|e-?mail))?|ursprüngliche nachricht"
    r"|originalnachricht|message d['’]origine|message original|mensaje original"
    r"|messaggio originale|mensagem original|oorspronkelijk bericht"
    r"|reply (?:message|above)|previous message|quoted (?:text|message))",
    re.I,
)
_FORWARD = re.compile(
    r"^[\s>*]*(?:[-_=]{2,}\s*(?:forwarded (?:message|by|mail)|weitergeleitete nachricht"
    r"|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada"
    r"|doorgestuurd bericht)|begin forwarded message\s*:|anfang der weitergeleiteten"
    r"|début du message (?:transféré|réexpédié)|inizio messaggio inoltrato"
    r"|inicio del mensaje reenviado|begin doorgestuurd bericht)",
    re.I,
)
_HEADER = re.compile(
    r"^[\s>]*\*?(from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|de|envoyé|à"
    r"|objet|enviado|enviado el|para|asunto|assunto|da|inviato|a|oggetto|data|van|verzonden|aan"
    r"|onderwerp)\s?:\*?\s",
    re.I,
)
_SENDER_HEADERS = frozenset({"from", "von", "de", "da", "van"})
_SUBJECT_HEADERS = frozenset({"subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp"})
_SIGNATURE = re.compile(r"^\s*(?:--|—|__)\s*$")
_MOBILE = re.compile(
    r"^\W*(?:(?:sent|gesendet|envoyé|enviado|inviato|verzonden)\b[^\n]{0,30}"
    r"\b(?:iphone|ipad|android|mobile|phone|samsung|galaxy|outlook|yahoo|blackberry|handy"
    r"|smartphone)|get outlook for)\b",
    re.I,
)
_FOOTER = re.compile(
    r"^\W{0,4}(?:confidential(?:ity)?\b|disclaimer\b|privacy notice|legal notice|unsubscribe\b"
    r"|caution:|external(?: email| sender|:|\])|warning: (?:this|external)"
    r"|(?:this|the (?:information|contents?)|all information)\b[^\n]{0,80}?(?:e-?mail|message|communication|transmission)"
    r"[^\n]{0,120}?(?:confidential|intended|privileged|automatically generated|generated automatically|was sent (?:to|by|from)|originated)"
    r"|(?:if|should) you (?:have )?received? this (?:e-?mail|message|communication)[^\n]{0,20}(?:in error|by mistake)"
    r"|if you are not the (?:intended|named)|you(?:'|’)?(?: a)?re receiving this|you (?:have )?received this (?:e-?mail|message) because"
    r"|to (?:unsubscribe|stop receiving|opt[ -]out|manage your)|manage (?:your )?(?:preferences|subscription|notifications|email)"
    r"|©|copyright\b|\(c\) ?\d{4}|all rights reserved|view (?:this (?:email )?)?(?:in|on) (?:your |a )?browser"
    r"|[^\n]{0,120}\b(?:is|are|as) (?:proud to be )?an? (?:eeo\b|equal[ -](?:opportunity|employment))"
    r"|equal opportunity employer|we are committed to (?:diversity|equal)|we celebrate diversity"
    r"|[^\n]{0,60}does not discriminate|all qualified applicants will receive"
    r"|(?:beware|be aware|please be aware|please note)\b[^\n]{0,60}(?:scam|fraud|phish|impersonat)"
    r"|[^\n]{0,80}(?:fraudulent|recruitment fraud|recruiting scam|phishing)"
    r"|diese (?:e-?mail|nachricht)[^\n]{0,80}vertraulich|ce (?:message|courriel)[^\n]{0,80}confidentiel"
    r"|este (?:mensaje|correo)[^\n]{0,80}confidencial|please consider the environment"
    r"|please do not (?:reply|respond) (?:to|directly))",
    re.I,
)
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
        if _FORWARD.match(line):
            forwarded = True
            break
        if _SEPARATOR.match(line) or _is_header_block(lines, index):
            break
        taken = _attribution(lines, index)
        if taken:
            index += taken
            continue
        if line.lstrip().startswith(">") or _MOBILE.match(line):
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
    if _NAME_WROTE.match(first[:300]):
        return 1
    if not _ATTRIBUTION_START.match(first):
        return 0
    joined = ""
    for count in range(1, _LONGEST_ATTRIBUTION + 1):
        if index + count > len(lines) or (count > 1 and not lines[index + count - 1].strip()):
            return 0
        joined += " " + lines[index + count - 1].strip()[:200]
        if _WROTE.search(joined[-140:]) and re.search(r"\d|@", joined):
            return count
    return 0


def _is_header_block(lines: list[str], index: int) -> bool:
    """Whether the headers of an earlier mail, as Outlook writes them, start here."""
    first = _HEADER.match(lines[index][:200])
    if not first or first[1].lower() not in _SENDER_HEADERS:
        return False
    following = [line for line in lines[index + 1 : index + 12] if line.strip()][:6]
    named = [found[1].lower() for line in following if (found := _HEADER.match(line[:200]))]
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
        if _FOOTER.match(lead):
            continue
        # Small print often follows its first line without a blank one.
        end = next((at for at, line in enumerate(paragraph) if at and _FOOTER.match(line[:400])), None)
        kept.append("\n".join(paragraph[:end]))
    return "\n\n".join(kept).strip()
