"""The employer that a mail is about: never the tracking system, nor the agency if it names its client."""

import re
from collections.abc import Iterator

from hearback.mail import senders
from hearback.mail.parse import ParsedMail
from hearback.mail.senders import SenderKind
from hearback.mail.sentences import Sentence

_WORD = r"(?:[A-ZÄÖÜÉ0-9]|[a-z]{1,2}[A-Z])(?:[\w&'’+-]|\.(?=\w))*"
NAME = rf"{_WORD}(?: (?:(?:of|the|and|&|de|du|der|für|und|et) )?{_WORD}){{0,5}}(?:,? (?:Inc|LLC|Ltd|Corp|Co|GmbH|AG|S\.A|B\.V)\b\.?)?"
_DESK = (
    r"(?:(?i:Talent(?: Acquisition| & Culture)?|Recruit(?:ing|ment|ers?)|Hiring|People(?: Operations| Ops| & Culture| Team| Experience)?|HR|Human Resources|Careers?|University(?: Recruiting)?"
    r"|Campus(?: Recruiting)?|Staffing|Early Careers|Jobs))"
)
_BODY = (
    (5.0, rf"(?i:\b(?:this is|i'm|i am|my name is|name's)) [A-Z][\w'-]+(?: [A-Z][\w'-]+)?,? (?i:and i'm |and i am |here )?(?i:[a-z ,]{{0,30}}?)(?i:from|with|at|of) (?:(?i:the) )?({NAME})"),
    (4.5, rf"^[A-Z][\w'-]+(?: here)?,? (?:from|at|with) ({NAME})"),
    (8.0, rf"(?i:\b(?:our|my|a) client,? (?:is )?|\bclient(?:, | is |: ))({NAME})"),
    (7.0, rf"(?i:\bon behalf of )(?:(?i:the|our client) )?({NAME})"),
    (6.0, rf"\b[Tt]he ({NAME}?) {_DESK}(?: (?i:Team|Department|Group))?\b"),
    (5.5, rf"(?i:\b(?:interest(?:ed)? in|thinking of|considering|apply(?:ing)? (?:to|at|with|for (?:a |the )?(?:position|job|role) (?:at|with))|applied (?:to|at|with)|application (?:to|with|at|sent to)|sent to|submitted to)) (?:(?i:joining|working (?:at|with|for)|opportunities (?:at|with)|a (?:career|position|role|job) (?:at|with)|careers? (?:at|with)|employment (?:at|with)|us at|our company|being part of|becoming part of) )?(?:(?i:the) )?({NAME})"),
    (5.5, rf"(?i:\b(?:careers?|opportunit(?:y|ies)|positions?|roles?|openings?|jobs?|internship|vacancy|employment|life|work(?:ing)?|team|here|us|recruiter|people|folks|hiring manager|everyone|all|interview(?:ing)?|time|candidacy|future|process|journey|experience|place|person|home|joining us|applications?|apply|applying|stelle|praktikum|stage|poste|puesto|offre|vaga)(?: here)?,? (?:at|bei|chez|presso|bij|na|en|da)) (?:(?i:the|der|die) )?({NAME})"),
    (4.5, rf"(?i:\b(?:role|position|opening|job|opportunity|career|application|candidacy|offer|internship|offer of employment|employment) (?:with|from|in)) (?:(?i:the) )?({NAME})"),
    (4.5, rf"(?i:\b(?:join|joining|welcome to|choosing|chosen|chose|part of|work for|working for|i'm from|i am from|we at|us at|reaching out from|writing from|recruiter (?:at|for|with)|recruit for|hiring for|partner at|founder of|ceo of|cto of|engineer at|manager at|director at|acquisition at|recruiting at|partner for|partner with|sourcer at|coordinator at|lead at)) (?:(?i:the) )?({NAME})"),
    (4.0, rf"^({NAME}?) {_DESK}(?: (?i:Team|Department|Group))?\W*$"),
    (3.5, rf"^(?:(?i:the|your|cheers|thanks|best|regards|sincerely)[ ,]+)+({NAME}?) [Tt]eam\W*$"),
    (3.0, rf"^({NAME}) [Tt]eam\W*$"),
    (3.5, rf"(?:^|\b(?i:that|and|but|as|here) )({NAME}) (?i:has (?:received|reviewed|decided|chosen|viewed|invited)|have (?:received|reviewed)|received your|viewed your|thanks you|appreciates|would like to|is (?:growing|pleased|excited|an equal|committed|looking|hiring|a |the )|invites? you|invited you|wants you|team (?:has|is|will|would))"),
    (3.0, rf"\b({NAME}?)(?:'s|’s) (?i:recruit|talent|hiring|career|team|interview|application|assessment|online|position|job|coding|offer|mission|open|engineering|selection|people|hr)"),
    (3.0, rf"(?i:\b(?:interview|call|chat|conversation|discussion|meeting|screen|assessment|meet|speak|interviews) with) (?:(?i:the) )?({NAME})"),
    (2.5, rf"(?i:\bat) ({NAME})(?=[.,!?]?$|[.,!] | and | we | is | as )"),
    (2.5, rf"(?i:\b(?:your|our) )({NAME}) (?i:application|interview|candidacy|profile|account|recruit\w+|assessment|offer|team)"),
)  # fmt: skip
_LOOSE = r"([^|:–—()\[\]]{2,60}?)"
_TOPIC = r"(?:application|applying|applied|interview|assessment|offer|interest|candidacy|recruit\w*|careers?|job|position|role|opportunit\w+|next steps?|phone|screen|hiring|coding|challenge|update|intern\w*|scheduling|availability|bewerbung|candidature|candidatura|thank you|thanks|invitation|engineer\w*|developer|status|talent|online|follow[- ]?up|call|chat|introduction|intro)"
_ENDING = r"(?:\s*[!.,?(|:–—]|\s+[-–—]\s|\s+(?:for|regarding|has|is|was|on|as|about|received|application|team|we|and we|position|role|via|ist|wurde|a été|è|foi|is|will|eingegangen|-)\b|\s*$)"
_SUBJECT = (
    (6.5, rf"(?i:\bapplication (?:was )?(?:successfully )?(?:sent|submitted) to\s+){_LOOSE}{_ENDING}"),
    (6.0, rf"(?i:\b(?:apply(?:ing)?|application|applied|interest(?:ed)?|candidacy|bewerbung|candidature|candidatura|sollicitatie)\s+(?:to|at|with|in|bei|chez|en|presso|bij|na|à)(?: joining| working at| working with| working for)?\s+)(?:(?i:the) )?{_LOOSE}{_ENDING}"),
    (6.0, rf"(?i:\b(?:role|position|job|opportunity|opportunities|career|careers|opening|internship|intern|engineer|developer|manager|analyst|designer|scientist|team|interview|interviewing|consultant|specialist|associate|assistant|lead|offer|director)[,)]? (?:at|with|bei|chez)\s+)(?:(?i:the) )?{_LOOSE}{_ENDING}"),
    (5.0, rf"^\W*(?i:(?:(?:re|fwd?|aw|wg)\s*:\s*)*){_LOOSE}\s*(?:[:|]|\s[-–—])\s*(?i:.*\b{_TOPIC})"),
    (4.5, rf"(?i:\b{_TOPIC}\b.*?)\s(?:[-–—|]|//)\s+({NAME})\W*$"),
    (4.5, rf"(?i:\b(?:from|at|with|by|von)) (?:(?i:the) )?({NAME})(?: {_DESK})?(?: (?i:team))?\W*$"),
    (5.0, rf"^\W*(?i:(?:(?:re|fwd?|aw|wg)\s*:\s*)*)({NAME}?)(?:'s|’s)? (?i:(?:software |phone |video |technical |coding |online |first |final |onsite |on-site |job |summer |new grad |virtual )*(?:interview|application|recruit\w*|careers?|assessment|coding|offer|opportunit\w+|phone|talent|hiring|internship|job|update|next steps|onsite|position|follow[- ]?up))"),
    (5.0, rf"(?i:\b(?:your|our|the|upcoming)(?: recent)?) ({NAME}?)(?:'s|’s)? (?i:(?:phone |video |technical |coding |online |onsite |job )*(?:interview|application|assessment|candidacy|offer|challenge|careers))"),
    (4.0, rf"(?i:\b(?:interest in|invitation from|message from|welcome to|news from|update from|hello from|offer from|introduction to|invitation to interview (?:at|with)|interview with|call with|chat with|(?:applied|application) to)) (?:(?i:the) )?({NAME})"),
    (3.5, rf"^\W*(?i:(?:(?:re|fwd?|aw|wg)\s*:\s*)*)({NAME}) (?:x|<>|/|<->|\+) [A-Z]\w+"),
    (6.5, rf"(?i:\b(?:viewed|seen|opened|reviewed|received) by )({NAME})"),
)  # fmt: skip
_BODY_PATTERNS = tuple((score, re.compile(pattern)) for score, pattern in _BODY)
_SUBJECT_PATTERNS = tuple((score, re.compile(pattern)) for score, pattern in _SUBJECT)
_NO_NAMES = frozenset(
    "we our the this you your i it thank thanks hi dear hello hey best regards please unfortunately if as at in on my he she they us me his her a an and or but so "
    "for to of with what when where who why how all any some no not after before once while although since next new re aw wg antw sv fwd fw cancelled canceled accepted declined updated rescheduled immediate urgent update application interview offer job jobs "
    "position role careers career team talent recruiting recruitment hiring hr human people january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday today tomorrow time date action status important reminder invitation confirmation confirmed request follow "
    "received submitted congratulations welcome good great phone video zoom teams google meet online technical coding software senior junior engineering product data university summer "
    "pst est cst utc gmt resume cv candidate candidates applicant recruiter sincerely cheers kind warm linkedin indeed glassdoor first second third final need needs immediate urgent round stage step one two three "
    "bewerbung ihre deine eingang vielen candidature votre merci su tu gracias la il le el uw je opportunity opportunities assessment challenge information details additional remote hybrid full part "
    "company group here there just let am is are was be have has thanks! schedule scheduling availability available quick message notification noreply sorry applying thankyou yes ok interested looking".split()
)
_PIECE_OF_TIME = re.compile(r"^\d[\d:./-]*(?:st|nd|rd|th|am|pm)?$", re.I)
_ROLE_WORD = re.compile(
    r"\b(?:engineers?|developers?|managers?|analysts?|designers?|scientists?|interns?|internships?|specialists?|coordinators?|associates?|assistants?|representatives?|architects?|consultants?|administrators?|technicians?|director|programmer|role|position|opening|recruiter|requisition|interview\w*|application|assessment|opportunit\w+|your|you|our|entwickler(?:in)?|ingenieur(?:in)?|développeur|desarrollador|next steps?|update|thank|thanks|team|follow[- ]?up|confirm\w*|schedul\w*|invit\w*|status|received|applying|reminder|availability|offer|urgent|request|required|phone|call|chat|screen)\b",
    re.I,
)
_PEOPLE = re.compile(
    r"\b(?:hi|hello|dear|hey|hallo|liebe[r]?|bonjour|hola|olá|ciao|beste|geachte)\s+(?:mr\.?|ms\.?|mrs\.?|herr|frau)?\s*([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)",
    re.I,
)


