"""The job title that a mail is about."""

import re

from hearback.mail.parse import ParsedMail
from hearback.mail.sentences import Sentence

_NOUNS = (
    "engineer engineering developer programmer architect manager director analyst scientist designer consultant specialist "
    "coordinator administrator assistant associate intern internship lead head officer representative executive technician "
    "researcher writer editor nurse teacher recruiter accountant accounting advisor adviser strategist producer planner clerk agent "
    "supervisor president partner trainee apprentice fellow tester devops sre qa marketer buyer operator driver cashier "
    "attorney counsel paralegal lawyer professor lecturer instructor tutor chef barista sde swe sdet owner master "
    "controller auditor inspector mechanic electrician librarian therapist physician pharmacist caregiver bookkeeper "
    "receptionist secretary statistician economist copywriter journalist translator photographer animator artist "
    "investigator underwriter broker trader dispatcher merchandiser generalist evangelist advocate liaison "
    "development marketing sales support science operations co-op graduate student expert leader staff member contractor crew "
    "entwickler entwicklerin softwareentwickler softwareentwicklerin ingenieur ingenieurin berater beraterin leiter leiterin "
    "sachbearbeiter sachbearbeiterin werkstudent werkstudentin praktikant praktikantin praktikum referent referentin mitarbeiter "
    "mitarbeiterin architektin analystin produktmanager produktmanagerin projektleiter projektleiterin kaufmann kauffrau "
    "développeur développeuse ingénieur ingénieure analyste chargé chargée stagiaire stage alternance responsable chef "
    "comptable assistante consultante gestionnaire technicien technicienne directeur directrice vendeur vendeuse "
    "desarrollador desarrolladora ingeniero ingeniera analista gerente diseñador diseñadora consultor consultora técnico "
    "sviluppatore sviluppatrice ingegnere progettista impiegato tirocinante consulente responsabile "
    "desenvolvedor desenvolvedora engenheiro engenheira estagiário estagiária coordenador "
    "ontwikkelaar medewerker adviseur stagiair ontwerper beheerder"
).split()
_NOUN = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, _NOUNS)) + r")s?(?!\w)", re.I)
_OPENING = r"(?:role|position|opening|opportunity|job|vacancy|post|posting|requisition|seat|internship position|stelle|poste|puesto|vaga|functie|vacature)"
_TOKEN = r"[\w/&.,'’()+#\[\]|:–—-]+"
_LABEL = re.compile(
    r"^\W*(?:job title|position title|position applied for|job name|job|position|role|title|job posting|posting|vacancy|opening|applied for"
    r"|stelle|stellenbezeichnung|poste|puesto|cargo|posizione|ruolo|vaga|functie|vacature)\s*[:：]\s*(.{3,120})$",
    re.I,
)
_BEFORE = re.compile(
    rf"\b(?:the|our|an?|this|for|of|to|as|my|in|open|die|der|als|le|la|el|il|a|o|de|het) ((?:{_TOKEN} ){{1,10}}?){_OPENING}\b(?!s)",
    re.I,
)
_AFTER = re.compile(
    r"\b(?:role|position|job|opening|vacancy|post|opportunity|stelle|poste|puesto|vaga|functie|posizione|ruolo|internship)\s?"
    r"(?:of|as|for|als|de|di|van|:|-|–|,)\s?(?:an?\b|the\b|our\b|following\b|:)? ?[\"“'‘*]?(.{3,120})",
    re.I,
)
_FOR = re.compile(
    r"\b(?:appl(?:y|ying|ied|ication|ications)|candidacy|consider(?:ed|ation)?|interview(?:ing|s)?|selected|interest(?:ed)?|submission|shortlisted"
    r"|bewerbung|beworben|candidature|postulé|candidatura|sollicitatie|hiring)"
    r" (?:\w+ )?(?:for|as|to|in|als|pour|para|per|voor|to be|became|become|to become) (?:be |the |an? |our |position of |role of |die |le |la |el |il )*[\"“*]?(.{3,120})",
    re.I,
)
_OFFERED = re.compile(
    r"\b(?:offer(?:ing)? you|join us as|welcome you as|you as|hire you as|looking for|searching for|hiring) (?:the position of |the role of )?(?:an? |the |our )+(.{3,100})",
    re.I,
)
_AS = re.compile(r"\bas (?:an? |our |the )(?:next |new |first )?([A-Z].{3,80})")
_STAFF = re.compile(
    r"\b(?:recruit\w*|talent|hr|human resources|hiring manager|founder|ceo|cto|sourcer|people|partners?|team)\b",
    re.I,
)
_STOP = re.compile(
    r"(?:^|[\s,(])(?:role|position|opening|opportunity|opportunities|job|vacancy|seat|post|seems?|looks?|could|would|can|over|at|with|here|has|have|had|is|was|will|are|were|and (?:we|for|are|will|our|appreciate|your|the|to|thank|have|i|would|that|you)"
    r"|in our|on our|within|we|we've|you|your|that|which|through|via|because|by|from|as well|but|to (?:join|be|work|our|the|discuss|see|learn|help)|bei|chez|en|presso|bij|na|on (?:our|the|\w+day)|based|located|this|next|who|whose|please|since|after|posted|submitted|received|who|if|should|moving|so|once|unfortunately|zu|und wir|haben|wurde)\b"
    r"|[.!?;:](?:\s|$)|[\"”“*|<>]| - (?=[A-Z]\w+ (?:is|has|team))|\s[–—-]\s|[‘’'](?=\s|$)|, (?=and|we|but|which|at|here|located|your|you)|\bhttps?:",
    re.I,
)
_LEADING = re.compile(
    r"^(?:the|our|an?|of|for|this|as|to|in|and|open|following|current|available|new|above|advertised|following|die|der|als|your|recent|application|apply(?:ing)?|interest|interested|position|role|job|exciting|an? exciting|hiring|on|you|with|their|my|le|la|de|del|di|we|are|from|at)\s+",
    re.I,
)
_ATTACHED = re.compile(
    r"\s*[(\[](?:remote|hybrid|on-?site|full[- ]time|part[- ]time|contract|req[^)]*|id[^)]*|job[^)]*|ref[^)]*|[A-Z]{0,4}[-_]?\d[\w-]*)[)\]]"
    r"|\s*[-–,#(]?\s*\b(?:(?:req|requisition|job|ref|id|jr|r)[- _#:]*)+\d[\w-]*\)?|\s+[-–]?\s*#?\d{4,}\S*$",
    re.I,
)
_NOT_ROLES = re.compile(
    r"\b(?:you|your|we|us|me|i|thank|apply|applying|review|received|interview|application|next|step|time|call|chat|further|contact|information|process|email|click|please|consideration|interested|team members?|hiring|recruit\w* team|candidate|candidates|that|which|company|future|best|similar|other|any|several|multiple|various|many|suitable|right|team$|these|those|some|more|opportunit\w+|filled)\b",
    re.I,
)
_SUBJECT_SPLIT = re.compile(
    r"\s+[-–—|•·:]\s+|:\s+|\s*\|\s*|\s+@\s+|,\s+(?=at\b)|\s+\bat\s+|\s+\bwith\s+|\s+\bbei\s+"
)
_SUBJECT_LEAD = re.compile(
    r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)*(?:(?:an? )?(?:update|news|status) (?:on|about|regarding|of) )?(?:(?:thank you|thanks|thank you so much) for )?(?:(?:your|the|job|indeed|online) )*"
    r"(?:application|applying|interest|interview|candidacy|invitation|offer|eingangsbestätigung|(?:ihre[r]?|deine[r]?) bewerbung|bewerbung|candidature|candidatura|sollicitatie|phone screen|phone interview|next steps|receipt|confirmation|submission|assessment|invite|update|request|confirmed|received|applied)?"
    r"(?:\s(?:received|confirmation|confirmed|update|status|invitation|request|submitted|sent))?(?:\s?[:–-])?\s?(?:(?:for|to|in|as|of|als|on|regarding|ihrer|deiner|bewerbung|pour|para|per|voor)\s)*(?:the |our |an? |position of |role of )*",
    re.I,
)


