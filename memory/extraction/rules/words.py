"""Word lists for the rules: what is a job, a diet, a language, and what is no name."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, parted by blanks."""
    return frozenset(text.split())


# The last word of a job: "senior software engineer".
JOBS = word_set(
    "accountant actor actress actuary administrator agent agronomist analyst anaesthetist animator anthropologist apprentice archaeologist architect archivist artist assistant astronomer athlete"
    " attorney auditor author baker banker barber barista barrister bartender beekeeper biologist blacksmith boatbuilder bookbinder bookkeeper bookseller botanist brewer bricklayer broker builder"
    " butcher buyer cabinetmaker captain cardiologist carer caretaker carpenter cartographer cashier caterer cellist chauffeur chef chemist choreographer civil-servant cleaner clerk climatologist"
    " coach coder columnist comedian composer conductor conservator consultant contractor cook copywriter coroner counsellor counselor courier curator dancer dealer decorator dentist dermatologist"
    " designer detective developer dietician dietitian director dj docker doctor driver economist editor electrician engineer entrepreneur epidemiologist estate-agent farmer farrier filmmaker"
    " firefighter fisherman florist forester gardener geographer geologist glazier goldsmith graphic-designer guard guide hairdresser headteacher historian housekeeper illustrator inspector"
    " instructor intern interpreter investigator investor janitor jeweller jeweler joiner journalist judge laborer labourer landscaper lawyer lecturer librarian lifeguard linguist locksmith"
    " logistician luthier machinist magistrate maid manager marketer mason massage-therapist mathematician mechanic mediator meteorologist metalworker midwife miller miner model musician nanny"
    " neurologist neuroscientist notary novelist nurse nutritionist officer operator optician optometrist orthodontist painter paralegal paramedic pastor pathologist pediatrician pharmacist"
    " philosopher photographer physician physicist physio physiotherapist pianist pilot plasterer plumber poet policeman policewoman politician postdoc postman potter priest principal printer"
    " producer professor programmer prosecutor psychiatrist psychologist psychotherapist publisher radiographer radiologist realtor receptionist recruiter reporter researcher restorer roofer"
    " sailor salesman salesperson saleswoman scientist sculptor secretary sheriff shepherd shipwright shoemaker singer social-worker sociologist soldier solicitor sommelier statistician steward"
    " stewardess stockbroker storyteller strategist student surgeon surveyor tailor teacher technician teacher tester therapist tiler toolmaker trader trainee trainer translator treasurer trucker"
    " tutor undertaker upholsterer urologist vet veterinarian violinist waiter waitress warehouseman watchmaker weaver welder woodworker worker writer zookeeper zoologist dev sysadmin devops"
    " sparky brickie chippy postie tradie copper therapist academic engineer ceo cto cfo gp rn cna mp barman ranger beautician sonographer phlebotomist hygienist actuary cobbler fitter pipefitter steamfitter rigger scaffolder turner milliner bricklayer paver thatcher ploughman milkman postman fireman fishmonger greengrocer newsagent bookie croupier auctioneer valuer appraiser estimator dispatcher analyst underwriter bailiff usher puppeteer busker organist percussionist drummer guitarist bassist flautist trumpeter conductor cantor rabbi imam vicar chaplain deacon curate missionary diplomat ambassador attaché consul mayor councillor senator lobbyist campaigner fundraiser trader hedger diver stuntman stuntwoman cameraman camerawoman gaffer projectionist typesetter proofreader copyeditor subeditor archivist registrar bursar provost dean proctor invigilator examiner crossing-guard childminder au-pair doula sonographer radiotherapist chiropractor osteopath acupuncturist podiatrist audiologist optician dental-nurse embalmer gravedigger stonemason plumber's-mate labourer navvy groundsman groundskeeper greenkeeper gamekeeper stockman herdsman drover jockey stablehand shearer cooper wheelwright saddler glassblower silversmith engraver embroiderer dressmaker seamstress lacemaker bookmaker signwriter decorator upholsterer carpet-fitter window-cleaner chimney-sweep dustman binman crane-operator signalman stoker bosun deckhand purser skipper steersman navigator air-traffic-controller loader packer picker merchandiser cashier bagger barback bouncer doorman concierge porter bellhop chambermaid tanner vintner winemaker cheesemaker chocolatier sushi-chef pâtissier baker"
)
NO_JOBS = word_set(
    "fan lover person human being man woman guy girl boy mess wreck fool idiot bit lot morning night vegetarian vegan ghost monster disaster pro noob beginner newbie parent mum mom dad mother father"
)
DIETS = word_set(
    "vegan vegetarian veggie pescatarian pescetarian flexitarian keto paleo halal kosher omnivore fruitarian plant-based gluten-free dairy-free lactose-free low-carb carnivore jain"
    " vegetarisch vegetarier vegetarierin veganer veganerin vegano vegana vegetariano vegetariana vegetarianer veganer pescetarianer pescetarier pescetarierin flexitarier flexitarierin"
)
LANGUAGES = word_set(
    "english german spanish french italian portuguese dutch norwegian swedish danish finnish icelandic russian ukrainian polish czech slovak hungarian romanian bulgarian serbian croatian bosnian"
    " slovenian greek turkish arabic hebrew persian farsi urdu hindi bengali punjabi tamil telugu malayalam kannada marathi gujarati sinhala nepali thai vietnamese khmer lao burmese indonesian"
    " malay tagalog filipino chinese mandarin cantonese japanese korean mongolian swahili yoruba igbo hausa zulu xhosa amharic somali afrikaans welsh irish gaelic breton basque catalan galician"
    " latvian lithuanian estonian albanian macedonian maltese luxembourgish latin esperanto armenian georgian azeri kazakh uzbek pashto kurdish quechua hawaiian maori māori samoan lingala wolof twi sami faroese greenlandic navajo cherokee cree inuktitut tigrinya oromo yiddish romani hmong ilocano cebuano sicilian flemish frisian shona kinyarwanda dari tibetan uyghur tajik fijian tongan"
    " deutsch englisch französisch spanisch italienisch russisch türkisch polnisch norwegisch schwedisch dänisch arabisch chinesisch japanisch inglés alemán francés español italiano portugués ruso"
    " chino japonés catalán gallego euskera vasco árabe polaco rumano sueco noruego katalanisch griechisch ungarisch tschechisch niederländisch ukrainisch samisk islandsk nederlandsk polsk ukrainsk engelsk tysk fransk spansk italiensk norsk svensk dansk finsk russisk arabisk"
)
NATIONALITIES = word_set(
    "american british english scottish welsh irish canadian australian german austrian swiss french spanish italian portuguese dutch belgian norwegian swedish danish finnish icelandic russian"
    " ukrainian polish czech slovak hungarian romanian bulgarian serbian croatian bosnian slovenian greek turkish egyptian moroccan tunisian algerian nigerian kenyan ghanaian ethiopian somali"
    " iranian persian iraqi syrian lebanese israeli palestinian jordanian saudi emirati pakistani indian bangladeshi nepali thai vietnamese cambodian indonesian malaysian singaporean filipino"
    " filipina chinese taiwanese japanese korean mongolian mexican brazilian argentinian argentine chilean peruvian colombian venezuelan cuban jamaican haitian dominican estonian latvian"
    " lithuanian albanian maltese cypriot armenian georgian kazakh afghan african european asian latino latina scandinavian kiwi"
)
FAITHS = word_set(
    "catholic christian protestant lutheran anglican baptist methodist quaker mormon orthodox muslim sunni shia jewish hindu buddhist sikh jain atheist agnostic pagan wiccan bahai"
)
# What follows "I'm" with a capital and is nobody's name.
NO_NAMES = (
    NATIONALITIES
    | (LANGUAGES - {"shona", "sami"})
    | FAITHS
    | DIETS
    | word_set(
        "i all ok okay so not just very really in at on a an the from also still now here back done sorry sure fine good great happy sad tired ill sick bored busy lost stuck late early home off out up down new"
        " old hungry thirsty afraid glad looking trying going working using thinking feeling getting having doing making wondering monday tuesday wednesday thursday friday saturday sunday january"
        " february march april may june july august september october november december lol omg yes no gay bi straight trans single married divorced dead yours mine"
        " being curious confused interested excited nervous stressed pregnant unemployed retired self-employed freelance aware ready calling writing asking"
        " later tomorrow tonight soon again anytime whenever maybe crazy stupid naive dumb silly weird paranoid lazy mad nuts sceptical skeptical picky"
    )
)
# What names a side, a figure or a thing rather than a person, wherever it stands in a name.
NO_PEOPLE = word_set(
    "team batman superman spiderman spider-man groot gollum gandalf sherlock hulk yoda shrek neo spartacus santa god jesus satan iron-man ironman legend legion"
    " generation gen type plan version option grade level number android iphone windows linux mac"
)
# What an answer at the ballot or a plan is called; no party and no place.
NO_PROPER = word_set("yes no option plan version phase step part chapter level stage team")
SPORTS = word_set(
    "football soccer basketball baseball softball tennis badminton squash padel pickleball volleyball handball hockey rugby cricket golf lacrosse netball floorball ultimate frisbee fussball water-polo snooker"
    " darts bowls pool table-tennis ping-pong fußball handball volleyball fútbol baloncesto tenis fotball håndball"
)
# Games that one plays as a pastime.
GAMES = word_set(
    "chess backgammon bridge poker scrabble go checkers draughts mahjong rummy cribbage dominoes whist canasta"
    " schach skat doppelkopf backgammon rommé halma go bridge poker ajedrez dominó parchís póker póquer mus damas sjakk kabal yatzy"
)
INSTRUMENTS = word_set(
    "guitar piano violin viola cello bass drums flute clarinet oboe bassoon saxophone sax trumpet trombone tuba horn harp accordion banjo mandolin ukulele organ keyboard keyboards recorder fiddle"
    " harmonica sitar tabla djembe bagpipes lute bouzouki balalaika erhu koto shamisen hardanger-fiddle hurdy-gurdy gitarre klavier geige schlagzeug flöte guitarra violín batería saxofon saxophon klarinette trompete posaune bratsche querflöte blockflöte cello akkordeon orgel harfe flauta saxofón trompeta clarinete violonchelo acordeón gitar fiolin trommer fløyte trekkspill bratsj klarinett trompet kontrabass hardingfele"
)
HOMES = {
    "flat": "flat",
    "apartment": "apartment",
    "house": "house",
    "houseboat": "houseboat",
    "studio": "studio",
    "bungalow": "bungalow",
    "cottage": "cottage",
    "farm": "farm",
    "caravan": "caravan",
    "van": "van",
    "condo": "condo",
    "townhouse": "townhouse",
    "penthouse": "penthouse",
    "loft": "loft",
    "dorm": "dorm",
    "bedsit": "bedsit",
    "terrace": "terrace",
}
STATUSES = {
    "married": "married",
    "single": "single",
    "divorced": "divorced",
    "engaged": "engaged",
    "widowed": "widowed",
    "separated": "separated",
    "verheiratet": "married",
    "geschieden": "divorced",
    "verlobt": "engaged",
    "casado": "married",
    "casada": "married",
    "soltero": "single",
    "soltera": "single",
    "divorciado": "divorced",
    "divorciada": "divorced",
    "gift": "married",
    "forlovet": "engaged",
    "skilt": "divorced",
    "singel": "single",
}
FAVOURITES = {
    "colour": "favourite_colour",
    "color": "favourite_colour",
    "food": "favourite_food",
    "dish": "favourite_food",
    "meal": "favourite_food",
    "dessert": "favourite_food",
    "snack": "favourite_food",
    "cuisine": "favourite_food",
    "pizza": "favourite_food",
    "drink": "favourite_drink",
    "coffee": "favourite_drink",
    "tea": "favourite_drink",
    "beer": "favourite_drink",
    "wine": "favourite_drink",
    "band": "favourite_music",
    "music": "favourite_music",
    "singer": "favourite_music",
    "song": "favourite_music",
    "album": "favourite_music",
    "artist": "favourite_music",
    "composer": "favourite_music",
    "genre": "favourite_music",
    "film": "favourite_film",
    "movie": "favourite_film",
    "series": "favourite_film",
    "show": "favourite_film",
    "book": "favourite_book",
    "novel": "favourite_book",
    "author": "favourite_book",
    "writer": "favourite_book",
    "team": "supports_team",
    "club": "supports_team",
    "café": "local_favourite",
    "cafe": "local_favourite",
    "restaurant": "local_favourite",
    "pub": "local_favourite",
    "bar": "local_favourite",
    "bakery": "local_favourite",
}
FAVOURITES["programming language"] = "code_language"
# What stands after "in" like a place and is none.
NO_PLACES = word_set(
    "a an the my our your his her fear peace hope denial sin luxury poverty pain constant this"
    " that here there town london's it one two shared student total complete ein eine einem einer un una"
    " en et casa piso hus leilighet angst frieden python javascript typescript kotlin linux windows ubuntu postgres django react"
    " vim emacs trash bed work school court nowhere everywhere mordor hogwarts narnia wonderland neverland gotham westeros excel slack zoom figma photoshop notion outlook gmail discord twitter instagram tiktok minecraft"
    " freude harmonie angst armut luxus scheidung trennung stress sünde ungewissheit stille einsamkeit saus jogginghosen jogginghose dreck hoffnung sorge furcht"
    " paz armonía miedo pecado pijama pijamas chándal pobreza soledad pareja familia alquiler fred frykt luksus fattigdom joggebukse pysj kaos håp synd"
)
# The same in small letters, where nothing tells a place from a thing.
NO_SMALL_PLACES = NO_PLACES | word_set(
    "pyjamas pajamas pjs leggings hoodies hoodie jeans sweatpants sweats joggers trainers sneakers boots slippers socks shorts dresses trousers scrubs tracksuits flannel hiking uniform denim wool lycra spandex crocs"
    " chaos squalor harmony misery agony ignorance exile isolation solitude secrecy silence darkness limbo hell heaven paradise bliss comfort dread terror anticipation regret shame debt style moderation reality"
    " fantasy memory memories dreams nature dirt mud filth peril danger captivity sobriety gratitude faith song colour color technicolor black"
    " hotels hotel airports trains tents hostels motels car cars flat flats house houses apartment apartments dorm dorms halls caravan van tent hostel barracks suburbia town towns country city cities village villages woods forest mountains desert"
    " tea coffee carbs cheese chocolate"
)