def read(mail: ParsedMail, sentences: list[Sentence], sender: SenderKind, role: str | None) -> str | None:
    """The name with the most votes from subject, text, signature and sender."""
    people = {name.lower() for name in _PEOPLE.findall(mail.fresh[:2000])}
    people |= {name.split()[0] for name in people}
    votes: dict[str, float] = {}
    shown: dict[str, tuple[float, str]] = {}
    for score, raw in _candidates(mail, sentences, sender):
        name = _cleaned(raw, role, people, mail, sender.is_vendor)
        if name is None:
            continue
        key = _key(name)
        # Repeating a name makes it likelier, but ten mentions are no ten witnesses.
        votes[key] = votes.get(key, 0.0) + (score if key not in votes else score * 0.35)
        if score > shown.get(key, (0.0, ""))[0]:
            shown[key] = (score, name)
    if not votes:
        return None
    for key in list(votes):
        # "Acme" is short for "Acme Instruments", where the mail gives both.
        longer = [
            o
            for o in votes
            if o != key
            and o.startswith(key)
            and len(key) >= 4
            and votes[o] >= 2.5
            and shown[o][1].lower().startswith(shown[key][1].lower() + " ")
        ]
        for other in longer[:1]:
            votes[other] += votes[key] * 0.9
    best = max(votes, key=lambda key: (_supported(key, votes), -len(key)))
    return shown[best][1]


