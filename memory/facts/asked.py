"""Further question forms: how people ask in everyday words, without the word that names the thing ("who pays my salary", "where do I keep my money").

Read as the `asked` of the registry is: forms by semicolons, each is words that must all stand in the question, `a|b` being either.
"""

from __future__ import annotations

_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|morning|evening|night"
_TAGE = "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|morgen|abend|wochenende"
_PETS = (
    "budgie|parakeet|canary|ferret|ferrets|lizard|gecko|snake|fish|goldfish|chicken|chickens|duck|ducks|pig|goat|goats|pony|donkey|hedgehog|rat|rats|mouse"
    "|gerbil|chinchilla|guinea|kitty|pup|hound|bunny|bunnies|rabbits|horses|birds|parrots|hamsters"
)

# fmt: off
FURTHER: dict[str, str] = {
    "name": "cómo llamo; wie war mein name; hva er navnet",
    "preferred_name": "go by name|what; wie soll ansprechen|nennen; cómo llamarme; kalle meg; hva kalles",
    "birthday": (
        "day|year|date born; turn years when; fecha nacimiento; qué año|día nací; fødselsdag|fødselsdato; når fyller; "
        "wann bin geboren; blow out candles"
    ),
    "age": "years old; what age; my age; how many birthdays",
    "born_in": (
        "city|town|village|country|hospital born; birth place|town|city; geburtsort; lugar nacimiento; fødested; "
        "qué ciudad nací; welcher stadt geboren"
    ),
    "grew_up_in": (
        "raised; brought up; spend|spent childhood; aufgewachsen; kindheit verbracht; woher stamme; "
        "crecí|crié|criado|criada; de dónde soy; vokst opp; hvor kommer fra"
    ),
    "nationality": "staatsbürgerschaft|nationalität; welchen pass; nasjonalitet; which|what passport; citizen which|what",
    "native_language": "grow|grew up speaking; language raised with; mother's tongue; språk vokste",
    "speaks": (
        "fluent|fluently; languages know|understand|have; sprachen kann|beherrsche; lenguas hablo; språk kan; "
        "language speak besides"
    ),
    "email": "reach by|via email|e-mail|mail; e-mail-adresse|email-adresse; e-postadresse|epost",
    "phone_number": (
        "ring|call|text|reach me number|on; can ring|phone|call me; how ring|phone me; cell|mobile|phone number; "
        "handynummer; mobilnummer; nummeret mitt; número móvil|teléfono"
    ),
    "height": "centimetres|centimeters tall; körpergröße; estatura; cuánto mido; høyden; wie groß bin; hvor høy",
    "lives_in": (
        "call home; residence; residing|reside; where moved|move to; part country|town live; "
        "state|county|region|area|district|neighbourhood|suburb|postcode live|living; stadt|ort|dorf wohne|lebe; "
        "zuhause wo; ciudad|pueblo vivo; dónde resido; hvilken by|bygd; bosted; hvor holder til; where settled|settle; "
        "where's home"
    ),
    "home_address": (
        "postcode|zip; deliver|send|post parcel|package|letters|mail to; door number; welche straße|hausnummer; "
        "anschrift; calle vivo; qué calle; domicilio; adressen"
    ),
    "home_type": (
        "what live|living in; apartment|flat or house; house or apartment|flat; rent or own; "
        "kind|sort|type housing|accommodation|dwelling|apartment|building live; haus oder wohnung|einer|einem; "
        "wohnung oder haus; piso o casa; casa o piso; leilighet eller hus; hus eller leilighet"
    ),
    "lives_with": (
        "share place|apartment|kitchen|house|flat|home with; shares|sharing place|apartment|flat|house|home; "
        "lodger|lodgers; under my roof; my household; wohne|lebe zusammen; wer wohnt mir; "
        "compañero|compañeros|compañera piso; bor jeg med"
    ),
    "landlord": "who owns|own flat|house|apartment|building|place; pay rent to; letting; vermieterin; casera; huseier",
    "neighbour": (
        "nachbarin|nachbarn|nebenan; vecina|vecinos; naboen; across hall|landing|street who; "
        "upstairs|downstairs who|neighbour|neighbor"
    ),
    "local_favourite": (
        "regular|go-to|local cafe|café|haunt|spot|bakery|pub|restaurant|bar; where get|drink|buy coffee|bread|breakfast; "
        "coffee place|shop; stammkneipe|stammcafé|stammlokal; bar favorito; stamsted"
    ),
    "parking": (
        "where's|where car|van kept|standing; leave|keep car|van|motorbike where; where's|where my car|van; "
        "auto steht|parke|geparkt; parkplatz; dónde está|dejo coche; parkerer; bilen står"
    ),
    "timezone": "utc|gmt; which|what zone",
    "commute": (
        "travel|journey|trip to work|office; how long take|takes work|office; mode transport work; commuting; "
        "way into work; komme zur|ins|zum arbeit|büro; weg zur arbeit; pendle; llego|voy trabajo|oficina; "
        "til jobb|jobben kommer; pendler"
    ),
    "gym": (
        "swimming|swim hall|pool|baths|lido|club; "
        "lift weights; pump iron; fitness club|centre|center; trainiere wo; dónde|donde entreno; hvor trener; "
        "work out where; do my training|workouts|workout where"
    ),
    "wakes_at": (
        "my day start|starts|begin|begins; wake at; out of bed; up in the morning; rise|rising; wache auf; wecker; stehe auf; levanto; våkner; vekkerklokka; "
        "bedtime; time alarm"
    ),
    "routine": (
        f"every|each {_DAYS}; usually do; jeden {_TAGE}; cada lunes|martes|miércoles|jueves|viernes|sábado|domingo; "
        "hver mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|kveld|morgen; weekly; on mandager|tirsdager|onsdager; "
        "på mandager|tirsdager|onsdager|torsdager|fredager|lørdager|søndager"
    ),
    "doctor": (
        "family doctor; medical practice; see|go when ill|sick|unwell; hausärztin; meine ärztin; mi médica; legen min; "
        "doktor"
    ),
    "dentist": "fillings|filling|cavity|crown; teeth|tooth who|looks|look|checks|clean|cleans|check; zähne; dientes|muelas; tennene; zahnärztin",
    "works_at": (
        "pays|pay salary|wages|me; employs me; who|whom employed|work by|for; firm work|working|job; place work; "
        "firma arbeite|bin; bei wem arbeite; wer zahlt gehalt; wo angestellt; para quién|qué empresa trabajo; "
        "jobber for|hos; hvilket firma; where teach|nurse; "
        "which|what hospital|school|shop|restaurant|firm work|working|teach"
    ),
    "occupation": (
        "do for money; earn living|keep|crust|money how; day job; line work; kind|sort|type work|job; my role|position; "
        "job title; beruflich; womit verdiene; oficio; en qué trabajo; hva jobber med; gjør til daglig; work do|as; "
        "employed as; a qué dedico; als was arbeite"
    ),
    "office": "where sit at work; which|what floor|building work|desk|office; büro; despacho|oficina; kontor; my desk",
    "manager": (
        "line manager; team lead|leader; answer to who|whom; in charge of me; vorgesetzte|vorgesetzter|vorgesetzten; "
        "leder|lederen; superior; head of my; runs my team"
    ),
    "colleague": (
        "who on|in team; work alongside|with; teammate|teammates|workmate|workmates; sits|sit opposite|next who; my staff; kolleginnen; "
        "compañero|compañeros|compañera trabajo; kollegaer|kollegaene|kollegaen"
    ),
    "work_schedule": (
        "finish|start|begin work|working when|time; off work; roster|rota; clock off|in|on; knock off; schedule at|work; "
        "schicht|schichten|dienstplan; wann arbeite; cuándo trabajo; vakt|vakter|vaktene"
    ),
    "work_mode": (
        "go into office; on-site; on site; from_home days|mostly; which|what days office; zu hause arbeite; zuhause arbeite; desde casa; "
        "hjemmefra; telecommute"
    ),
    "work_project": (
        "busy with at|for work; an welchem projekt; projekt|projekte; qué proyecto; prosjektet|prosjekter; "
        "on my plate at work"
    ),
    "salary": (
        "earn|make|earning month|year|annum|hour; take home pay|how; paycheck|paycheque|wages|wage; bring home; cobro; "
        "cuánto gano; hvor mye tjener; wieviel verdiene"
    ),
    "studies": (
        "degree doing|pursuing|course; subject uni|university|study|reading; fach|studiengang|studium; carrera estudio; "
        "studiet|studerer"
    ),
    "studies_at": (
        "enrolled; campus; hochschule|uni|universität studiere|bin; universidad|facultad; "
        "universitet|universitetet|høgskole studerer; studerer hvor; studying where"
    ),
    "degree": (
        "graduate|graduated in|with; bachelor|bachelor's|master|master's|masters|phd in|have; titulación; "
        "utdanning|utdannelse"
    ),
    "learning": (
        "taking|take lessons|classes|course; picking up; teaching myself; trying to learn; lessons in|taking; "
        "lerne gerade; clases de; tar kurs; new skill"
    ),
    "skill": "talent|talents; able to; know how to; what can i do",
    "licence": "permit for|have; allowed drive|operate|fly|sail|ride; certified; licensed; qualified to",
    "partner": (
        "who am|was with; who together with; who seeing|love|loving; love of my life; better|other half; significant other; engaged|married to who|whom; "
        "go|going out with; verlobt|verheiratet|zusammen mit wem; con quién casado|casada|salgo; gift|sammen med hvem; "
        "kjæresten|samboeren|kona|mannen; mein|meine verlobte|verlobter|partner|partnerin|ehemann|ehefrau; "
        "kone|ektemann; prometido|prometida"
    ),
    "relationship_status": (
        "single or; in a relationship; seeing anyone|someone|anybody; divorced; widowed|widow|widower; "
        "beziehungsstatus|familienstand; ledig|vergeben; estado civil; sivilstatus; forlovet|skilt; spoken for"
    ),
    "anniversary": (
        "tie|tied knot; wedding when|date|day|year; when got|get married; wann geheiratet; cuándo casé|casamos|casado; "
        "når giftet; jahrestag; how long married"
    ),
    "child": (
        "little one|ones; how many kids|children|sons|daughters; am parent|mum|mom|dad|father|mother; "
        "kinder namen|heißen|habe; mein kind; hijos cómo|llaman|tengo; niños mis; barna heter|har; "
        "children's|kids|daughters|sons names|called"
    ),
    "school": (
        "kid's|son's|daughter's|children's school|nursery|teacher; daycare|creche|crèche; kita|kindergarten; "
        "schule sohn|tochter|kind|geht; guardería; barnehage|barnehagen; skolen"
    ),
    "parent": "parents names|called; mamma|pappa; mutter|vater heißt; eltern heißen; mamá|papá; moren|faren; who raised me",
    "sibling": (
        "brothers sisters; only child; my twin; brüder|schwestern; hermanos|hermanas tengo|mis; søsken; "
        "bror|søster min|har"
    ),
    "relative": (
        "grandparents|grandad|granddad|nana; aunts|uncles|nephews|nieces; großmutter|großvater; "
        "sobrino|sobrina|abuelos|tíos; besteforeldre|mormor|farmor|morfar|farfar|nevø|niese; neffe|nichte"
    ),
    "in_law": (
        "wife's|husband's|partner's|girlfriend's|boyfriend's parents|mother|father|mum|mom|dad|sister|brother|family; "
        "schwiegereltern; suegros; svigerforeldre"
    ),
    "ex_partner": (
        "used to date|be with|be married; former wife|husband|girlfriend|boyfriend; "
        "ex wife|husband|girlfriend|boyfriend; exfrau|exmann|ex-freund|ex-freundin|exfreund|exfreundin; "
        "exnovio|exnovia|exmarido|exmujer; eksen|ekskona|eksmannen"
    ),
    "friend": (
        "pal|pals; buddies|mates; closest to; hang out with; beste|bester|besten freund|freundin; kumpel; "
        "amigo|amiga|amigas mejor|mi|mis; venn|venner|bestevenn|bestevenninne|kompis|venninne"
    ),
    "pet": (
        f"my {_PETS}; {_PETS} called|name|named; critters|creatures; furry; four-legged; hund|katze|kater|hamster heißt; "
        "mascota|mascotas; kjæledyr|dyr har; hunden|katten|katta heter; perro|gato|perra|gata llama"
    ),
    "species": "what breed; rase; what kind|type|sort dog|cat|bird; welche rasse",
    "vet": (
        "take dog|cat|rabbit|horse|pet|animals where|when|to; dog|cat|pet ill|sick; animal doctor; tierärztin; "
        "veterinaria; dyrlegen"
    ),
    "allergic_to": (
        "react|reaction to; vertrage nicht; tåler ikke jeg; makes|make me sneeze|wheeze|swell; nut|food allergies; "
        "intolerancia|intolerancias"
    ),
    "has_condition": (
        "suffer|suffering from; chronic; health condition|issue|issues|problem|problems; leide an; padezco; lider av; "
        "diagnosticado; diagnostiziert; wrong with me; ailment"
    ),
    "takes_medication": (
        "prescription|prescriptions|prescribed; tablets|tablet take|taking; nehme ein|tabletten; "
        "tomo pastillas|medicinas; tabletter; my dose|dosage|tablets; drugs take|on"
    ),
    "injury": "hurt;  sprained|twisted|tore|torn|pulled; fracture|fractured; gebrochen; rompí|lesioné; brakk|skadet",
    "therapist": "therapy|counselling|counseling; shrink; psicólogo|psicóloga; terapeuten|psykologen; psychologin|psychologe",
    "due_date": (
        "expecting when|baby; give birth; baby|child arrive|arrives|come|coming|due; entbindung; parto; dar luz; "
        "skal føde"
    ),
    "smokes": "fume; a smoker; røyke; rauchen",
    "diet": (
        "eat meat|dairy|fish; eating habits; way i eat; what|how eat; ernähre mich; esse fleisch; como carne; "
        "spiser kjøtt; kind food eat"
    ),
    "favourite_food": (
        "comfort food; favourite|favorite pizza|pasta|curry|cake|cheese|fruit|soup|breakfast|dinner|sweet; "
        "go-to meal|dish; dishes like|love; leibgericht|lieblingsgericht; esse gern|gerne|liebsten; plato favorito; "
        "gusta comer; favorittrett|livrett; liker å spise; crave"
    ),
    "avoids_food": (
        "won't|refuse|shouldn't eat|serve|touch food|eat; leave out cook|cooking|food; not cook|serve me; "
        "food stay away; was esse nicht; qué no como; hva spiser ikke"
    ),
    "favourite_drink": (
        "order at|in cafe|café|bar|pub|starbucks; coffee|tea take|like|drink how; tipple; buy me drink; "
        "am liebsten trinke; trinke gern|gerne; bebo; drikke|drikker; yndlingsdrikk"
    ),
    "likes": "fond of; keen on; am into; what gefällt mir; glad i",
    "dislikes": "can't|cannot bear|abide; nerves; don't enjoy; no soporto; nicht leiden; what annoys me; pet peeve|peeves",
    "hobby": (
        "leisure|pastime; pass the time; unwind; weekends for fun|pleasure; hobbys|freizeit; pasatiempo|pasatiempos; "
        "tiempo libre; hobbyen|hobbyer|hobbyene|fritiden|fritida; what collect; collect what"
    ),
    "sport": (
        "exercise do|get; sport treibe|mache; qué deporte; idretten|idretter; martial art; keep fit; stay in shape; "
        "trener jeg; play for fun team"
    ),
    "plays_instrument": "musical instrument; instrument spiele; instrumento toco; qué toco; hvilket instrument; make music; play music",
    "supports_team": (
        "root|rooting for; cheer|cheering for|on; barrack for; side|club|team follow|support|love|fan; my team; "
        "supporter; hincha; welchen|welcher verein|mannschaft; heier på; fan von; fan de"
    ),
    "favourite_music": (
        "listen to what|usually|music; which|what band|singer|genre|artist; höre gern|musik; escucho; hører på; "
        "lieblingsmusik|lieblingssänger|lieblingssängerin; favorittband; playlist"
    ),
    "favourite_film": (
        "film|movie|series|show love|like|best; serie favorita; lieblingsserie|lieblingsfilm; "
        "favorittfilm|favorittserie; rewatch"
    ),
    "favourite_book": (
        "book|author|poet|writer love|like best; favourite|favorite poet|poem|poetry|story; "
        "autor|autora favorito|favorita; lieblingsautor|lieblingsautorin; favorittbok|favorittforfatter"
    ),
    "favourite_colour": "colour|color like|love|prefer|best|paint; welche farbe; qué color; hvilken farge",
    "reading": (
        "on nightstand|bedside; bedside table; novel|book go|nightstand|bedside|got|halfway|middle|started|into; novel|book on right|now|currently; buch lese; "
        "libro leo|leyendo; bok|boka leser; page-turner"
    ),
    "member_of": (
        "part of which|what|club|group|team|band; belong to; sing with|where; ehrenamt|ehrenamtlich; pertenezco; "
        "voluntario|voluntaria; kor|korps|klubb|forening; frivillig; good cause; give my time"
    ),
    "drives": (
        "make|model car|vehicle; my motorcycle|scooter|wheels|vehicle|ride; auto fahre|habe; welches auto; "
        "qué coche|carro|moto; hvilken bil; bil har; coche tengo|conduzco; behind wheel; kind|sort car"
    ),
    "owns": "possess; was besitze; eier",
    "uses_device": (
        "read e-books|ebooks; type|browse on; my phone|laptop|computer|camera|tablet|smartphone; kind|sort|make phone|laptop|computer|camera; smartphone; "
        "welches handy|telefon|laptop; qué móvil|teléfono|ordenador; hvilken mobil|telefon|pc; "
        "take photos|pictures with"
    ),
    "uses_software": (
        "use to write|edit|code|draw; betriebssystem; navegador; sistema operativo; operativsystem; "
        "welchen browser|editor; tool use"
    ),
    "subscription": (
        "pay monthly|month for what; signed up for; streaming; memberships|membership pay; abonniere|abos; "
        "suscrito|suscrita|suscripciones; abonnerer"
    ),
    "insurance": (
        "who|what cover|covers my|our; cover house|flat|pet|travel|dog|teeth; insured; "
        "cover|coverage|policy car|home|health|life; versichert; asegurado|asegurada|aseguradora; "
        "forsikret|forsikringsselskap"
    ),
    "bank": (
        "keep|put|stash money|savings|cash; account with|at; money kept|with; konto; cuenta tengo|banco; banken min; "
        "girokonto; bank bin|bruker"
    ),
    "rent": (
        "place|home|rent cost|costs me|us|month; pay landlord|landlady|month flat|house|apartment|room|each|every|live; "
        "flat|apartment|house|room cost|costs month; miete zahle; alquiler pago; betaler husleie|leie|bo; "
        "monthly payment house|flat"
    ),
    "debt": "pay|paying back|off; borrowed|borrow; in debt; student loan; abbezahlen; kredit|kredite; préstamo; lån",
    "saves_for": "putting|put|set money|cash aside|away; sparen|spare; ahorro|ahorrar; sparer til; piggy bank",
    "religion": "believe in; pray|worship; glaube|gläubig; creencia|creyente; tror på; denomination; which|what church|god",
    "politics": "political party; election|elections; partei|wähle; stemme på; left or right; lean politically",
    "goal": (
        "aiming|aspire|aspiring for|to; bucket list; dream|dreams; resolution|resolutions; traum|träume; sueño|sueños; "
        "drøm|drømmer; some day want; hoping to; want to do someday"
    ),
    "plans_to": (
        "what happening on|this|next; scheduled; agenda; lined up; up to on|at|this|tonight|tomorrow; what's|what on calendar; "
        "vorhabe|vor|geplant habe; habe ich vor; tengo planeado|planes; planlagt; "
        "got on|planned tomorrow|today|tonight|weekend; going do"
    ),
    "trip": (
        "where did go|travel; where go|going|went on|in|for; getaway; abroad; off to where; heading|headed where; "
        "urlaub|verreise|fahre wohin; wohin; vacaciones|viajo|viajar; adónde|dónde voy|fui|viajo; "
        "ferie|reise|reiser|drar; hvor skal|dro"
    ),
    "appointment": (
        "meeting|meetings my|when|have; booked|booking; see doctor|dentist|vet|consultant when; checkup|check-up; citas; "
        "timen|time hos|tannlegen; termin wann; wann muss zum|zur"
    ),
    "deadline": (
        "by when|what; file by|taxes; last day to|for; hand in|over; submit|submitted when|by; finish by when; abgeben; entregar|entrega; levere|innlevering; "
        "wann fällig; has to be done"
    ),
    "did": (
        "get up to; what was doing; habe gemacht|passiert; was passiert; qué hice|pasó|hicimos; hva gjorde|skjedde; "
        "was happened"
    ),
    "visited": (
        "countries|cities|places been|seen|went; where went|travelled|traveled; wo war; "
        "dónde estuve|estuvimos|fui|fuimos; hvor var|vært; been to where|which|what"
    ),
    "bought": "kaufte; qué compré|compramos; hva kjøpte; spend|spent money on; splash out|splashed; get new; shopping",
    "achieved": (
        "accomplish|accomplished; proud of; geschafft|erreicht; conseguí|gané; klarte|oppnådde; medal|trophy|prize; "
        "which|what exam|race|award"
    ),
    "answer_language": "language talk|speak me; welcher sprache; qué idioma; hvilket språk svare",
    "units": "kilometres|kilometers or miles; miles or; pounds or; grams or",
    "code_language": (
        "what|which program|programme in; programming; write code in; code mostly|usually; programmiere|programmiersprache; programo; programmerer; "
        "coding"
    ),
}
# fmt: on
