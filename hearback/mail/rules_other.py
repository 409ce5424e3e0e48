"""Mail of job searches that is about no application, and mail that only looks like it."""

from functools import partial

from hearback.mail.rules import DECISIVE, FAIR, HINT, STRONG, TALK, rule
from hearback.mail.verdict import Category

_outreach = partial(rule, Category.outreach)
_alert = partial(rule, Category.job_alert)
_other = partial(rule, Category.other)

RULES = (
    _outreach(DECISIVE, "caught|came across|found your|saw your|your profile|your linkedin|your background|your experience|your resume",
        r"\b(?:came across|found|saw|noticed|stumbled|ran across|reviewed|reviewing|looking at|impressed (?:by|with)|discovered|read)\b(?: \w+){0,3}? your (?:\w+ )?(?:profile|linkedin|background|resume|cv|experience|github|work|portfolio|details|page|talk|post|article|blog)|\byour (?:[\w-]+ ){1,8}caught (?:my|our) (?:eye|attention)",
        unless=r"application|applied|for the \w+ (?:role|position)|moving forward|not to|decided"),
    _outreach(STRONG + 0.5, "reaching out|reached out|reach out|contacting you|writing to you|connect with you|touch base|introduce",
        r"\b(?:i(?:'m| am)|we(?:'re| are)|wanted to|just) (?:\w+ )?(?:reaching out|reach out|contacting you|writing to you|getting in touch|connect with you|introduce)\b.{0,120}\b(?:opportunit|role|position|opening|hiring|looking for|searching|seeking|interested in|client)",
        unless=r"your (?:recent )?application|applied|applying|your interview|next steps|follow up|following up|to schedule|to invite"),
    _outreach(DECISIVE, "if interested|if you're interested|if you are interested|immediate|urgent|inmail|requirement|direct client|search firm|retained|caught my|thought of you|thought of|updated resume|up for a",
        r"\bif (?:you(?:'re| are) )?interested\b.{0,80}\b(?:resume|cv|reply|let me know|share|send|call|respond)|\b(?:immediate|urgent) (?:need|position|opening|requirement|hiring|role|opportunity)|\binmail\b|\b(?:direct|end|my|our) clients?\b|\b(?:search firm|retained by|executive search)\b|\b(?:caught my (?:eye|attention)|(?:first (?:person|one) (?:i|we)|i|we) thought of you?|immediately thought of)\b|\bupdated (?:resume|cv)\b.{0,60}\b(?:rate|visa|location|availability|interested)|\bup for an? (?:\w+[, -]+){0,3}?(?:call|chat|conversation)",
        unless=r"your (?:recent )?application|applied|applying|move forward|moving forward|not to|decided|still interested"),
    _outreach(STRONG, "identified|opening|my name is|opportunity to speak|role that|position that|opportunity that",
        r"\b(?:identified|selected|pulled|got|received) (?:you|your (?:qualifications|profile|background|experience|resume))\b(?: \w+){0,4}? (?:as|from|for|on|through|via)\b|\b(?:about|discuss|regarding|for|share|with|have) (?:you )?(?:an?|this|some|our|several|the) (?:\w+ ){0,4}?(?:opening|opportunity|opportunities|role|position)s? (?:we|i|that|which|at our|with our|with my|you)\b",
        unless=r"your (?:recent )?application|applied|applying|interest in|move forward|moving forward|not to|decided|thank"),
    _outreach(STRONG, "interested in|open to|considering|explor|new opportunit|looking for a|looking to make",
        r"\b(?:are|would|might|if) you(?:'re| are| be| might be| may be)? (?:\w+ )?(?:interested in|open to|considering|exploring|looking for|curious)\b.{0,60}\b(?:opportunit|role|position|chat|hear|learn|new|conversation|discuss|exploring|talk|job|contract|change)",
        unless=r"still interested|application|newsletter|applied"),
    _outreach(STRONG, "client|on behalf|our team is hiring|we are hiring|we're hiring|looking for|i have a|i have an|have an exciting|have a great|opening for|searching for|working with",
        r"\b(?:my|our|a) (?:\w+ )?client\b.{0,80}\b(?:looking|seeking|hiring|searching|needs?|is an?)|\bi (?:have|work|am working|recruit|represent|lead)\b.{0,60}\b(?:role|position|opportunit|opening|contract|recruit\w*|startup|clients?)\b|\b(?:we(?:'re| are)|team is|currently|am) (?:\w+ )?(?:hiring|looking for|searching for|seeking|recruiting|growing|expanding)\b.{0,60}(?:engineer|developer|manager|analyst|designer|scientist|lead|talent|someone|people|role|join)",
        unless=r"not (?:currently )?hiring|not (?:\w+ )?looking|application|what we(?:'re| are)|applied|applying"),
    _outreach(FAIR + 0.5, "great fit|good fit|strong fit|perfect fit|great match|good match|well suited|strong match|might be a fit|would be a",
        r"\b(?:you|your (?:\w+ )?(?:background|experience|profile|skills))\b.{0,60}\b(?:would be|could be|might be|may be|looks? like|seems?|are|is|be)\b.{0,20}\b(?:great|good|strong|perfect|excellent|ideal|interesting|fantastic|amazing)? ?(?:fit|match|suited)\b",
        unless=r"\bnot\b|n't\b|other|application|\bif (?:we|your|there|you)"),
    _outreach(FAIR, "opportunit|role|opening|position|exciting",
        r"^(?!.*(?:application|applying|applied|interview|re:)).*\b(?:opportunity|exciting|new role|opening|position|hiring|is hiring|join (?:us|our|the)|role at)\b", subject_only=True,
        unless=r"\bjobs\b|alert|new jobs|thank|update|webinar|invest|business opportunity|last opportunity|final opportunity|your"),

    _alert(DECISIVE + 1, "job|role|position|vacanc|opening|opportunit|career",
        r"\b(?:\d+|new|more|top|latest|recommended|similar|hot|matching|related|suggested|these|best|other) (?:[\w/&+-]+ ){0,4}?(?:jobs|job (?:openings|postings|listings|matches|opportunities|recommendations|alerts?|ads)|vacancies|roles|openings|positions) (?:for you|in |near|match|at |that|posted|available|this week|today|from|you)"
        r"|\bjobs? (?:alerts?|matches|recommendations?|digest|picks|agent|mail)\b|\bjobs (?:for you|you (?:may|might)|matching|similar|based on|near|we think|picked|recommended)\b|\brecommended (?:jobs|for you)|\bsee all jobs|\bview (?:all )?jobs\b|\bjobs like\b|\bsimilar jobs\b|apply now to|\bmore jobs\b",
        unless=r"no longer|thank(?:s| you) for|other (?:roles|positions|openings)|future|we encourage|received your|you applied"),
    _alert(DECISIVE, "hiring|actively|easily apply|easy apply|apply now|be an early|new job|posted|jobs|stellen|emplois|empleos|vagas|vacatures|offerte di lavoro",
        r"\b(?:is|are) (?:now |actively )?(?:hiring|recruiting)\b(?: an?| for| new)*|\bactively (?:hiring|recruiting)|\beas(?:y|ily) apply|\bbe an early applicant|\bnew job\b|\bposted \d+ (?:day|hour)|neue (?:jobs|stellen\w*)|\bnouvelles offres|offres d'emploi|nuevos empleos|novas vagas|nieuwe vacatures|nuove offerte",
        subject_only=True),
    _alert(DECISIVE, "openings|roles|positions|jobs|vacancies", r"\b(?:fresh|new|latest|current|open|more|hot) (?:openings|roles|positions|jobs|vacancies) (?:at|from|for|in)\b", subject_only=True),
    _alert(STRONG, "save|apply|alert|unsubscribe|talent", r"\b(?:job alert|member of (?:our|the) talent (?:community|network|pool)|saved search|your job (?:preferences|search)|jobs you(?:'ve)? saved|application deadline for saved|invited? (?:you )?to apply|alert frequency|create (?:an? )?alert)\b",
        unless="thank you for (?:your )?appl"),

    _other(DECISIVE + 1, "code|password|verify|verification|sign in|log in|login|activate|account",
        r"\b(?:verification|security|one[- ]time|access|login|confirmation|authentication|passcode|sign-in|2fa|otp)[ -](?:code|password|passcode|pin|link)\b|\byour (?:\w+ )?code (?:is|:)|\breset (?:your )?password|\bpassword (?:reset|change)|\b(?:verify|confirm|activate|validate) your (?:e-?mail|account|identity|address)|\bnew (?:sign-?in|login|device)\b|\b(?:account|profile) (?:has been |was )?(?:created|activated)|\bmagic link\b",
        unless=r"\b(?:received|submitted) your application|application (?:was|has been) (?:received|submitted)|thank you for (?:applying|your application)"),
    _other(DECISIVE, "%|discount|sale|coupon|promo|save|deal|free|price|order|invoice|shipping|subscription|trial",
        r"\d+ ?% off|\b(?:discounts?|coupons?|promo(?:tion)?(?: code|al)|voucher|free trial|limited[- ]time|special offer|exclusive offer|flash sale|black friday|cyber monday|shop now|buy now|order (?:number|confirmation|#)|your order|invoice|receipt for|free shipping|in your cart|checkout|premium (?:plan|membership)|upgrade (?:to|now)|save \$?\d+|lowest price|enrol+ now)\b"),
    _other(STRONG + 0.5, "mock|interview|prepar|course|webinar|bootcamp|workshop|tips|resume|career fair|coaching|guide|podcast",
        r"\b(?:mock interviews?|interview (?:prep|preparation|tips|coaching|course|questions|guide|cheat|kit|masterclass|success|skills)|ace (?:your|the|any)|(?:nail|crush|master|practice) (?:your|the|any)?(?: next)? ?interviews?|resume (?:review|builder|tips|writing|template)|boot ?camp|webinar|master ?class|(?:register|rsvp|sign up) (?:now|today|for)|career fair|job fair|hiring event|career (?:tips|coach|advice)|salary guide|linkedin learning|online course)\b",
        unless=r"thank(?:s| you) for (?:applying|your application)|your interview (?:is|with|has)|here are (?:some|a few) tips|help you prepare|to prepare for (?:your|the) interview|invite you to"),
    _other(DECISIVE + 1.5, "loan|credit|mortgage|card|account|insurance|visa|lease|member|apartment|rent|passport|permit",
        r"\b(?:apply(?:ing)?|applied|application) (?:for|to) (?:\w+ ){0,5}?(?:credit|loan|mortgage|card|account|insurance|visa|lease|membership|apartment|rental|passport|permit|financing)\b|\b(?:credit(?: card)?|loan|mortgage|card|insurance|visa|lease|rental|apartment|passport|permit|membership|account) application\b",
        unless=r"(?:position|role|job|engineer|manager|analyst|officer|specialist|developer|underwriter)\b"),
    _other(DECISIVE, "loan|credit|mortgage|visa application|passport|insurance|claim|policy|account|card|lease|rent|apartment|tenan|paper|manuscript|submission|abstract|grant|scholarship|admission|university|college|patent|permit|licen|benefit|store review|app store|app review|pull request|patch",
        r"\b(?:loan|credit(?: card)?|mortgage|visa|passport|insurance|membership|rental|lease|housing|apartment|permit|licen[sc]e|grant|scholarship|patent|tenancy|benefits?|card|account|adoption|citizenship|admissions?|college|school|financing) application\b|\b(?:your|the) (?:paper|manuscript|abstract|talk proposal|pull request|patch|claim|mortgage|loan|overdraft|insurance|policy|bank account|credit (?:card|limit|line)|tenancy|lease|rental)\b.{0,80}\b(?:accept|reject|approv|declin|review|offer|decision|submi|received|renew|payment|ready)\w*|\b(?:app store|app review|program committee|admissions (?:committee|office|team|decision)|your order)\b|\bapplication (?:for|to) (?:admission|the (?:msc|ma|mba|phd|bachelor|master|program(?:me)? in)|a (?:loan|credit|mortgage|visa|permit|card|grant|lease))",
        unless=r"background check|cover letter"),
    _other(DECISIVE, "appointment|dentist|doctor|dr.|clinic|patient|check-up|vaccin|delivery|parcel|package|booking|reservation|flight|table|examination|dermatolog",
        r"\b(?:dentist|doctor'?s?|dental|clinic|patient|medical|gp|physician|hospital|hygienist|salon|vet|eye|annual|mot|optician|haircut|vaccination|delivery|parcel|car service|physio\w*|therapy|therapist) (?:\w+ )?(?:appointments?|visits?|check-?ups?|practice|exam|slot)|\bappointment with (?:dr|doctor|your (?:dentist|doctor|gp|physician|stylist|therapist|advisor at))|\byour appointment (?:is|has been|on|with|at|was)\b|\byour (?:booking|reservation|flight|table|parcel|package|delivery)\b|\b(?:prescription|check-?up|vaccination|dermatolog\w+|(?:the|physical|medical|your) examination|intake)\b",
        unless=r"benefits|insurance"),
    _other(DECISIVE, "survey|feedback|rate|nps|experience|opinion|poll|how we did",
        r"\b(?:take|complete|fill out|answer|participate in) (?:\w+ ){0,4}?(?:survey|poll)\b|\bhow (?:did we do|was your (?:\w+ ){0,2}experience|likely are you)|\btell us (?:how we did|about your (?:\w+ )?experience)|\bsurvey (?:closes|is open|link)|\bstart (?:the )?survey|\brate your (?:experience|interview|purchase)|\b(?:feedback|satisfaction|candidate experience) survey\b|\bshare your feedback|\bvalue your (?:feedback|opinion)|\bsurvey\b.{0,40}\bminutes",
        unless=r"thank(?:s| you) for applying|received your application|moving forward|not selected"),
    _other(STRONG, "newsletter|digest|weekly|unsubscribe|subscriber|edition|issue|read more|podcast|read online|view in browser|sponsor|episode",
        r"\b(?:newsletter|weekly digest|daily digest|this week's|in this (?:issue|edition)|read (?:more|online)|latest (?:news|issue|articles|episode)|new (?:episode|post)|issue #?\d+|you subscribed (?:with|to)|unsubscribe from (?:this|our)|subscribers?|you(?:'re| are) subscribed)\b",
        unless=r"subscribe to our"),
    _other(DECISIVE, "draft|incomplete|unfinished|not submitted|haven't submitted|finish your|saved|complete your application|forgot|continue your|not yet submitted|started",
        r"\b(?:finish|continue|resume) (?:your|the) (?:\w+ )?application\b|^\W*(?:please |don't forget to |time to |reminder:? (?:to )?)*complete your (?:\w+ )?application\b|\bapplication (?:is|was|remains|has been)? ?(?:still )?(?:incomplete|unfinished|not (?:yet )?(?:been )?(?:submitted|complete)|in draft|saved)|\b(?:haven't|have not|not yet|didn't) (?:\w+ )?(?:submitted|finished|completed) (?:your|the) (?:\w+ )?application|\byou started (?:an|your) application",
        unless=r"\breceived your application|thank(?:s| you) for (?:applying|your application|submitting)|information|document"),
    _other(STRONG, "connection|connect|profile|endorse|searches|viewed your profile|network|congratulate|message",
        r"\b(?:wants to connect|accepted your invitation|new connections?|appeared in \d+ search|viewed your profile|who viewed your|people you may know|endorsed you|congratulate|sent you a (?:connection|message)|talent (?:community|network) (?:newsletter|update)|thank(?:s| you) for joining our talent (?:community|network))\b"),
    _other(STRONG, "webinar|meetup|conference|event|agenda|standup|stand-up|sprint|quarterly|all hands|all-hands|team lunch|minutes of|happy hour|open house|info session|information session|networking|tech talk|party|fireside|hackathon",
        r"\b(?:meetup|stand-?up|sprint (?:planning|review)|all[- ]hands|team lunch|off-?site|minutes of|call for papers|cfp|quarterly review|performance review|weekly sync|1:1|board meeting|town hall|happy hour|open house|info(?:rmation)? session|networking (?:event|night|mixer)|tech talk|fireside chat|hackathon|meet and greet)\b", unless=r"interview|candidate"),
    _other(FAIR, "candidate|applicants|new hire|panel",
        r"\b(?:interviewing (?:a|the|this|another) candidate|the candidate'?s?\b.{0,40}(?:resume|feedback|scorecard)|submit your (?:interview )?(?:feedback|scorecard)|candidate for (?:your|our) (?:open )?(?:role|position)|interview panel for|your job post|applicants? for your|new applicants?|you have \d+ (?:new )?(?:applicants?|candidates?))\b"),
    _other(STRONG, "user research|research study|usability|journalist|reporter|participant|gift card|paid study|product feedback",
        r"\b(?:user (?:research|interviews?)|research (?:study|participants?)|usability (?:test|study)|paid study|gift card|journalist|reporter)\b"),
    _other(DECISIVE + 1.5, "terminat|resignation|layoff|severance|payslip|payroll|dismiss",
        r"\b(?:terminat\w+|end) (?:of )?(?:your )?employment|\bemployment\b.{0,40}\bterminat\w+|\b(?:your resignation|severance|lay-?offs?|laid off|pay ?slip|payroll|redundan\w+)\b",
        unless=r"background|benefits"),
    _other(HINT, "withdraw", r"\byou(?:'ve| have) withdrawn\b|\bwithdrawal of your application\b|\bapplication (?:has been )?withdrawn (?:by you|at your|as)"),
)  # fmt: skip
_ = TALK