def _supported(key: str, votes: dict[str, float]) -> float:
    """A name's votes and half of those of names that it extends or shortens."""
    return votes[key] + sum(
        other_votes * 0.5
        for other, other_votes in votes.items()
        if other != key
        and min(len(other), len(key)) >= 3
        and (other.startswith(key) or key.startswith(other))
    )


def _candidates(
    mail: ParsedMail, sentences: list[Sentence], sender: SenderKind
) -> Iterator[tuple[float, str]]:
    subject = " ".join(mail.subject.split())[:300]
    for score, pattern in _SUBJECT_PATTERNS:
        if match := pattern.search(subject):
            yield score, match[1]
    lines = [Sentence(line.strip()[:200], "") for line in mail.signature.split("\n")[:8]]
    for sentence in (*sentences[:80], *lines):
        text = sentence.text
        for score, pattern in _BODY_PATTERNS:
            for match in pattern.finditer(text):
                following = text[match.end(1) : match.end(1) + 14].lower()
                if not re.match(r" (?:role|position|opening|job|opportunit|vacanc|interns?hip)", following):
                    yield score, match[1]
    for line in mail.fresh.split("\n")[-8:]:
        if match := re.search(rf"(?:^|[,|@] ?|\bat )({NAME})\s*$", line.strip()[:100]):
            if "|" in line or "@" in line or re.search(r"(?i)recruit|talent|manager|partner|engineer", line):
                yield 2.0, match[1]
    if told := senders.display_organisation(mail):
        yield 5.0, told
    elif sender.kind == "ats" and mail.sender_name:
        # Tracking systems put the employer's name where a person's would stand.
        yield 3.4, mail.sender_name
    own = mail.sender_address.rpartition("@")[2]
    internal = any(address.endswith("@" + own) for address in mail.recipients)
    if sender.kind != "board" and not internal and (told := senders.domain_organisation(mail)):
        yield 2.6, told


