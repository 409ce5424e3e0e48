"""The common phrases of mail about applications in German, French, Spanish, Italian, Portuguese, Dutch."""

from functools import partial

from hearback.mail.rules import DECISIVE, FAIR, STRONG, rule
from hearback.mail.verdict import Category

_no = partial(rule, Category.rejection)
_receipt = partial(rule, Category.acknowledgment)
_review = partial(rule, Category.under_review)
_invitation = partial(rule, Category.interview_invitation)
_scheduling = partial(rule, Category.scheduling_request)
_change = partial(rule, Category.interview_change)
_offer = partial(rule, Category.offer)
_test = partial(rule, Category.assessment)
_question = partial(rule, Category.information_request)
_outreach = partial(rule, Category.outreach)

GERMAN = (
    _receipt(STRONG + 0.5, "bewerbung|unterlagen",
        r"\b(?:dank|danke|danken|freuen uns|freut uns)\b.{0,60}\b(?:bewerbung|bewerbungsunterlagen|unterlagen)|\b(?:bewerbung|unterlagen)\b.{0,60}\b(?:eingegangen|erhalten|eingang|entgegengenommen|angekommen)|\b(?:eingang|eingangsbestätigung|erhalt)\b.{0,40}\bbewerbung|bewerbungseingang|bestätigen .{0,40}(?:eingang|erhalt)"),
    _receipt(FAIR, "prüfen|sichten|melden|geduld", r"\b(?:werden|wird)\b.{0,60}\b(?:prüfen|sichten|bei ihnen melden|bei dir melden)|bitten .{0,20}(?:um )?(?:etwas |noch )?geduld"),
    _review(STRONG, "prüfung|bearbeit|geprüft|auswahl|geduld|gespräch", r"\b(?:bewerbung|unterlagen)\b.{0,50}\b(?:wird|werden|befinde[tn]|ist) .{0,40}(?:geprüft|bearbeitet|in prüfung|in bearbeitung|im auswahl)|vielen dank für das (?:\w+ )?gespräch"),
    _no(DECISIVE, "leider|bedauern|anderen|anderweitig|nicht|absage|abzusagen|besetzt",
        r"\bleider\b.{0,120}\b(?:nicht|absag\w+|keine|mitteilen|anderen?|abgelehnt|entschieden)|\b(?:nicht|gegen) .{0,60}(?:berücksichtigen|in die engere (?:aus)?wahl|weiter ?(?:zu )?(?:verfolgen|berücksichtigen)|fortsetzen|fortzusetzen|anbieten|entschieden|einladen)|\bfür (?:einen |eine )?(?:andere[nr]?|mitbewerber\w*)\b.{0,40}(?:bewerber\w*|kandidat\w*)?.{0,20}(?:entschieden|entscheiden)|\b(?:stelle|position)\b.{0,40}\b(?:anderweitig|bereits|inzwischen|mittlerweile)\b.{0,20}\b(?:besetzt|vergeben)|\babsage (?:erteilen|geben|senden|mitteilen)|\b(?:müssen|muss)\b.{0,60}\babsagen|\babzusagen|\bbedauern\b.{0,60}(?:mitteilen|mitzuteilen|absag|nicht)|nicht in die nähere auswahl|andere bewerber|weiteren? beruflichen? (?:weg|lebensweg|zukunft)|(?:private|persönliche) und berufliche zukunft",
        unless=r"\bfalls\b|\bwenn\b|leider (?:nicht|kurzfristig) .{0,40}(?:termin|verschieben|erreich)"),
    _invitation(DECISIVE, "einlad|eingeladen|gespräch|interview|kennenlern|termin",
        r"\b(?:laden|einladen|einzuladen|einladung|eingeladen)\b.{0,80}(?:gespräch|interview|kennenlern\w*|telefonat|probearbeiten|probetag)|(?:vorstellungsgespräch|bewerbungsgespräch|interview|kennenlerngespräch)\b.{0,60}\b(?:einlad\w+|bestätig\w+|am \d|um \d|findet)|\b(?:bestätig\w+)\b.{0,50}(?:gespräch|interview|termin)|(?:gerne|möchten wir) .{0,60}(?:persönlich |näher |besser )?kennen ?(?:zu)?lernen",
        unless=r"\bfalls\b|leider|webinar|veranstaltung"),
    _scheduling(DECISIVE, "termin|uhrzeit|passt|zeit|wann",
        r"\b(?:termin\w*|uhrzeit|zeitfenster|terminvorschl\w+)\b.{0,80}\b(?:passt|passen|vereinbaren|auswählen|vorschlagen|nennen|teilen|buchen|wählen|abstimmen|finden)|\bwann\b.{0,50}\b(?:passt|passen|zeit|verfügbar|erreichbar)|\bpasst (?:es )?(?:ihnen|dir)\b|\b(?:hätten|haben|hättest|hast) (?:sie|du)\b.{0,40}\bzeit\b|folgende termine", unless="arzt|praxis|zahn|falls"),
    _change(DECISIVE + 0.4, "verschieb|verschoben|absagen|abgesagt|verlegen|verlegt|entfällt", r"(?:termin|gespräch|interview)\w*\b.{0,80}\b(?:verschieb\w*|verschoben|verlegen|verlegt|abgesagt|absagen|entfällt)", unless=r"\bfalls\b|\bsollten\b|arzt|praxis"),
    _offer(DECISIVE + 0.4, "vertrag|angebot|zusage|anbieten|einstellen", r"\b(?:arbeitsvertrag|vertragsangebot|vertragsunterlagen|jobangebot|stellenangebot unter|arbeitsangebot)\b|\b(?:freuen|freue|dürfen|gerne|möchten|freut)\b.{0,80}(?:stelle|position|job|rolle|arbeitsplatz)?\b.{0,40}(?:anbieten|anzubieten|zusage|zusagen)\b|\bzusage\b", unless=r"\bnicht\b|leider|newsletter|rabatt|falls|stellenangebote|schriftliche zusage für"),
    _test(DECISIVE, "test|aufgabe|assessment|fragebogen", r"\b(?:online-?test|eignungstest|probeaufgabe|fallstudie|online-assessment|einstellungstest|testaufgabe|coding-aufgabe)\b.{0,80}\b(?:absolvieren|bearbeiten|durchführen|teilnehmen|lösen|link|einlad\w+|zeit|durchzuführen|auszufüllen)|\b(?:einlad\w+|laden|bitten|bitte)\b.{0,60}(?:online-?test|eignungstest|probeaufgabe|fallstudie|online-assessment|einstellungstest|testaufgabe)", unless="corona|vielen dank für"),
    _question(STRONG, "senden|schicken|nachreichen|mitteilen|teilen|benötigen|fehlen", r"\b(?:bitte|bitten|könnten sie|könntest du|benötigen|fehlen)\b.{0,80}\b(?:gehaltsvorstellung\w*|zeugnisse?|unterlagen|lebenslauf|arbeitsproben|eintrittstermin|nachweise?|referenzen|führungszeugnis|arbeitserlaubnis)"),
    _outreach(STRONG + 0.5, "profil|aufmerksam|gestoßen|position|herausforderung", r"\b(?:profil)\b.{0,60}\b(?:aufmerksam|gestoßen|gefunden|interessant|angesprochen)|auf (?:ihr|dein|sie|dich)\b.{0,30}\b(?:profil|aufmerksam)|neue[n]? (?:berufliche[n]? )?herausforderung\b"),
)  # fmt: skip
FRENCH = (
    _receipt(STRONG + 0.5, "candidature|dossier|cv",
        r"\b(?:merci|remerci\w+)\b.{0,60}\b(?:candidature|postulé|votre cv|intérêt)|\b(?:avons|bien|accus\w+)\b.{0,30}\b(?:reçu|réception|réceptionné)\b.{0,40}\b(?:candidature|dossier|cv)|\bcandidature\b.{0,60}\b(?:bien été (?:reçue|enregistrée|envoyée|transmise|prise)|reçue|enregistrée|prise en compte|confirmation)|accusé de réception"),
    _receipt(FAIR, "contact|délai|réponse", r"\b(?:sans réponse|sans retour|absence de réponse)\b.{0,80}\bconsid[ée]r\w+|reviendrons vers vous|étudi\w+ (?:avec attention|votre)|recontact\w+ .{0,40}\bsi\b"),
    _no(DECISIVE, "regret|malheureusement|suite favorable|pas|retenu|négative|autre",
        r"\b(?:regret\w*|malheureusement|désolés?)\b.{0,120}\b(?:pas|informer|suite|retenu\w*|autre|candidature|négative)|\b(?:ne|n')\b ?.{0,40}\bpas\b.{0,60}\b(?:suite|retenue?|donner|retenir|poursuivre|correspond\w*)|suite (?:favorable|positive)\b|\bpas (?:été )?retenue?s?\b|\bretenu (?:une? )?autres?|réponse négative|(?:poste|offre)\b.{0,40}(?:pourvu|plus disponible)|bonne chance dans vo(?:s|tre) recherche|(?:autre|d'autres) (?:candidat|profil)\w*",
        unless=r"\bsi\b|sans (?:réponse|retour)|n'hésitez|en cas de|seul[es]* les"),
    _invitation(DECISIVE, "entretien|rencontrer|échange|visio", r"\b(?:invit\w+|convier|convi\w+|proposer|propos\w+|convocation|confirm\w+|souhait\w+|ravis?|fixer|planifi\w+)\b.{0,80}\b(?:entretien|rencontrer|échange téléphonique|visioconférence|échanger avec vous|rendez-vous)|\bentretien\b.{0,60}\b(?:confirmé|prévu|aura lieu|est fixé|le \d|à \d)|\bconvocation\b", unless=r"\bsi\b|\bpas\b|médecin|docteur|banque|assurance|seuls"),
    _scheduling(DECISIVE, "disponib|créneau|rendez-vous|quand", r"\b(?:disponibilités|créneaux?|vos disponibilités|êtes-vous disponible|seriez-vous disponible)\b", unless=r"médecin|livraison|docteur"),
    _change(DECISIVE + 0.4, "report|annul|déplac|décal", r"\b(?:entretien|rendez-vous|rencontre)\b.{0,80}\b(?:report\w+|annul\w+|déplac\w+|décal\w+)|\b(?:report\w+|annul\w+|déplac\w+|décal\w+)\b.{0,40}\b(?:entretien|rendez-vous)", unless=r"\bsi vous\b|en cas|médecin"),
    _offer(DECISIVE + 0.4, "offre|promesse|contrat|embauche|proposer", r"\b(?:promesse d'embauche|offre d'embauche|contrat de travail|proposition d'embauche|lettre d'embauche)\b|\b(?:plaisir|heureux|ravis|heureuse|ravi)\b.{0,60}\b(?:proposer|offrir|confirmer)\b.{0,50}\b(?:poste|embauche|recrutement|contrat)", unless=r"\bpas\b|modèle|-\d+ ?%"),
    _test(DECISIVE, "test|évaluation|étude de cas", r"\b(?:passer|réaliser|compléter|effectuer|inviter? à|invitons à)\b.{0,60}\b(?:test|évaluation|étude de cas|exercice technique)"),
    _question(STRONG, "transmettre|envoyer|fournir|communiquer", r"\b(?:merci de|pourriez-vous|pouvez-vous|veuillez|prière de)\b.{0,30}\b(?:transmettre|envoyer|fournir|communiquer|faire parvenir)\b.{0,60}\b(?:cv|diplômes?|prétentions|références|documents?|pièces|justificatifs?|lettre)"),
    _outreach(STRONG, "profil", r"\b(?:profil)\b.{0,60}\b(?:intéress\w+|attiré|retenu notre attention|correspondre)|opportunité .{0,40}(?:intéresser|pourrait)"),
)  # fmt: skip
SPANISH = (
    _receipt(STRONG + 0.5, "candidatura|solicitud|currículum|postul|inscri",
        r"\b(?:gracias|agradecemos|agradecer\w*)\b.{0,60}\b(?:candidatura|solicitud|postul\w+|currículum|cv|interés|inscri\w+)|\b(?:hemos recibido|recibimos|recibido)\b.{0,50}\b(?:candidatura|solicitud|currículum|cv|postulación)|\b(?:candidatura|solicitud|postulación)\b.{0,50}\b(?:recibida|registrada|enviada|sido recibida|correctamente)", unless=r"préstamo|crédito|tarjeta|hipoteca"),
    _no(DECISIVE, "lament|desafortunadamente|sentimos|no |otro",
        r"\b(?:lament\w+|desafortunadamente|desgraciadamente|sentimos)\b.{0,120}\b(?:no\b|informar\w*|comunicar\w*|otros?|candidat\w+)|\b(?:no)\b.{0,40}\b(?:continuar|seguir adelante|seleccionad[oa]|avanzar|ha sido elegid[oa]|proceder)\b|\b(?:otro|otra|otros) (?:candidat\w+|perfil\w*)\b|\b(?:vacante|puesto|posición)\b.{0,40}\b(?:cubiert[ao]|cerrad[ao])", unless=r"\bsi\b|préstamo|crédito|tarjeta|no dud"),
    _invitation(DECISIVE, "entrevista", r"\b(?:invit\w+|convoc\w+|confirm\w+|agend\w+|gustaría|concertar|coordinar|program\w+)\b.{0,80}\bentrevista|\bentrevista\b.{0,60}\b(?:confirmada|programada|tendrá lugar|agendada|el día|el \d)", unless=r"\bsi\b|\bno\b|periodista|consejos"),
    _scheduling(DECISIVE, "disponib|horario", r"\b(?:disponibilidad|qué horario|cuándo (?:podría|puedes|te viene)|estaría disponible|horarios? disponibles?)\b", unless=r"cita médica|producto"),
    _change(DECISIVE + 0.4, "reprogram|cancel|aplaz|cambi", r"\bentrevista\b.{0,80}\b(?:reprogram\w+|cancel\w+|aplaz\w+|cambi\w+)|\b(?:reprogram\w+|cancel\w+|aplaz\w+)\b.{0,40}\bentrevista", unless=r"\bsi (?:necesita|desea|no)"),
    _offer(DECISIVE + 0.4, "oferta|contrato|ofrecer", r"\b(?:carta de oferta|oferta (?:formal|laboral|de empleo|de trabajo) (?:adjunt\w+|para|que)|contrato de trabajo|contrato laboral)\b|\b(?:complace|alegra|encantados|placer|gustaría)\b.{0,60}\bofrecer\w*\b.{0,40}\b(?:puesto|posición|empleo|trabajo|contrato|incorpor\w+)", unless=r"\bno\b|ofertas de|descuento"),
    _test(DECISIVE, "prueba|test|evaluación", r"\b(?:realizar|completar|hacer|invit\w+ a)\b.{0,50}\b(?:prueba técnica|prueba|evaluación|test)\b", unless=r"gratis|gratuita"),
)  # fmt: skip
ITALIAN = (
    _receipt(STRONG + 0.5, "candidatura|curriculum|cv",
        r"\b(?:grazie|ringrazi\w+)\b.{0,60}\b(?:candidatura|candidat[oa]|curriculum|cv|interesse|essersi candidat\w+)|\b(?:abbiamo ricevuto|ricevuto|confermiamo)\b.{0,50}\b(?:candidatura|curriculum|cv)|\bcandidatura\b.{0,50}\b(?:ricevuta|inviata|registrata|andata a buon fine|correttamente)"),
    _no(DECISIVE, "purtroppo|spiac|non |altri|altro",
        r"\b(?:purtroppo|spiacenti|dispiace|ci rincresce)\b.{0,120}\b(?:non\b|informar\w*|comunicar\w*|altri|candidat\w+)|\bnon\b.{0,50}\b(?:proseguire|procedere|selezionat[oa]|in linea|andare avanti|dare seguito)\b|\b(?:altri|altro|altra) (?:candidat\w+|profil\w+)\b|\bposizione\b.{0,40}\b(?:coperta|chiusa)", unless=r"\bse\b|non esit"),
    _invitation(DECISIVE, "colloquio|incontr|intervista", r"\b(?:invit\w+|conferm\w+|fissare|organizzare|fissato|piacere|vorremmo)\b.{0,80}\b(?:colloquio|intervista|incontrarl[ao]|incontrarti)|\bcolloquio\b.{0,60}\b(?:confermato|fissato|si terrà|il giorno|il \d|previsto)", unless=r"\bse\b|\bnon\b"),
    _scheduling(DECISIVE, "disponibil|orari", r"\b(?:disponibilità|quando (?:sarebbe|saresti|è) disponibile|quali orari|fasce orarie)\b", unless=r"prodott|non .{0,20}disponibil"),
    _change(DECISIVE + 0.4, "rimand|annull|spost|riprogramm", r"\bcolloquio\b.{0,80}\b(?:rimand\w+|annull\w+|spost\w+|riprogramm\w+)|\b(?:rimandare|annullare|spostare|riprogrammare)\b.{0,40}\bcolloquio", unless=r"\bse (?:ha|hai|vuol|desidera)"),
    _offer(DECISIVE + 0.4, "offerta|contratto|offrir|proposta", r"\b(?:lettera di assunzione|proposta di assunzione|offerta di lavoro (?:in allegato|per)|contratto di (?:lavoro|assunzione)|proposta contrattuale)\b|\b(?:lieti|felici|piacere|liete)\b.{0,60}\b(?:offrir\w+|propor\w+)\b.{0,40}\b(?:posizione|ruolo|posto|contratto)", unless=r"\bnon\b|offerte|sconto"),
    _test(DECISIVE, "test|prova|valutazione", r"\b(?:completare|svolgere|sostenere|effettuare|invit\w+ a)\b.{0,50}\b(?:test|prova tecnica|valutazione)\b", unless=r"gratis|gratuit"),
)  # fmt: skip
PORTUGUESE = (
    _receipt(STRONG + 0.5, "candidatura|inscrição|currículo|aplicação",
        r"\b(?:obrigad[oa]|agradecemos|agradecer)\b.{0,60}\b(?:candidatura|inscrição|candidatar|currículo|interesse|aplicação|se inscrever)|\b(?:recebemos|recebida|confirmamos)\b.{0,50}\b(?:candidatura|inscrição|currículo|aplicação)|\b(?:candidatura|inscrição)\b.{0,50}\b(?:recebida|enviada|registrada|registada|realizada|confirmada|com sucesso)"),
    _no(DECISIVE, "infelizmente|lament|não |outro",
        r"\b(?:infelizmente|lament\w+)\b.{0,120}\b(?:não\b|informar\w*|outros?|candidat\w+|comunicar)|\bnão\b.{0,50}\b(?:seguir|prosseguir|avançar|selecionad[oa]|aprovad[oa]|continuar|escolhid[oa])\b|\b(?:outro|outra|outros|outras) (?:candidat\w+|perfi\w+)\b|\bvaga\b.{0,40}\b(?:preenchida|encerrada|fechada)", unless=r"\bse\b|\bcaso\b|não hesite"),
    _invitation(DECISIVE, "entrevista", r"\b(?:convid\w+|confirm\w+|agend\w+|gostaríamos|convite|marcar)\b.{0,80}\bentrevista|\bentrevista\b.{0,60}\b(?:confirmada|agendada|marcada|será|no dia|dia \d)", unless=r"\bcaso\b|\bnão\b|dicas"),
    _scheduling(DECISIVE, "disponib|horário", r"\b(?:sua disponibilidade|tua disponibilidade|qual (?:o melhor )?horário|disponibilidade para|melhor horário|horários? disponíve\w+)\b"),
    _change(DECISIVE + 0.4, "reagend|remarc|cancel|adiar|adiad", r"\bentrevista\b.{0,80}\b(?:reagend\w+|remarc\w+|cancel\w+|adiad\w+)|\b(?:reagendar|remarcar|cancelar|adiar)\b.{0,40}\bentrevista", unless=r"\bcaso\b|se precisar"),
    _offer(DECISIVE + 0.4, "proposta|oferta|contrato|oferecer", r"\b(?:carta[- ](?:oferta|proposta)|proposta de (?:trabalho|emprego|contratação)|contrato de trabalho|oferta de (?:trabalho|emprego) (?:em anexo|para))\b|\b(?:prazer|felizes|satisfação|contentes|alegria)\b.{0,60}\boferecer\b.{0,40}\b(?:vaga|posição|cargo|emprego|função)", unless=r"\bnão\b|desconto"),
    _test(DECISIVE, "teste|avaliação|desafio", r"\b(?:realizar|completar|fazer|convid\w+ (?:a|para))\b.{0,50}\b(?:teste|avaliação|desafio técnico)\b", unless=r"grátis|gratuito"),
)  # fmt: skip
DUTCH = (
    _receipt(STRONG + 0.5, "sollicitatie|gesolliciteerd|solliciteren|cv",
        r"\b(?:bedankt|dank|danken)\b.{0,60}\b(?:sollicitatie|gesolliciteerd|solliciteren|interesse|cv)|\b(?:sollicitatie|cv)\b.{0,50}\b(?:ontvangen|in goede orde|verstuurd|binnengekomen)|\b(?:ontvangst|ontvangen)\b.{0,40}\bsollicitatie|ontvangstbevestiging"),
    _no(DECISIVE, "helaas|spijt|niet|andere|afwijz",
        r"\b(?:helaas|spijt|jammer genoeg)\b.{0,120}\b(?:niet\b|geen|andere|mede(?:te)?delen|laten weten|afgewezen|afwijzing)|\bniet\b.{0,50}\b(?:verder|uitnodigen|uit te nodigen|geselecteerd|doorgaan|aansluit\w*|gekozen|door te gaan)\b|\bandere (?:kandida\w+|sollicitant\w*)\b|\b(?:vacature|functie|positie)\b.{0,40}\b(?:vervuld|ingevuld|gesloten)", unless=r"\bals\b|\bindien\b|niet aarzelen|aarzel"),
    _invitation(DECISIVE, "gesprek|interview|uitnodig|kennismak", r"\b(?:uitnodig\w*|uit te nodigen|nodigen|bevestig\w*|inplannen|plannen|graag)\b.{0,80}(?:gesprek|interview|kennismak\w+)\b|(?:gesprek|interview)\b.{0,60}\b(?:bevestigd|gepland|vindt plaats|ingepland)", unless=r"\bals\b|\bniet\b|helaas|indien"),
    _scheduling(DECISIVE, "beschikbaar|schikt|wanneer|moment", r"\b(?:beschikbaarheid|wanneer (?:ben|bent|schikt|zou|kun|kunt|past)|schikt (?:het|dat|u|je)|(?:welke|welk) (?:moment|dag|tijd)\w*)\b"),
    _change(DECISIVE + 0.4, "verzet|verplaats|annul|afzeg|uitstel|afgezegd", r"(?:gesprek|interview|afspraak)\b.{0,80}\b(?:verzet\w*|verplaats\w*|annul\w+|afzeg\w+|afgezegd|uitgesteld|geannuleerd)", unless=r"\bals (?:je|u)\b|\bmocht|tandarts|huisarts"),
    _offer(DECISIVE + 0.4, "aanbod|aanbieding|contract|aanbieden|aan te bieden", r"\b(?:arbeidsovereenkomst|arbeidscontract|contractvoorstel|arbeidsvoorwaardenvoorstel|baanaanbod|jobaanbod)\b|\b(?:graag|blij|verheugd|genoegen)\b.{0,60}\b(?:functie|positie|baan|contract)\b.{0,30}\b(?:aanbieden|aan te bieden)", unless=r"\bniet\b|korting"),
    _test(DECISIVE, "test|assessment|opdracht|case", r"\b(?:maken|invullen|afronden|uitvoeren|uitnodig\w+)\b.{0,50}\b(?:assessment|test|testopdracht|casus)\b|\b(?:assessment|online test|testopdracht|casus)\b.{0,50}\b(?:maken|invullen|afronden|te maken)"),
)  # fmt: skip
RULES = (*GERMAN, *FRENCH, *SPANISH, *ITALIAN, *PORTUGUESE, *DUTCH)
_ = FAIR