def read(mail: ParsedMail, sentences: list[Sentence]) -> str | None:
    """The title of the opening as the mail writes it, without numbers."""
    scored: dict[str, tuple[float, str]] = {}
    for score, words in (*_of_body(sentences), *_of_subject(mail.subject)):
        role = _cleaned(words)
        if role is None or not _is_title(role, sure=score >= 5):
            continue
        key = role.lower()
        held = scored.get(key, (0.0, role))
        scored[key] = (held[0] + score + (1 if _NOUN.search(role) else 0), held[1])
    if not scored:
        return None
    for key, (score, role) in list(scored.items()):
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
        if label := _LABEL.match(text):
            found.append((6.0, label[1]))
        for match in _BEFORE.finditer(text):
            found.append((5.0 if _capitals(match[1]) else 3.0, _last_phrase(match[1])))
        for match in _AFTER.finditer(text):
            found.append((5.0 if _capitals(_until_stop(match[1])) else 2.5, _until_stop(match[1])))
        for match in _AS.finditer(text):
            found.append((2.6, _until_stop(match[1])))
        if not sentence.below and index < 12 and _stands_alone(text):
            found.append((2.2, text))
        for match in (*_FOR.finditer(text), *_OFFERED.finditer(text)):
            found.append((3.0, _until_stop(match[1])))
    return [(score, words) for score, words in found if words]


