"""The level of a job, read from its title: what a search asks for and what tells two jobs apart."""

import re

LEVELS = ("intern", "junior", "mid", "senior", "staff", "lead", "manager", "director", "executive")

_INTERN = re.compile(
    r"\b(intern|interns|internship|co-?op|apprentice(ship)?|trainee(ship)?|working student|student (job|"
    r"assistant)|"
    r"werkstudent(in)?|praktik(um|ant|antin)|pflichtpraktikum|azubi|ausbildung|duales studium|stagiaire|"
    r"alternan(ce|t)|"
    r"becari[oa]|pr[aá]cticas|est[aá]gi[oa]|estagi[aá]ri[oa]|tirocini[oa]|stage (de|en|chez))\b"
)
_ASSISTS = re.compile(
    r"\b(to|for) (the |our )?(chief|ceo|cto|cfo|coo|president|vp|founder|director|head|executive)\b.*"
)
_EXECUTIVE = re.compile(
    r"\b(chief (?!of staff)[\w &,/-]{0,40}officer|c[efotimprs]o|ciso|cpto|(?<!vice )president|"
    r"vice[- ]president|"
    r"[se]?vp|avp|executive director|geschäftsführer(in)?)\b"
)
_DIRECTOR = re.compile(r"\b((?<!art )director(?!'s)|head of|direktor(in)?|directeur|directrice|head$)\b")
# Who manages a thing, not people: the word says nothing of a level there.
_OF_A_THING = (
    r"product|project|program|programme|account|accounts|community|success|client|case|partner|partners|"
    r"partnership|"
    r"partnerships|alliances?|campaign|content|media|category|brand|property|engagement|relationship|event|"
    r"events|"
    r"release|marketing|growth|delivery|implementation|proposal|contract|contracts|asset|portfolio|channel|"
    r"enablement|"
    r"solutions?|onboarding|study|trial|grants?|bid|credit|risk|fund"
)
_MANAGER = re.compile(
    rf"\b((?<!\w)(?:senior |sr\.? )?manager (of|,)|manager,|(?:senior|sr\.?) manager|supervisor|leiter(in)?|"
    rf"teamleiter(in)?|"
    rf"abteilungsleiter(in)?|(?<!\w)(?!(?:{_OF_A_THING})\b)[\w&]+ manager)\b|^manager\b"
)
_ENGINEERS = (
    r"engineer|engineering|developer|programmer|scientist|designer|architect|product|software|data|machine|"
    r"ml|ai|"
    r"site|sre|security|research|researcher|front[- ]?end|back[- ]?end|full[- ]?stack|technical|platform|"
    r"infrastructure|cloud|devops|mobile|ios|android|web|systems?|hardware|firmware|embedded|network|"
    r"reliability|ux|"
    r"analytics|applied|production|solutions|mechanical|electrical|silicon|robotics|design|field|python|"
    r"java|go|rust"
)
# In the order of the words in a title: "Senior / Staff Engineer" begins at senior.
_OWN_WORK = re.compile(
    r"\b(?P<junior>junior|jr|entry[- ]level|new grad(uate)?|graduate|early[- ]career|berufseinsteiger(in)?|"
    r"débutante?|^associate (?!director|vice|partner|general|professor|principal|dean|counsel|manager|"
    r"attorney))\b"
    r"|\b(?P<mid>mid|intermediate|middle(?! (?:school|office|east|market|manage|mile))(?= ))\b"
    r"|\b(?P<senior>(?:senior|sr|snr|sénior|experienced)(?! (?:staff|principal)\b))\b"
    rf"|\b(?P<staff>(?<!of )staff(?=[ ,/-]+(?:\w+[ ,/-]+)?(?:{_ENGINEERS})\b)|principal(?! investigator)|"
    rf"distinguished)\b"
    rf"|(?P<staff_after>(?<=, )staff$|(?<=- )staff$)"
    r"|\b(?P<lead>(team |tech |technical )?lead(er)?(?![- ]?gen| qualif| time| safe))\b"
)
_NUMBER = re.compile(
    r"\b(engineer|sde|swe|sre|in test|nurse|developer|scientist|analyst|designer|technician|specialist|"
    r"accountant|programmer|"
    r"administrator|"
    r"associate|representative|consultant|architect|researcher|coordinator)s?,? (?P<number>i{1,3}|iv|v|"
    r"[1-5])\b"
)
_OF_NUMBER = {"i": "junior", "1": "junior", "ii": "mid", "2": "mid"}


def level_of(title: str) -> str | None:
    """One of LEVELS, or None where the title does not say.

    A managing level counts before one of own work ("Senior Director" is a director), and a word before a
    number ("Senior Engineer II"). "Product Manager" says none: it manages a thing.
    """
    words = " ".join(title.lower().replace(".", " ").split())
    if _INTERN.search(words):
        return "intern"
    words = _ASSISTS.sub("", words)
    for level, pattern in (("executive", _EXECUTIVE), ("director", _DIRECTOR)):
        if pattern.search(words):
            return level
    own = _OWN_WORK.search(words)
    if _MANAGER.search(words):
        return "manager"
    if own:
        return str(own.lastgroup).removesuffix("_after")
    number = _NUMBER.search(words)
    return _OF_NUMBER.get(number["number"], "senior") if number else None


def rank(level: str | None) -> int | None:
    """The place of a level in LEVELS, from 0; None where there is none."""
    return LEVELS.index(level) if level in LEVELS else None
