"""What kind of contract and where the work is done, out of the words that boards have for it."""

import re

from hearback.boards.normal.text import unmarked
from hearback.boards.posting import Employment, Remote

_EMPLOYMENT: tuple[tuple[Employment, str], ...] = (
    (
        Employment.INTERNSHIP,
        r"interns?|internships?|praktik\w+|werkstudent\w*|working student|stage|stagiaire|trainee|"
        r"apprentice\w*|co-?op|becari[oa]|practicas|alternance|ausbildung|estagio|student|traineeships?|"
        r"duales studium|auszubildende\w*|tirocinio|staz|stage\w*|stagist\w*|harjoittelu",
    ),
    (Employment.VOLUNTEER, r"volunteer\w*|ehrenamt\w*|benevol\w*|voluntari\w*"),
    (
        Employment.TEMPORARY,
        r"temporary|temp|seasonal|fixed[- ]?term|befristet\w*|cdd|interim\w*|per ?diem|casual|limited|"
        r"temporal|tijdelijk|saison\w*|term|locum|prn|determinato|zeitarbeit\w*|aushilfe|duree determinee|"
        r"fijo discontinuo|tidsbegransad|vikariat|mararaikainen",
    ),
    (
        Employment.CONTRACT,
        r"contract|contractor|contracting|freelance\w*|freiberuf\w*|1099|c2c|corp[- ]to[- ]corp|"
        r"self[- ]employed|b2b|consultant|independent|zzp|gig|autonomo|werkvertrag|"
        r"selbstandig\w*|umowa zlecenie",
    ),
    (
        Employment.PART_TIME,
        r"part[- ]?time|teilzeit|temps partiel|(?:jornada|tiempo|media jornada) ?parcial|media jornada|"
        r"deeltijd|meio periodo|minijob|half[- ]time|deltid|tempo parziale|geringfugig\w*|part|osa-?aikainen|"
        r"niepelny etat|czesc etatu|castecny uvazek|reszmunkaido",
    ),
    (
        Employment.FULL_TIME,
        r"full[- ]?time|vollzeit|temps plein|(?:jornada|tiempo) ?complet[ao]|voltijd|heltid|"
        r"tempo (?:pieno|integral|inteiro|completo)|dedicacion completa|pelny etat|full|voltijds|fuldtid|"
        r"plny uvazek|teljes munkaido\w*|kokoaikainen|taistooaeg|tam zamanli|fulltime",
    ),
)
# Languages that do not part words, and another alphabet.
_OTHER_SCRIPTS = (
    ("正社員|全职|全職|フルタイム|полная", Employment.FULL_TIME),
    ("アルバイト|パート|兼职|兼職|частичная", Employment.PART_TIME),
    ("契約社員|业务委托|業務委託", Employment.CONTRACT),
    ("インターン|实习|實習|стажировка", Employment.INTERNSHIP),
)
# Letters whose marks do not come off.
_UNMARKED = str.maketrans("łıøđ", "liod")
_KINDS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _EMPLOYMENT)
# A contract without an end is no contract work.
_LASTING = re.compile(
    r"\b(?:permanent|unlimited|indefinite|open[- ]ended|unbefristet\w*|indefinido)(?: contract)?\b"
)
# Both hours offered, as "full or part time" says: the longer ones are the offer.
_EITHER = re.compile(
    r"\b(?:full|voll)\b.{0,12}\b(?:part|teil)|\bpart\b.{0,12}\bfull\b|vollzeit.{0,12}teilzeit"
)

_HYBRID = re.compile(
    r"\b(?:hybrid\w*|h[ií]brid[oa]|partially remote|part(?:ly)?[- ]remote|semi[- ]?presencial)\b"
)
_NOT_REMOTE = re.compile(
    r"\b(?:not|no|non|never)[ -]?(?:a )?remote\b|\bremote(?: work)?:? ?(?:no|not|false)\b"
)
_REMOTE = re.compile(
    r"\bremote(?:ly)?(?! (?:sens|monitor|control|support|access|pilot|operat|diagnos|patient|area|site|"
    r"communit))\b"
    r"|\b(?:telecommut\w*|telework\w*|work(?:ing)?[- ]from[- ](?:home|anywhere)|wfh|home[- ]?based|"
    r"home[- ]?office|"
    r"teletrabajo|t[ée]l[ée]travail|remoto|remota|[àa] distance|virtual|distributed|anywhere|world ?wide)\b"
)
_ON_SITE = re.compile(
    r"\b(?:on[- _]?site|in[- ](?:office|person)|office[- ]based|vor ort|pr[ée]sentiel|presencial|"
    r"in[- _]?house|onsite)\b"
)


def employment(value: object) -> Employment | None:
    """The kind of contract that a word, or the first of several words that says one, stands for.

    Understands the codes of schema.org and of the boards ("FULL_TIME", "fulltime_permanent", "FullTime") and
    words of several languages. "Permanent" alone says nothing of hours.
    """
    if isinstance(value, list | tuple):
        return next((kind for one in value[:20] if (kind := employment(one))), None)
    if isinstance(value, dict):
        return employment([value.get(key) for key in ("name", "label", "@id", "@value", "id")])
    if not isinstance(value, str):
        return None
    # Several codes in one text are a list.
    if re.fullmatch(r"[A-Z_]+(?: ?[,;|] ?[A-Z_]+)+", value[:200]):
        return employment(re.split(r" ?[,;|] ?", value[:200]))
    words = unmarked(_spaced(value[:200]).translate(_UNMARKED))
    if _EITHER.search(words):
        return Employment.FULL_TIME
    words = _LASTING.sub(" ", words)
    other = next((kind for script, kind in _OTHER_SCRIPTS if re.search(script, words)), None)
    return other or next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def remote(*values: object) -> Remote | None:
    """Where the work is done, as the first of the values that says it does: words before a bare yes.

    True is remote; False says nothing, since boards write it where nobody answered.
    """
    for value in values:
        if isinstance(value, str) and (said := _in_words(value)):
            return said
    return Remote.REMOTE if any(value is True for value in values) else None


def _in_words(text: str) -> Remote | None:
    words = _spaced(text[:300])
    if _HYBRID.search(words):
        return Remote.HYBRID
    if _NOT_REMOTE.search(words):
        return Remote.ON_SITE
    if _REMOTE.search(words):
        return Remote.REMOTE
    return Remote.ON_SITE if _ON_SITE.search(words) else None


def _spaced(text: str) -> str:
    """The words of "FullTime" and "FULL_TIME", in small letters."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower().replace("_", " ")
