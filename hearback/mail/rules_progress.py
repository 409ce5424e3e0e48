"""Receipts, reviews, tests and further questions: an application that goes its way."""

from functools import partial

from hearback.mail.rules import DECISIVE, FAIR, HINT, JOB, STRONG, TALK, TEST, rule
from hearback.mail.verdict import Category

_receipt = partial(rule, Category.acknowledgment)
_review = partial(rule, Category.under_review)
_test = partial(rule, Category.assessment)
_question = partial(rule, Category.information_request)
_PAPERS = (
    r"(?:references?|referees?|salary|compensation|expectations?|resume|cv\b|transcripts?|portfolio|documents?|documentation|diploma"
    r"|work (?:authori[sz]ation|permit|samples?)|right to work|visa|sponsorship|questionnaire|forms?\b|questions?|information|details"
    r"|certificates?|cover letter|notice period|passport|start date|background check|proof|authori[sz]ed|eligib\w+|github|date of birth|social security)"
)

RULES = (
    _receipt(STRONG, "apply|applied|application|submit|submission",
        r"\b(?:thank(?:s| you)|thanx|grateful|appreciate)\b.{0,60}\b(?:apply(?:ing)?|applied|(?:your|the) (?:recent |online |job )?(?:application|submission)|submi\w+)"),
    _receipt(DECISIVE - 0.5, "receiv|receipt|submitted|sent to|got your|in our system|entered",
        r"\b(?:received|receipt of|got|have) (?:\w+ ){0,3}?(?:application|resume|cv|submission|profile|candidacy|materials|expression of interest)\b"
        r"|\bapplication(?: \S+){0,12}? (?:has been|was|is|have been|been|were)(?: now| successfully| safely| just| officially)* (?:received|submitted|sent|registered|recorded|delivered|entered|complete\b|completed|forwarded)"
        r"|\b(?:application|resume|cv)\b.{0,30}\bsuccessfully\b|\bsuccessfully (?:applied|submitted|received|sent|completed your application)"
        r"|\bapplication (?:received|submitted|sent|confirmation|receipt|acknowledge?ment)\b|\byour information has been entered",
        unless=r"\bnot (?:been )?(?:received|submitted)|large number of|(?:received|had) (?:over|more than|an?|many|hundreds|\d+|so many|numerous|several|strong|great|overwhelming)"
        r"|assessment|(?:not|n't) yet"),
    _receipt(STRONG, "confirm|acknowledg", r"\b(?:confirm\w*|acknowledg\w*)\b.{0,50}\b(?:receipt|receiv\w+|application|submission)\b",
        unless=TALK + r"|please|to confirm your (?:interest|email)"),
    _receipt(STRONG, "applied",
        r"\byou(?:'ve| have)?(?: just| recently| successfully)? applied (?:to|for|at|with|on)\b|\bthat you(?:'ve| have)? applied\b|\bwe see (?:that )?you applied",
        unless=r"\bif\b|jobs you|since you|because you|similar to|when you"),
    _receipt(FAIR + 0.5, "application", r"\byou(?:'ve| have)?(?: just)? (?:submitted|sent|completed)(?: \w+){0,3} application", unless=r"\bif\b|\bonce\b"),
    _receipt(FAIR, "interest", r"\b(?:thank(?:s| you)|appreciate|glad|great|happy|thrilled|excited|pleased|delighted|love)\b.{0,60}\b(?:your |that you(?:'re| are) |you(?:'re| are) )(?:\w+ )?(?:interest|interested)\b"),
    _receipt(FAIR, "review|touch|contact|reach|hear|application|either way|hat ",
        r"\b(?:will|'ll)\b(?: \w+){0,3}? (?:review|assess|consider|evaluat|look at|go through|read|screen)\w* (?:\w+ ){0,4}?(?:your|it|application|every|each|all|them|resume)"
        r"|\bif\b.{0,100}\b(?:will|'ll|shall)\b.{0,40}\b(?:contact|touch|reach|call|connect|follow)|\bwill (?:be in touch|contact you|reach out|get back to you|get in touch)"
        r"|\bonly (?:\w+ ){0,6}?(?:candidates|applicants)\b.{0,60}\bcontacted"
        r"|\bhear (?:back )?from us\b|\bapplication is in good hands|\bteam (?:is|will be) reviewing|\bread (?:each and )?every application|\beither way\b|throw(?:ing|n)? your hat"),
    _receipt(STRONG, "application|got it|landed|arrived|reached us",
        r"\b(?:we|i)(?:'ve| have)? (?:have|got|hold) your (?:\w+ )?application|\bapplication\b.{0,80}\b(?:on record|landed|arrived|reached us|made it to us|came through|in safe hands)|^\W*got it\b.{0,20}\bthank|\byour (?:application|cv|resume) (?:just )?(?:landed|arrived|reached)",
        unless=r"\bif\b|once|card|loan|draft"),
    _receipt(HINT, "status|track|portal|log in|login", r"\b(?:check|track|view|follow|monitor)\w*\b.{0,40}\b(?:status|progress|application)"),
    _receipt(FAIR + 0.5, "appli|submission",
        r"^(?:\W*(?:re|fwd?|aw|wg):)*\W*(?:thank you for (?:your appl|applying|your submission)|application (?:received|confirm|submitted|acknowledg|sent|for)|we(?:'ve| have)? (?:received|got) your appl"
        r"|your application (?:to|for|at|with|was sent|has been (?:received|submitted))|indeed application|thanks for (?:applying|your application)|confirmation of (?:your )?application)",
        subject_only=True),

    _review(STRONG, "review|consider|process|evaluat|assess|screen",
        r"\b(?:application|resume|cv|profile|candidacy|submission|materials)\b.{0,40}\b(?:is|are|remains|being|currently|still|has been|was|have been)\b.{0,25}\b(?:under (?:active )?(?:review|consideration)|being (?:reviewed|considered|processed|evaluated)"
        r"|in (?:review|progress|process)|reviewed by|shared with|forwarded to the|passed (?:on|along) to|shortlisted|in consideration)",
        unless=r"\bonce\b|\bif\b|\bwhen\b|after (?:your|the)|will be"),
    _review(STRONG, "view|open|look", r"\b(?:application|resume|cv|profile)\b.{0,40}\b(?:was|has been|been|just|got) (?:viewed|opened|looked at|seen|read|downloaded)\b"
        r"|\b(?:viewed|opened|looked at|has seen|read|downloaded) your (?:application|resume|cv)"),
    _review(STRONG, "status|moved|stage|update|next",
        r"\bstatus of (?:your|the) (?:\w+ )?application\b.{0,30}\b(?:changed|updated|moved|is now|is:)|\b(?:application|candidacy)\b.{0,30}\b(?:status)\b.{0,30}\b(?:changed|updated|moved|is now)|\bapplication\b.{0,30}\b(?:has |been |was )*(?:moved|progressed|advanced|passed) (?:to|into|on to) (?:the )?(?:next|review|second|\w+ stage)",
        unless=r"\bif\b|check|any (?:change|update)"),
    _review(STRONG, "still|appreciate your patience|bear with|delay",
        r"\b(?:we(?:'re| are)|team is|are|is) still (?:\w+ )?(?:review|consider|process|interview|evaluat|in the process|working|deciding|finali)\w*"
        r"|\b(?:thank(?:s| you) for|appreciate) your (?:continued )?(?:patience|understanding)\b|\bbear with us\b|\bapologi[sz]e for the delay\b"),
    _review(STRONG + 0.2, "speak|interview|meet|talk|chat|time|call|conversation",
        r"\b(?:thank(?:s| you)|great|pleasure|enjoyed|nice|good|lovely|appreciate\w*)\b(?: \w+){0,6}? (?:speaking|interviewing|meeting|talking|chatting|connecting|to (?:speak|meet|talk|interview|chat)|conversation)\b",
        unless=r"would be|look forward|looking forward|great to (?:speak|talk|chat|connect|meet)(?: \w+){0,4}? (?:soon|tomorrow|next|on|about|if)|\?|forward to|would love|\bif\b|opportunity to|like to|be great|we(?:'ll| will)"),
    _review(STRONG + 0.6, "complet|submi|receiv|finish|taking",
        r"\b(?:thank(?:s| you)|received|confirm\w*|got|congratulations|great job|well done|successfully)\b.{0,60}\b(?:complet\w+|submi\w+|finish\w+|taking|sending)\b.{0,50}\b(?:" + TEST + r"|test|assignment|solution|exercise|homework|video interview)\b"
        r"|\b(?:received|reviewing|review|reviewed) your (?:\w+ ){0,3}(?:" + TEST + r"|test|assignment|solution|exercise|homework)\b|\byou(?:'ve| have)? (?:successfully )?(?:completed|submitted|finished)(?: \w+){0,4} (?:" + TEST + r"|test|assignment)\b",
        unless=r"\bonce you|\bif you|\bafter you|\bwhen you|apply(?:ing)?\b.{0,80}(?:please|next step)|not (?:yet )?(?:completed|submitted|received)|haven't"),
    _review(STRONG + 0.6, "results|answers|solution|submission|test|ball is",
        r"\b(?:your|the) (?:\w+ ){0,3}?(?:results|answers|solutions?|submission|test|assessment|challenge|assignment|take-home)\b.{0,30}\b(?:are in|is in|came (?:in|through)|arrived|(?:has|have) been (?:submitted|received|completed)|received|looking at|reviewing)\b|ball is in our court|\breport (?:is|has been) (?:ready|shared)",
        unless=r"\bonce\b|\bif\b|when|application (?:has|was|is)|not (?:yet )?been"),
    _review(FAIR, "review|decision|next steps|update|feedback",
        r"\b(?:will|'ll|should|expect to|hope to|plan to)\b.{0,30}\b(?:be in touch|get back|update you|follow up|decision|let you know|have (?:an update|feedback|news)|share (?:feedback|next steps))\b.{0,60}\b(?:soon|shortly|week|days?|next steps|by|decision|feedback|early|end of)"),
    _review(FAIR, "review", r"\b(?:we(?:'re| are)|team is|manager is|are|is|has been) (?:currently |now |carefully |in the process of |actively )*(?:review|evaluat|consider|assess)\w+ (?:your|the|all|every|each|applications)"),

    _test(DECISIVE, "assessment|challenge|test|take-home|take home|case stud|hackerrank|codility|codesignal|exercise|assignment|pymetrics|questionnaire",
        r"\b(?:complete|completing|take|taking|finish|submit|do|attempt|start|begin|undertake|work on|participate in|sit|solve|perform)\b (?:[\w'\"-]+[, ]+){0,9}?(?:" + TEST + r"|tests?|exercises?|assignments?|homework|simulation|behaviou?ral questionnaire)\b",
        unless=r"latest|drug test|test drive|survey|product|take a test\b.{0,20}(?:ride|drive)|challenges (?:of|in|we|that)|after (?:you )?complet|thank you for|thanks for|successfully|on the challenge|next challenge|new challenge"),
    _test(DECISIVE, "invit|assign|sent you|send you|sending|attach|link|asked|waiting|access",
        r"\b(?:invit\w+|assigned|sent|send|sending|attach\w*|access|link|asked|waiting|expire\w*)\b(?: [\w'-]+){0,10}? (?:" + TEST + r"|test|assignment|exercise)\b",
        unless=r"thank you for|thanks for|received your|survey|not be"),
    _test(DECISIVE, "next step|next stage|first step|part of|following",
        r"\b(?:next|first|second|following|initial) (?:step|stage|round|phase)\b.{0,60}\b(?:is|will be|involves?|includes?|to|would be|:)\b.{0,40}\b(?:" + TEST + r"|test|exercise|assignment)\b|as part of .{0,60}(?:complete|take) .{0,40}(?:" + TEST + r"|test)\b"),
    _test(FAIR, "assessment|challenge|test|take-home|take home|hackerrank|codility|codesignal|exercise",
        r"\b(?:" + TEST + r"|technical test)\b", subject_only=True, unless=r"received|complet(?:ed|ion)|thank|submitted|results?|challenge (?:yourself|accepted)"),
    _test(STRONG, "minutes|hours|days|deadline|expire|due",
        r"\b(?:assessment|test|challenge|exercise|assignment|take-home)\b.{0,60}\b(?:takes?|lasts?|within|due|expires?|deadline|by)\b.{0,30}(?:\d|minutes|hours?|days|friday|monday|week)",
        unless=r"\bif\b"),

    _question(STRONG, "provide|send|share|upload|submit|complete|fill|confirm|answer|forward|supply|attach|return|let me know|let us know|need|require|clarif|tell",
        r"\b(?:please|kindly|could you|can you|would you|need you to|ask(?:ing)? you to|request(?:ing)? (?:that )?you|you(?:'ll| will)? need to|if you could|be able to|(?:we|i) (?:\w+ )?(?:need|require)|mind)\b(?: \w+){0,4}?"
        r" (?:provid|send|shar|upload|submit|complet|fill|confirm|answer|forward|supply|attach|return|let (?:me|us) know|clarif|tell|respond|repl)\w*\b.{0,70}?\b" + _PAPERS,
        unless=r"if you have (?:any|further|additional)|any (?:other )?questions|feel free|more information|hesitate|unsubscribe|survey|do not (?:send|reply|provide)|feedback form|never (?:ask|share)|availab|details below"),
    _question(STRONG, "questions|information|document|missing|incomplete|detail",
        r"\b(?:few|couple(?: of)?|some|additional|follow-?up|following|two|three|quick|screening) (?:[\w-]+ ){0,2}?questions?\b"
        r"|\b(?:additional|more|further|missing) (?:information|documents?|details|documentation)\b.{0,40}\b(?:need|require|request|before|about you|from you|regarding your)\w*|\b(?:need|require|missing)\b.{0,20}\b(?:additional|more|further) (?:information|details|documents)"
        r"|\b(?:what|which) (?:are|is) your (?:salary|compensation|rate|notice|visa|pay|desired|expected|current)|\b(?:are you|you are) (?:legally )?(?:authori[sz]ed|eligible|willing|able) to (?:work|relocate|commute)|(?:now|do you|will you).{0,40}(?:require|need).{0,20}sponsorship",
        unless=r"if you have|any questions|for (?:more|additional|further) information|feel free"),
    _question(STRONG + 0.4, "incomplete|missing|from you|before we can|in order to",
        r"\b(?:need|require|missing|await\w*|lack\w*)\b.{0,30}\bfrom you\b|\b(?:file|application|profile|dossier|documents?)\b.{0,50}\b(?:incomplete|missing)\b|\bmissing (?:documents?|information|details|items?|from your)|\b(?:before we can|in order to|to) (?:proceed|move forward|continue|process|rate|complete your (?:application|file)|progress)\b.{0,40}\b(?:need|require|please|must)",
        unless=r"started|draft|not (?:yet )?submitted|availab|schedul|assessment|test\b|challenge|verify your|\bif\b"),
    _question(STRONG, "reference", r"\b(?:contact|speak (?:to|with)|provide|names? of|list of|share|send)\b.{0,40}\b(?:references|referees)\b", unless=r"\bif\b|your reference (?:number|id)"),
    _question(HINT, "action required|additional information|information need|follow-up question|further information",
        r"\baction (?:required|needed)|additional information|information needed|follow-?up questions?|further information|missing document", subject_only=True),
)  # fmt: skip
_ = JOB