def _cleaned(raw: str, role: str | None, people: set[str], mail: ParsedMail, vendor: bool) -> str | None:
    """A candidate without what does not belong to it; None if nothing remains that is a name."""
    name = " ".join(raw.split()).strip(" \"'“”‘’.,!?-–—:;|*/")
    if re.match(r"an? ", name):
        return None
    name = re.split(r" (?:<>|<->|x|/|//) |\s*[|]\s*| \(", name)[0]
    name = re.sub(r"(?i)^(?:the|our|here at|us at|with|at|your|joining|working (?:at|for|with)) ", "", name)
    name = re.sub(
        r"(?i)(?:'s|’s)?(?: (?:careers?|recruit(?:ing|ment)|talent(?: acquisition)?|hiring|hr|jobs|team|human resources|people team|(?:hiring |coding )?challenge|invitation|assessment))+$",
        "",
        name,
    ).strip(" ,-–")
    words = name.split()
    while words and words[0].lower().strip(".,") in {
        "re",
        "fwd",
        "fw",
        "the",
        "thanks",
        "best",
        "regards",
        "sincerely",
        "cheers",
        "hi",
        "from",
        "at",
    }:
        words = words[1:]
    name = " ".join(words)
    if not words or len(words) > 7 or not 2 <= len(name) <= 60 or "@" in name or "://" in name:
        return None
    lower = name.lower()
    if words[0].lower().strip("'.,!") in _NO_NAMES and (
        len(words) == 1
        or words[0].lower()
        in {
            "we",
            "you",
            "your",
            "our",
            "i",
            "thank",
            "thanks",
            "this",
            "next",
            "if",
            "re",
            "after",
            "update",
            "application",
        }
    ):
        return None
    if all(word.lower().strip(".,&") in _NO_NAMES or _PIECE_OF_TIME.match(word) for word in words):
        return None
    if senders.is_vendor_name(name) and not mail.subject.lower().count(lower):
        return None
    if senders.is_vendor_name(name) and not mail.sender_address.endswith(lower.replace(" ", "") + ".com"):
        return None
    if (
        lower in people
        or (not vendor and senders.is_person(name, mail))
        or _ROLE_WORD.search(name)
        or (role and (lower == role.lower() or lower in role.lower()))
    ):
        return None
    return name if re.search(r"[^\W\d_]{2}|[A-Z]\d|\d[A-Z]", name) else None


def _key(name: str) -> str:
    lower = re.sub(
        r"(?i),? (?:inc|llc|ltd|corp|corporation|gmbh|ag|plc|limited|co|company)\.?$", "", name
    ).lower()
    return re.sub(r"[\W_]+", "", lower) or lower
