"""How employers say no, in direct and in indirect words."""

from functools import partial

from hearback.mail.rules import APPLICANT, DECISIVE, FAIR, HINT, JOB, STRONG, rule
from hearback.mail.verdict import Category

_no = partial(rule, Category.rejection)
_NEGATED = (
    r"(?:\bnot\b|n't\b|\bunable\b|\bcannot\b|\bcan not\b|\bno longer\b|\brather than\b|\bagainst\b"
    r"|\bdeclin(?:e|ed|ing)\b|\bnever\b|\bwithout\b)"
)
# Not every "no" is a refusal of the reader: no time to answer everyone, no need to act.
_NO_REFUSAL = (
    r"hesitate|(?:respond|reply|contact|speak|update|get back|feedback)[^.]{0,40}(?:every|each|all|individual|volume|personally)"
    r"|(?:need|have) to (?:take|do|re)|no (?:further )?action|not (?:yet|be alarmed|worry)|mailbox|monitored"
    r"|(?:respond|reply) (?:\w+ )?individually|not (?:received|finished|completed|heard)|invalid|not only"
)

RULES = (
    _no(DECISIVE, "forward|ahead|further|onward|next",
        _NEGATED + r".{0,60}\b(?:mov(?:e|ed|ing)|proceed(?:ed|ing)?|progress(?:ed|ing)?|go(?:ing)?|advanc(?:e|ed|ing)"
        r"|continu(?:e|ed|ing)|tak(?:e|en|ing)|push(?:ing)?|bring(?:ing)?|carry(?:ing)?|put(?:ting)?)\b.{0,50}"
        r"\b(?:forward|ahead|further|onward|next (?:round|stage|step|phase))",
        unless=_NO_REFUSAL + r"|until|before|tak(?:e|ing) any"),
    _no(DECISIVE, "proceed|progress|advanc|continu|pursu|mov|consider",
        _NEGATED + r".{0,50}\b(?:proceed|progress|advanc|continu|pursu|mov|consider)\w*\b.{0,30}"
        r"\b(?:your?\b|with (?:you|your|the|this|an?)\b|candida|application|any further|hiring process)",
        unless=_NO_REFUSAL + r"|until|before|not able to consider .{0,30}(?:incomplete|late)"),
    _no(DECISIVE, "not to |to not ",
        r"\b(?:decided|chosen|chose|elected|opted|decision|agreed|concluded|determined|choosing)\b.{0,30}\b(?:not to|to not)\b"),
    _no(DECISIVE, "hire|offer|select|go with|choose",
        r"\b(?:decision|decided|chosen|chose|opted|going|elected) to (?:hire|extend (?:an|the|our) offer to|(?:offer|give) (?:it|the \w+) to|select|go with|make an offer to|choose) (?:an?|another|other|someone|somebody|one|internal)\b",
        unless=r"\bto you\b"),
    _no(DECISIVE, "not among|not amongst|not be among", r"\bnot (?:be )?among(?:st)?\b", unless=r"\bif\b"),
    _no(DECISIVE, "with",
        r"\b(?:mov|go|gone|went|proceed|progress|continu|advanc|align|decid)\w*\b.{0,30}?\bwith (?:\w+ ){0,3}?"
        r"(?:other|another|different|alternative|someone|somebody|internal|external|stronger|more|those|a(?:n)? (?:candidate|applicant)"
        r"|(?:the )?(?:candidate|applicant|individual)s? (?:who|that|with|whose))\b",
        unless=r"\bmore (?:information|details)|another (?:round|interview|stage|step)|different (?:team|role)s? (?:lead|member)|with someone (?:from|on|in)"),
    _no(DECISIVE, "candidate|applicant|individual|person|profile|someone|somebody|people|finalist|application",
        r"\b(?:pursu|select|chos|choos|offer|hir|appoint|prefer|favou?r|identif|found|progress|advanc|shortlist|consider|priorit|mov)"
        r"(?:e|ed|ing|en|ied|es|itized|itizing|itised)?\b (?:\w+ ){0,5}?(?:other|another|different|alternative|stronger|someone|somebody|more "
        r"(?:qualified|suitable|experienced|suited|relevant))\b(?: \w+){0,3}? ?" + APPLICANT + "?",
        unless=r"\bif\b|other (?:role|position|job|opportunit|opening)|referr|recommend|different (?:role|position|team|project)"
        r"|someone (?:who can|to)"),
    _no(STRONG, "candidate|applicant|individual|profile|finalist|application",
        r"\b(?:another|other|some|several|different|a number of|many)\b (?:[\w-]+ ){0,3}?" + APPLICANT +
        r"\b.{0,50}?\b(?:whose|closely|stronger|better|match|suited|more|aligned|fit|accepted|offered)\b",
        unless=r"\bif\b|process|stand out"),
    _no(DECISIVE, "fill|clos|cancel|hold|paus|withdrawn|available|open|eliminat|freez|taken",
        r"\b" + JOB + r"\b(?: (?!if\b|until\b|once\b|when\b)[^\s]+){0,12}? (?:has|have|is|was|had|are|were|been)(?: now| already| since| recently"
        r"| been| just| currently| unfortunately| officially)* (?:filled|closed|cancell?ed|(?:put |placed )?on hold|paused|withdrawn|eliminated"
        r"|frozen|taken|no longer (?:available|open|accepting|being|active|vacant|a priority|needed))",
        unless=r"\bif\b|\buntil\b|\bonce\b|\bwhen\b|not (?:yet )?been|will be"),
    _no(DECISIVE, "fill|clos|cancel|hold|paus|freez",
        r"\b(?:filled|closed|closing|cancell?ed|cancell?ing|paused|pausing|(?:put|placed|putting) on hold|close|freeze)\b (?:\w+ ){0,3}?"
        r"(?:this|the|that|our|all|hiring|recruit\w+|search)\b(?: [^\s]+){0,5}? ?(?:" + JOB + r"|hiring|search|recruit|process)",
        unless=r"\bif\b|\buntil\b|\bonce\b|before|will be closing"),
    _no(DECISIVE, "hiring|hire|headcount",
        r"hiring (?:freeze|pause)|paus(?:e|ed|ing) (?:all |our |on )*hiring|hiring .{0,30}(?:on hold|paused|frozen)"
        r"|(?:not|n't) (?:currently |actively )*(?:hiring|recruiting) (?:for|at|right|any)", unless=r"\bif\b"),
    _no(DECISIVE, "no longer",
        r"\bno longer (?:\w+ ){0,2}?(?:accepting|considering|considered|recruiting|hiring|looking|available|open|interviewing|seeking"
        r"|under|in consideration|moving|pursuing|in the running|be considered|being considered|proceeding)\b",
        unless=r"\bif\b|wish to|would like to|unsubscribe|\bwant\b"),
    _no(DECISIVE, "select|shortlist|short-list|chosen|successful|retained|progressed|offered",
        r"(?:\bnot\b|n't\b)(?: \w+){0,4}? (?:selected|selecting|shortlisted|short-listed|chosen|choosing|successful|retained|progressed|offered)\b",
        unless=r"\bif\b|\bwhether\b|\bonly\b|\bwhen\b|\beveryone\b|those|applicants who|candidates who|\byet\b"),
    _no(DECISIVE, "fit|match|suit|align|right|looking for|what we",
        r"(?:\bnot\b|n't\b)(?: quite| currently| exactly| necessarily)*(?: be| been| have| seem| feel| to| think| believe| it's| it is| this is| that| you're| you are| there is)* ?(?:an? |the |as )?(?:\w+ )?"
        r"(?:fit|match|suitable|suited|right (?:fit|match|person|candidate|time)|aligned|what we(?:'re| are| were))\b",
        unless=r"\bif\b|feel free|hesitate|whether|worry|not sure"),
    _no(DECISIVE, "match|meet|align|fit|correspond|suit|satisfy|reach|pass|below",
        r"\b(?:qualifications?|experience|background|skills?|profile|application|candidacy|resume|cv|skillset|scores?|results?|performance|submission|solution|you)\b.{0,50}?"
        r"(?:\bnot\b|n't\b)(?: \w+){0,4}? (?:match|meet|align|fit|correspond|suit|satisfy|reach|pass)\w*|\bbelow (?:our|the) (?:threshold|bar|cut)",
        unless=r"\bif\b|\bwhether\b|even if"),
    _no(DECISIVE, "position|role|opening|match|fit|opportunit|vacanc",
        r"\b(?:we|i|there)\b.{0,20}?(?:\bnot\b|n't\b|\bunable to\b|\bno\b|\bcannot\b)(?: \w+){0,4}? (?:have|see|find|identify|offer|extend|are|is|know of)\b"
        r"(?: \w+){0,6}? (?:positions?|roles?|openings?|match|fit|opportunit\w+|vacanc\w+|openings?)\b",
        unless=r"\bif\b|\bwhether\b"),
    _no(DECISIVE, "unsuccessful|rejected|declined|regret",
        r"\b(?:application|candidacy|profile|you)\b.{0,60}\b(?:unsuccessful|been rejected|was rejected|been declined|was declined|declined)\b"
        r"|\b(?:we|i)(?:'m| am| are)? (?:\w+ )?regret\w*\b|\bregret to\b|with (?:great |much )?regret|\bregretfully\b",
        unless=r"\bif\b|\bconsider (?:your|this)|withdraw|" + _NO_REFUSAL),
    _no(STRONG, "sorry|afraid|disappoint",
        r"\b(?:sorry|afraid|disappoint\w*)\b.{0,60}\b(?:not|n't|unable|other|another|unsuccessful|inform you|news|let you know)\b",
        unless=r"sorry for the (?:delay|late)|inconvenience|time (?:slot)?s? (?:does|do|is)|that time"),
    _no(FAIR + 0.5, "unfortunately|regrettably|sadly",
        r"\b(?:unfortunately|regrettably|sadly)\b",
        unless=_NO_REFUSAL + r"|reschedul|postpone|conflict|not available (?:at|on|that)|delay|volume|we have to move|\bif\b|cancel (?:our|your|the|tomorrow)"),
    _no(DECISIVE, "offer|extend|invit|interview|employment|proceed",
        r"\b(?:unable|not able|cannot|can't|not in a position|not be (?:able|in)|will not|won't|not be|not)\b(?: be| able| a position| in)*"
        r" ?(?:to )?(?:offer|extend|invit|hir|interview|provid|employ)(?:e|ing|ed|s)?\b(?: \w+){0,6}? ?"
        r"(?:you\b|position|role|interview|offer|job|employment|internship|opportunity|place)",
        unless=r"\bif\b|relocation|sponsor.{0,20}\?|guarantee|reimburse|feedback|not yet|update"),
    _no(STRONG, "closely|better|stronger|closer|best",
        r"\b(?:more|most) closely\b|\b(?:better|stronger|closer|best) (?:match|align|fit|suit|meet)\w*\b|\bmore (?:suited|aligned|suitable|qualified|relevant)\b",
        unless=r"\bif\b|find a better|help|better (?:match|fit|suit) (?:you|your)|which (?:role|team)|\bjobs\b|to ensure|understand"),
    _no(DECISIVE, "direction|pass",
        r"\b(?:different|another|other) direction\b|\b(?:decided|going|have|had|chosen) to pass\b|\bpass(?:ing)? on (?:your|you|this|moving)\b"),
    _no(DECISIVE, "cut|make it|made it|final list|shortlist|successful",
        r"\b(?:not|n't) (?:quite )?(?:make|made) (?:it|the (?:cut|shortlist|final))|\bnot (?:on|in) (?:the|our) (?:shortlist|final)"
        r"|(?:on|in) this (?:occasion|instance).{0,40}(?:not|unsuccess|unable)|not .{0,40}on this occasion", unless=r"\bif\b"),
    _no(STRONG, "hired|accepted|filled|appointed|chose|went with|gone with",
        r"\b(?:hired|appointed|chose|chosen|went with|gone with|found) (?:someone|somebody|another|a candidate|an internal|an external|our)\b"
        r"|\b(?:candidate|someone|applicant|person)s?\b.{0,30}\baccepted (?:the|our|an)\b|offer.{0,30}(?:to|by) (?:another|a different)",
        unless=r"\bif\b|found an? opportunity"),
    _no(STRONG, "more|different|specific|additional",
        r"\b(?:looking|searching|seeking|require|requires|need|needs|wanted|after)\b(?: for)?(?: \w+){0,4}? (?:with|has|have)? ?(?:more|a different|stronger|additional|deeper)"
        r"(?: \w+){0,3}? (?:experience|background|skill|expertise|depth|exposure|level|senior)", unless=r"\bif\b|your"),
    _no(DECISIVE, "application|candidacy|consideration|process",
        r"\b(?:your|this) (?:application|candidacy)\b.{0,25}\b(?:will not|won't|has not|hasn't|is not|isn't|was not|wasn't|cannot|not be)\b"
        r"|\b(?:ended|concluded|ending|concluding|end|conclude|remov\w+|releas\w+) (?:you |your |the )(?:\w+ )?(?:application|candidacy|consideration)\b"
        r"|\b(?:closed|archived|dispositioned) your (?:application|candidacy)|your (?:application|candidacy) (?:has been|is|was) (?:now )?(?:closed|archived)",
        unless=r"\bif\b|not (?:yet )?(?:be )?(?:been )?(?:complete|submitted|finished|received)|until"),
    _no(STRONG, "sponsor", r"\b(?:not|unable|cannot|can't|n't)\b.{0,30}\bsponsor", unless=r"\bif\b|\?"),
    _no(STRONG, "not |n't",
        r"\b(?:we|team|they|company)(?:'ll| will| are| have| do|'re|'ve)? ?(?:not|n't)(?: be| been| to)? (?:taking|pursuing|advancing|progressing|proceeding|selecting|moving|inviting|extending|going)\b",
        unless=r"\bif\b|" + _NO_REFUSAL),
    _no(FAIR, "careful|thorough|thoughtful|difficult|tough|hard decision|easy",
        r"\bafter (?:\w+ )?(?:careful|thorough|thoughtful|further|much)(?: and \w+)? (?:consideration|review|deliberation|thought|evaluation)"
        r"|\b(?:difficult|tough|hard) (?:decision|choice)|\bnot (?:been )?(?:an )?easy (?:decision|choice|call)", unless=r"\bif\b|pleased|happy|delighted|excited|offer you"),
    _no(STRONG, "concentrat|focus|prioriti|talking to|limit",
        r"\b(?:concentrat\w+|focus\w*|prioriti[sz]\w+|limit\w*|moving|going)\b (?:\w+ ){0,3}?(?:on|to|with)? ?(?:\w+ ){0,2}?(?:those|them|others?|(?:candidates|applicants|applications|people|profiles) (?:who|whose|that|with|more))\b|\bon (?:it is |them|those|other)\b.{0,40}\b(?:concentrat\w+|focus\w*)",
        unless=r"\bif\b|helps|platform|product|customers"),
    _no(FAIR, "paths|cross", r"\bpaths (?:will |may |might )?(?:do )?cross\b"),
    _no(HINT, "larger|more applications|response|number of", r"\b(?:far |much )?(?:larger|greater|higher|more applications|stronger) than (?:we )?(?:had )?(?:expected|anticipated)|\boverwhelmed by|\breceived (?:an? )?(?:overwhelming|large|unprecedented|great many|tremendous|extraordinary)"),
    _no(HINT + 0.6, "wish|luck|best",
        r"\b(?:wish|wishing)\b.{0,20}\b(?:success|best|luck|well)\b.{0,70}\b(?:search|endeavou?r|future|career|pursuit|journey|hunt)"
        r"|\b(?:best|good|every|continued) (?:of )?(?:luck|success|wishes) .{0,30}(?:search|endeavou?r|future|career)"),
    _no(HINT - 0.2, "on file|in mind|database|talent p|talent c",
        r"\b(?:keep|retain|hold|store)\w*\b.{0,50}\b(?:on file|in mind|in our (?:database|talent|records|system))"),
    _no(HINT - 0.1, "future|other |eye",
        r"\b(?:encourage|invite|welcome|hope)\b.{0,40}\b(?:apply|reapply|re-apply|visit|consider|check|keep|stay)\b.{0,50}\b(?:future|other|again|career|eye|touch)"
        r"|\b(?:other|future) (?:\w+ )?(?:opportunit|opening|position|role|vacanc)\w+"),
    _no(HINT, "competit|high volume|many |overwhelming|large number|strong pool|high calib|qualified",
        r"\b(?:highly|very|extremely|incredibly|so) competitive|strong (?:pool|field|competition)|(?:high|exceptional) calib|many (?:highly |well |strong )?qualified"
        r"|large (?:number|volume) of|overwhelming"),
)  # fmt: skip
