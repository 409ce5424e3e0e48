"""Invitations, proposals of times, confirmations and changes of interviews; and offers."""

from functools import partial

from hearback.mail.rules import DAY, DECISIVE, FAIR, JOB, STRONG, TALK, rule
from hearback.mail.verdict import Category

_invitation = partial(rule, Category.interview_invitation)
_scheduling = partial(rule, Category.scheduling_request)
_change = partial(rule, Category.interview_change)
_offer = partial(rule, Category.offer)
_PREPARATION = r"mock|practice|prep(?:are|aration)? (?:course|guide|kit|with)|tips|ace your|questions and answers|podcast|press interview"
_USUAL_TALK = r"(?:interviews?|phone[- ]screens?|screening call|video interview|on-?site)"

RULES = (
    _invitation(DECISIVE, "invit",
        r"\binvit(?:e|ed|ing|ation)\b(?: [\w'-]+){0,8}? (?:to|for)\b(?: [\w'/&,-]+){0,10}? " + TALK,
        unless=_PREPARATION + r"|webinar|event|candidates? (?:will|are|may) be invited|do not invite|uninvited"),
    _invitation(DECISIVE, "schedul|confirm|booked|set |arranged|set up|place",
        r"\b(?:your|the|an|our|this|zoom|phone|video|interview)\b(?: [\w'/&-]+){0,5}? ?" + TALK + r"\b(?: \S+){0,10}? (?:is|has been|was|have been|are|will take)(?: now| been| all| hereby)* (?:scheduled|confirmed|booked|set\b|arranged|set up|place|coming up)",
        unless=_PREPARATION + r"|will be (?:scheduled|arranged)|\bonce\b|\buntil\b|payment|cancel|re-?scheduled", state="confirmed"),
    _invitation(STRONG + 0.6, "confirm|reminder|schedul|booked|arranged|set up",
        r"\b(?:confirm(?:ed|ing|s)?|confirmation (?:of|for)|reminder(?: of| for| about|:)?|scheduled|booked|arranged|set up)\b(?: [\w'-]+){0,5}? (?:your|you for|an|the|our|for|a)\b(?: [\w'/&-]+){0,6}? ?" + TALK,
        unless=_PREPARATION + r"|to set up|be (?:scheduled|arranged|set up)|availability|please confirm|like to|want to|love to|\bonce\b|re-?scheduled", state="confirmed"),
    _invitation(STRONG + 0.5, "interview|phone screen|screening call",
        _USUAL_TALK + r"\b[ :-]*(?:with|on|at|for|scheduled for|date|time)\b.{0,40}?(?:" + DAY + r"|\d{1,2}(?:st|nd|rd|th)?\b)", unless=_PREPARATION, state="confirmed"),
    _invitation(STRONG, "interview|phone screen",
        r"\binterview (?:confirm|invit|details|schedul|reminder|request|appointment|with\b)|\b(?:invitation|invite|confirmed?|scheduled|upcoming|your|request).{0,20}\b(?:interview|phone screen)\b|(?:interview|phone screen)\b.{0,60}@",
        unless=_PREPARATION + r"|\b(?:an|my|our|exclusive) interviews? with|thank|after your|following|feedback|experience|survey|how (?:was|did)|update|no-show|re-?schedul|cancel|status|results?|outcome", subject_only=True),
    _invitation(DECISIVE, "interview|round|stage|step|phase|onsite|on-site|phone|move",
        r"\b(?:mov(?:e|ing)|advanc(?:e|ed|ing)|progress(?:ed|ing)?|proceed(?:ing)?|tak(?:e|ing)|bring(?:ing)?)\b(?: you| your \w+| forward| ahead| on)*(?: forward| ahead| on| further)? ?(?:to|with|into|onto|for) (?:[\w'-]+ ){0,5}?(?:interview|round|stage|step|phase|onsite|on-site|phone)"
        r"|\b(?:selected|shortlisted|chosen|qualified|passed)\b(?: \w+){0,3}? (?:for|to|the) (?:\w+ ){0,5}?(?:interview|next (?:round|stage|step|phase)|round)\b|\bmade it to the (?:next|second|final)|\b(?:like|love|pleased|excited|happy) to (?:move|bring|take) you (?:forward|to|ahead)|\bmove(?:d|ing)? forward with your (?:application|candidacy)\b"
        r"|\bnext (?:step|stage|round)\b.{0,40}\b(?:is|will be|would be)\b.{0,40}" + _USUAL_TALK,
        unless=_PREPARATION + r"|\bnot\b|n't\b|unable|whether|candidates? who|those (?:selected|who)|no longer|decide to|choose to|\bshould we"),
    _invitation(STRONG, "like|love|pleased|happy|excited|delighted|want|keen|look",
        r"\b(?:we|i|team|they)(?:'d| would) (?:like|love) to interview you|\b(?:like|love|pleased|happy|excited|delighted|want|keen|eager|looking forward|look forward)\b(?: \w+){0,4}? (?:to )?(?:\w+ )?(?:interview(?:ing)? you|meet(?:ing)? (?:with )?you|invite you|speak(?:ing)? (?:with|to) you|talk(?:ing)? (?:with|to) you|chat(?:ting)? with you|connect(?:ing)? with you|get to know you)",
        unless=_PREPARATION + r"|apply|event|webinar|survey|newsletter"),
    _invitation(STRONG, "zoom|teams|meet|dial|address|interviewer|link|webex|location",
        r"\b(?:interviewers?|interview(?:er)? (?:team|panel)|panel)\s*:|\binterview (?:details|agenda|location|link)\b|\byou(?:'ll| will) (?:be )?(?:meet|speak|interview|talk)(?:ing)? (?:with|to)\b", unless=_PREPARATION + r"|\bif\b|\bonce\b", state="confirmed"),

    _invitation(DECISIVE, "bring you|have you|come in|come to|fly you|flying you|visit our|visit us|onsite|on-site|see you|seeing you|meeting you|hold ",
        r"\b(?:bring|have|get|fly|flying|bringing|having|getting) you (?:\w+ )?(?:in\b|on-?site|out|over|to (?:our|the) (?:office|hq))(?: \w+){0,4}? ?(?:for|to|meet|day|so)?|\b(?:come|coming) (?:in|on-?site|to (?:our|the) office|by (?:our|the) office)\b(?: \w+){0,6}? (?:to|for|and)\b.{0,30}(?:meet|interview|chat|talk|speak|team|round)|\bhold\b.{0,60}\bfor (?:your|the|our|an?) (?:[\w-]+ ){0,3}?(?:interview|phone screen|call|on-?site)",
        unless=_PREPARATION + r"|\bnot\b|n't\b|unable|\bif\b|event|open house|newsletter|coupon|sale\b"),
    _invitation(FAIR + 0.5, "interview|phone screen|screening call|on-site|onsite",
        r"\b(?:your|the|this|an?|our) (?:[\w-]+ ){0,3}?(?:interview|phone screen|screening call|on-?site)\b.{0,80}\b(?:will|confirm\w*|details|finali[sz]ed|schedul\w*|calendar|set up|reach|prepare|attached|link|scheduled|please)\b|\b(?:will|please|confirm\w*|details|prepare|schedul\w*|finali[sz]ed)\b.{0,80}\b(?:your|the|this|an?|our) (?:[\w-]+ ){0,3}?(?:interview|phone screen|screening call|on-?site)\b",
        unless=_PREPARATION + r"|thank|process|\bif\b|\bonce\b|candidates|feedback|survey|after (?:your|the) |following (?:your|the|our)|\bwhile\b.{0,30}wait|not be|unable|n't\b|never"),
    _invitation(FAIR + 0.5, "interview|phone screen|onsite|on-site",
        r"\b(?:telephone|phone|video|technical|on-?site|final|first|second|in[- ]person|virtual|zoom|panel|onsite|screening|round \d|initial|virtual|teams|recruiter|hiring manager) (?:round )?(?:interview|screen)\b|\b(?:interview|phone screen|phone call|onsite)\s*$|^\W*(?:re: )*interview\b",
        subject_only=True, unless=_PREPARATION + r"|thank|re-?schedul|cancel|feedback|your interview (?:went|on)|tips|after"),
    _invitation(FAIR + 0.8, "works for|works great|sounds good|sounds great|talk to you|talk then|speak then|speak to you|call then|see you|talk soon|perfect|calendar invit|look forward to|looking forward|confirmed for|you are confirmed|you're confirmed|all set",
        r"\b(?:" + DAY + r"|\[?time\]?|that|this|then|it) (?:time )?(?:works?|sounds) (?:\w+ )?(?:for (?:me|us)|good|great|perfect)|\b(?:talk|speak|chat|call) (?:to |with )?(?:you )?(?:then|tomorrow|on (?:" + DAY + r")|(?:" + DAY + r"))|\b(?:i'll|i will|we'll|we will|will) (?:give you a (?:call|ring)|call you)\b|\b(?:sent|send|sending|receive) (?:\w+ ){0,4}?calendar invit\w+|\bsee you (?:then|there|soon|tomorrow|on|next)|\b(?:you're|you are) (?:all )?(?:confirmed|set)\b|\b(?:look|looking) forward to (?:seeing|meeting|speaking|talking|chatting|our (?:call|chat|conversation|meeting|interview))",
        unless=r"hearing|survey|webinar|event|order|newsletter|if (?:we|you|selected)|account|application is", state="confirmed"),

    _scheduling(DECISIVE - 0.2, "availab|time|slot|day|date|calendar|free",
        r"\b(?:share|send|provide|let (?:me|us) know|give|indicate|submit|reply with|respond with|advise|tell|email|what is|what's|what are|forward|confirm|enter|offer)\b(?: [\w'/,-]+){0,8}? (?:your availab|availab|(?:some |few |several |best |preferred |convenient |good |suitable |possible )+(?:\w+ )?(?:times?|slots?|days?|dates?)|time slots?|slots?|times? (?:that|which|when|you|works?|slots?|for (?:a|an|us|our|the|your)\b)|days? (?:that|which|when|and times|you)|when you|what (?:time|day)|which (?:time|day|slot)|dates? and times?)",
        unless=r"thank(?:s| you) for (?:shar|send|submit|provid)\w+ your availab|start date|offer expires|appointment with dr|available (?:jobs|positions|roles|openings)|when (?:you|it)(?: \w+)? (?:have|are done|applied|is)|thank(?:s| you) for|grateful|appreciate|time to apply"),
    _scheduling(STRONG + 0.4, "schedul|book|pick|choose|select|find a|find some|grab|reserve|set up|set a|arrange|organi|coordinate",
        r"\b(?:schedul(?:e|ing)|book|pick|choose|select|find|grab|reserve|set ?up|arrange|organi[sz]e|coordinate|set a)\b(?: [\w'/-]+){0,6}? (?:times?|slot|time-slot|calls?|interviews?|chat|meeting|conversation|phone|date|zoom|discussion|screen(?:ing)?|intro|onsite)\b",
        unless=_PREPARATION + r"|thank(?:s| you) for|has been|is scheduled|was scheduled|demo|consultation|flight|delivery|appointment|select(?:ed)? candidates|re-?schedul|find the time|time for your|full[- ]time|part[- ]time|real[- ]time"),
    _scheduling(STRONG + 0.4, "work|suit|free|available|good|convenient|best|time",
        r"\b(?:when|what (?:time|day|date)s?|which (?:of |time|day|date|slot|option)\w*(?: these)?)\b(?: [\w'-]+){0,8}? (?:works?|suits?|free|available|good|convenient|best|fits?|prefer)\b(?! (?:position|role|opportunit|opening|job))"
        r"|\b(?:are|would|will|if) you(?:'re| are)? (?:be )?(?:\w+ ){0,2}?(?:available|free)\b.{0,60}(?:" + DAY + r"|call|chat|talk|speak|interview|meet|connect|discuss|\?)"
        r"|\b(?:does|do|would|will|if)\b.{0,60}\b(?:works?|suit|be (?:good|okay|ok|convenient|fine)) (?:for|with)? ?(?:you\b|your)"
        r"|\b(?:does|do|would|will)\b.{0,50}(?:" + DAY + r").{0,40}\b(?:works?|suit|okay|ok|fine)\b",
        unless=r"why|job fits|\brole (?:is|opens)|employ|works for us|becomes? available|positions? (?:become|open)|available (?:jobs|positions|roles|openings)|to work"),
    _scheduling(STRONG + 0.2, "how about|what about|how does|how's|options|following times|times below|i can do|i'm free|i am free|i'm available|i am available|we could do|open on|few times|days that work|times that work|days and times",
        r"\b(?:how|what) about\b.{0,50}(?:" + DAY + r")|\bhow(?: does|'s| is)\b.{0,40}(?:" + DAY + r")|\b(?:following|these|below) (?:\w+ )?(?:times|slots|dates|options|days)|\b(?:i|we)(?:'m| am| are|'re| can| could) (?:also )?(?:do|free|available|open)\b.{0,60}(?:" + DAY + r")|\b(?:days|times|slots) (?:and times )?that (?:would )?work"),
    _scheduling(STRONG + 0.4, "look like|which one|call with you|chat with you|conversation with you|meeting with you|talk to you|up to your calendar",
        r"\bwhat (?:do|does|is|are)\b.{0,40}\b(?:days?|weeks?|schedule|calendar|availability|time)\b.{0,20}\blook(?:ing)? like|\bwhich (?:one|of these|of those|slot|time)\b.{0,30}\?|\b(?:like|love|wants?)\b (?:\w+ )?(?:an? )?(?:\w+ )?(?:call|chat|conversation|meeting|interview) with you\b|\b(?:wants|would like|'d like|'d love|is keen|are keen) to (?:talk|speak|chat) (?:to|with) you",
        unless=_PREPARATION + r"|\bnot\b|n't\b|opening we have"),
    _scheduling(STRONG, "call|chat|talk|meet|speak|connect|conversation|discuss|interview",
        r"\b(?:would|could|can|may|might|shall|let's)\b(?: \w+){0,5}? (?:\w+ )?(?:call|chat|talk|meet|speak|connect|interview|discuss|jump on|hop on)\b.{0,60}(?:" + DAY + r"|\bminutes|\bcalendar|\bthis\b)"
        r"|\b(?:like|love|wants?|wanted|great|happy|keen|excited)\b(?: \w+){0,3}? to (?:\w+ )?(?:speak|talk|chat|connect|have a (?:\w+ )?(?:call|chat|conversation)|hop on|jump on|discuss)\b.{0,80}",
        unless=_PREPARATION + r"|event|webinar|demo|\bnot\b|career fair|opening we have|opportunity (?:i|we) have"),
    _scheduling(DECISIVE - 0.2, "schedul|set up|setup|arrange|organi|book|find",
        r"\b(?:like|love|want|wanted|wish|great|happy|keen|excited|pleased|hoping|looking|delighted|trying)\b(?: \w+){0,3}? to (?:\w+ )?(?:schedule|set ?up|arrange|organi[sz]e|book|find)\b(?: [\w'/-]+){0,6}? (?:times?|slot|calls?|interviews?|chat|meeting|conversation|phone|date|zoom|discussion|screen(?:ing)?|intro|onsite|on-site)\b",
        unless=_PREPARATION + r"|event|webinar|demo\b|\bnot\b|career fair"),
    _scheduling(FAIR, "calendly|calendar|goodtime|cal.com|chilipiper|savvycal|doodle",
        r"calendly\.com|cal\.com/|goodtime\.io|savvycal|doodle\.com|chilipiper|calendar\.app\.google|\b(?:my|our) (?:\w+ )?calendar\b.{0,30}(?:link|book|pick|time)?"),
    _scheduling(FAIR + 0.5, "availab|schedul", r"\bavailability\b|\bschedul(?:e|ing) (?:an? |your |the )?(?:\w+ )?(?:interview|call|chat|phone|time|conversation|meeting)|interview (?:scheduling|request|availab)", subject_only=True,
        unless=_PREPARATION + r"|limited|confirmed|job availab"),

    _change(DECISIVE + 0.6, "resched|re-sched|postpon|cancel|moved|changed|pushed|delayed|brought forward|new time",
        TALK + r"\b(?: \S+){0,10}? (?:(?:has|have|had|is|was|will|needs?|must|to)(?: now| to| been| unfortunately)*(?: be| been)?) ?(?:resched\w+|re-sched\w+|postponed|cancell?ed|moved to|moved from|changed|pushed|delayed|brought forward)",
        unless=r"\bif\b|candidates|dismiss"),
    _change(DECISIVE + 0.4, "resched|re-sched|postpon|cancel|move |push |shift|change",
        r"\b(?:need|have|had|like|want|hope|possible|ask|wonder\w*|mind|must|can we|could we|would you be able|able|going|forced|happy|unfortunately)\b(?: \w+){0,5}? (?:to )?(?:\w+ )?(?:resched\w+|re-sched\w+|postpon\w+|cancel\w*|move (?:our|your|the|this|it)|push (?:our|your|the|it)|shift (?:our|your|the)|change (?:our|your|the) (?:\w+ )?(?:time|interview|date|meeting|call))",
        unless=r"\bif you\b|should you|\bif (?:the|this|that) (?:time|date)|subscription|order|membership|you (?:can|may) (?:also )?(?:resched|cancel)|you (?:need|would like|have|want|wish) to (?:resched|cancel|change)|click"),
    _change(DECISIVE, "resched|cancel|updated invitation|updated event|postpon|new time|time change|change",
        r"^(?:\W*(?:re|fwd?):)*\W*(?:cancell?ed|rescheduled|updated|postponed|new time proposed|changed)\b.{0,30}\b(?:event|invitation|interview|meeting|call|phone)|\b(?:interview|call|meeting|phone screen)\b.{0,40}\b(?:rescheduled?|cancell?ed|cancellation|postponed|time change|rescheduling|moved)",
        subject_only=True),

    _offer(DECISIVE + 0.6, "offer",
        r"\b(?:pleased|delighted|happy|excited|thrilled|glad|proud|pleasure|like|honou?red|able|privilege)\b.{0,50}\b(?:to )?(?:formally |officially |be )*(?:offer(?:ing)?|extend(?:ing)?|present(?:ing)?|make|making)\b(?: to)?(?: you| an| a| the| our| formal| official| verbal| written| job| conditional| employment| this| with| of)* ?(?:offer|the|position|role|job|employment|internship|opportunity|[a-z]+ (?:position|role))",
        unless=r"\bnot\b|unable|n't\b|discount|% off|customers|subscri|to offer (?:\w+ )?(?:competitive|benefits|a (?:wide|range|free|special|variety|great)|support|new|our (?:customers|users|members))|if you|products?|services?|courses?|interview|exclusive|insurance|loan|credit|card|rate|pricing|chance to"),
    _offer(DECISIVE + 0.4, "offer",
        r"\b(?:offer letter|letter of offer|job offer|offer of employment|employment offer|formal offer|verbal offer|written offer|offer packages?|employment contract|employment agreement|offer details|conditional offer|internship offer|offer of (?:an? )?(?:position|role|internship))\b",
        unless=r"\bnot\b|unable|n't\b|\bif\b|negotiat\w+ (?:tips|course|guide)|how to|before (?:an?|any|we)|should (?:an|you)|may be|contingent on|fake|scam|fraud|never|candidate|job offers|receive|search|new job offer|once|sample|template"),
    _offer(DECISIVE, "offer",
        r"\b(?:your|our|the|this) (?:\w+ )?offer\b.{0,60}\b(?:sign|accept|review|attached|expires?|docusign|valid|enclosed|salary|start date|join)|\b(?:sign|accept|review|attached|find|enclosed|countersign)\w*\b.{0,30}\b(?:your|our|the|this) (?:\w+ )?offer\b|\b(?:we(?:'d| would)|would) like to (?:make you an offer|offer you)|\bextend(?:ing|ed)? (?:you )?an offer\b|\bwe (?:are|'re) offering you\b",
        unless=r"\bnot\b|unable|n't\b|% off|discount|purchase|checkout|to another|to a different|credit|loan|terms of (?:this )?offer apply|code|shop|sale|\bif\b|interview|deal"),
    _offer(DECISIVE, "join|on board|on the team|package",
        r"\b(?:love|like|want|thrilled|delighted|excited|happy)\b (?:for )?(?:you )?to (?:have you )?(?:join (?:us|our|the)?|come (?:and )?(?:work|join)|have you)\b.{0,60}\b(?:as|join|team|on board|role|engineer|our)\b|\b(?:love|like|want) you to (?:join|come)|\b(?:the|your) (?:\w+ )?package (?:is|includes|would be)\b",
        unless=r"\bif\b|talent (?:community|network|pool)|interview|call|event|webinar|for an?\b|newsletter|conversation|slack|discord|not\b|round|onsite|on-site"),
    _offer(STRONG + 0.5, "welcome|congratulations|join|start date|onboard|contract|salary",
        r"\bwelcome (?:aboard|to the (?:team|company|family))\b|\bcongratulations\b.{0,60}\b(?:you(?:'ve| have)? (?:been selected|got|landed)|offer|join)\b.{0,40}(?:position|role|job|team|offer|us)|\b(?:base|annual|starting|gross) (?:salary|compensation|pay) (?:of|is|will be|:)|\byour (?:first day|start date|starting date) (?:is|will be|on)|\b(?:excited|thrilled|delighted|happy) (?:to have|that) you(?:'ll be| will be| are)? join",
        unless=r"\bnot\b|candidate|application (?:is|was)|newsletter|community|\bif\b|talent (?:network|community|pool)|account|range|interview|next (?:round|stage)|assessment"),
    _offer(STRONG, "offer", r"^(?:\W*(?:re|fwd?):)*\W*(?:your |job |formal |employment )*offer\b(?: letter| of| from| details| -|:| for)|\b(?:offer letter|job offer|offer of employment|employment offer|your offer)\b", subject_only=True,
        unless=r"%|discount|special|limited|exclusive|job offers|offers|save|deal|free|sale|expires (?:today|soon|tonight)|stellenangebote"),
)  # fmt: skip
_ = JOB