def _of_subject(subject: str) -> list[tuple[float, str]]:
    subject = " ".join(subject.split())[:300]
    found = [(4.0, _last_phrase(match[1])) for match in _BEFORE.finditer(subject)]
    for index, piece in enumerate(_SUBJECT_SPLIT.split(subject)):
        bare = _SUBJECT_LEAD.sub("", piece, count=1)
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
        and not _STAFF.search(text)
    )


def _last_phrase(words: str) -> str:
    """Of the words before "position" those after the last article, which opens the title."""
    pieces = re.split(
        r"\b(?:the|our|this|for an?|as an?|of an?|for|in an?|to an?|in|interest|die|der|den|le|la|el|il|het)\s",
        words,
    )
    return pieces[-1].strip()


def _until_stop(words: str) -> str:
    end = _STOP.search(words)
    return words[: end.start()].strip() if end else words.strip()


def _capitals(words: str) -> bool:
    """Whether words are written as a title: most of them with a capital or a digit."""
    long = [word for word in re.findall(r"[\w+#]+", words) if len(word) > 3]
    return bool(long) and sum(word[0].isupper() or word[0].isdigit() for word in long) * 3 >= len(long) * 2


def _cleaned(words: str) -> str | None:
    role = " ".join(_ATTACHED.sub("", words[:160]).split())
    before = None
    while before != role:
        before = role
        role = _LEADING.sub("", role).strip(" \"'“”‘’*,;:.|–—-([#")
    if role.endswith(")") and "(" not in role:
        role = role[:-1].strip()
    if "(" in role and ")" not in role:
        role = role.replace("(", "").strip()
    return role if 2 <= len(role) <= 90 and len(role.split()) <= 11 else None


def _is_title(role: str, sure: bool) -> bool:
    if _NOT_ROLES.search(role) or not re.search(r"[^\W\d]{2}", role):
        return False
    noun = _NOUN.search(role)
    if noun and (len(role.split()) > 1 or len(role) > 5):
        return role[0].isupper() or role[0].isdigit() or len(role.split()) <= 6
    return sure and role[0].isupper() and _capitals(role)
