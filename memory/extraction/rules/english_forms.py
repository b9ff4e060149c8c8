"""Small words that English patterns share."""

from __future__ import annotations

ADVERBS = r"(?:(?:also|now|currently|still|actually|just|really|basically|mostly|usually|officially|already|recently|always|absolutely|both|all|proudly|happily|finally|only|do|truly|totally|kinda|quite|secretly|genuinely|honestly|lowkey|seriously|literally|sincerely) )*"
SELF = rf"\b(?:i|we) {ADVERBS}"
AM = rf"\b(?:i['’]?m|i am|we['’]?re|we are) {ADVERBS}"
HAVE = rf"\b(?:i|we)(?:['’]?ve| have)?(?: got)? {ADVERBS}"
MY = r"\b(?:my|our) "
OLDER = r"(?:(?:older|younger|elder|big|little|twin|best|dear|late|new|current|lovely|good|old|other|eldest|youngest|only|middle|baby|first|second|step|half) |(?:step|half|foster)-?)*"
COUNT = r"(?:a|an|one|two|three|four|five|six|\d+)"
I_DID = r"\bi(?:['’]ve| have)? (?:just |recently |finally )?"
WE_DID = r"\b(?:i|we)(?:['’]ve| have)? (?:just |recently |finally )?"
UPPER = r"(?-i:[A-ZÀ-ÞŁŚ])"
BRAND = r"(?-i:(?:Tesla|Volvo|Saab|Audi|BMW|Mercedes(?:-Benz)?|Opel|Vauxhall|Ford|Toyota|Honda|Mazda|Nissan|Subaru|Suzuki|Mitsubishi|Hyundai|Kia|Skoda|Škoda|Seat|Cupra|Volkswagen|VW|Golf|Polo|Passat|Beetle|Fiat|Alfa Romeo|Lancia|Peugeot|Renault|Citroën|Citroen|Dacia|Mini|Jaguar|Land Rover|Range Rover|Porsche|Ferrari|Jeep|Chevrolet|Chevy|Dodge|Buick|Cadillac|Chrysler|Lexus|Polestar|BYD|MG|GMC|Vespa|Yamaha|Kawasaki|Ducati|Triumph|Harley(?:-Davidson)?))"
WORKPLACE = (
    r"(?:hospital|school|kindergarten|nursery|university|library|bank|bakery|café|cafe|restaurant|hotel|museum|pharmacy|clinic|law firm|start-?up|brewery|farm|factory|garage|supermarket|gym|shipyard|newspaper|care home"
    r"|petrol station|gas station|warehouse|call cent(?:re|er)|pub|nursing home|laundrette|hair salon|food bank|surgery|prison|garden cent(?:re|er)|leisure cent(?:re|er)|sports cent(?:re|er)|community cent(?:re|er)|day cent(?:re|er)"
    r"|data cent(?:re|er)|charity(?: shop)?|(?:book|coffee|chip|bike|pet|toy|record|flower|antique|clothes|shoe|gift|butcher['’]?s|barber) ?shop|shop|deli|diner|bar|theatre|theater|cinema|zoo|aquarium|airport|lab|laboratory"
    r"|(?:accounting|accountancy|architecture|consulting|insurance|logistics|software|tech|construction|design|marketing) (?:firm|company|agency|practice|start-?up)|dental practice|gp practice|vet(?:['’]?s|erinary) (?:practice|clinic|surgery)|salon|spa|hospice"
    r"|(?:animal|homeless) shelter|stables|vineyard|orchard|sawmill|distillery|publisher|radio station|tv station|council|post office|embassy|police station|fire station|building site|(?:book|toy|pet|record|shoe|clothing|furniture|grocery|hardware|liquor|convenience|thrift|department|jewelry|jewellery|corner|craft|music) ?store|store|funeral home|retirement home|primary school|secondary school|high school)"
)
