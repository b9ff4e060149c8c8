"""Which proper names are those of sports teams, so that a fan of theirs supports them, and a fan of anything else likes it."""

from __future__ import annotations

import re

from memory.extraction.rules.words import word_set

_ENDS = word_set(
    "united utd city town rovers wanderers athletic albion hotspur villa fc afc cf sc county rangers celtic wednesday forest palace dynamo real sporting orient argyle alexandra stanley"
)
# North American leagues, football, cricket, rugby and Australian rules.
_NICKNAMES = word_set(
    "sox celtics bulls lakers knicks nets warriors clippers kings suns spurs mavericks mavs rockets grizzlies pelicans hawks hornets heat magic wizards cavaliers cavs pistons pacers bucks raptors"
    " 76ers sixers nuggets timberwolves thunder blazers jazz yankees mets cubs dodgers giants padres athletics mariners angels rangers astros royals twins brewers cardinals pirates reds phillies"
    " braves marlins nationals orioles rays tigers guardians rockies diamondbacks patriots jets dolphins bills steelers ravens bengals browns texans colts jaguars titans chiefs chargers raiders"
    " broncos cowboys eagles commanders bears packers vikings lions falcons panthers saints buccaneers bucs seahawks 49ers niners rams bruins canadiens habs leafs senators sabres islanders devils"
    " flyers penguins capitals hurricanes lightning predators blackhawks avalanche oilers flames canucks kraken sharks ducks"
    " arsenal chelsea liverpool everton fulham brentford burnley watford norwich southampton sunderland millwall barnsley wrexham swansea cardiff hearts hibs celtic barcelona barça barca"
    " juventus juve inter milan roma napoli lazio ajax feyenoord psv benfica porto bayern bvb schalke werder hertha stuttgart freiburg rosenborg brann vålerenga lillestrøm viking molde betis"
    " sevilla valencia villarreal atlético boca galatasaray fenerbahçe beşiktaş"
    " wolves villa hammers gunners toffees pompey boro leeds newcastle leicester derby bolton blackburn middlesbrough ipswich coventry portsmouth stoke preston wigan luton aberdeen dundee kilmarnock hibernian"
    " collingwood carlton richmond essendon fremantle storm eels bulldogs broncos harlequins quins dortmund leverkusen gladbach köln hsv union hansa dynamo buckeyes longhorns wolverines gators badgers hokies"
    " rabbitohs roosters magpies swans crows saracens wasps munster leinster"
)


def is_team(name: str) -> bool:
    """Whether `name`, as in "a … fan", is a team's."""
    words = name.casefold().split()
    return bool(words) and (
        words[-1] in _NICKNAMES or words[0] in _NICKNAMES or (len(words) > 1 and words[-1] in _ENDS)
    )


_SHORT = frozenset(
    [
        "man city",
        "man united",
        "man utd",
        "west ham",
        "west brom",
        "nottingham forest",
        "aston villa",
        "crystal palace",
        "hull city",
    ]
)
# In small letters these are words: a jazz fan, a magic fan.
_WORDS = word_set(
    "jazz magic heat thunder lightning kings queens angels saints royals tigers wild rockets avalanche hurricanes flames stars jets bears lions eagles ravens giants dolphins sharks penguins ducks hawks hornets bulls suns nets wasps crows swans"
    " magpies roosters rabbitohs falcons panthers bulls rams colts cowboys vikings pirates cardinals reds rangers raiders saints titans devils islanders capitals senators guardians twins rays brewers braves nationals nuggets wizards warriors"
    " spurs storm eels bulldogs union dynamo forest palace richmond carlton preston stoke luton wigan derby badgers gators hammers mercury milan roma valencia sevilla porto viking brann inter real boca norwich southampton chelsea liverpool"
)
_IN_SMALL = word_set("arsenal chelsea liverpool everton spurs norwich southampton preston stoke luton wigan derby")


def team_in(words: str) -> str:
    """The team that `words` begin with, its name in capitals; empty if they name none. In small letters only what is no word of another meaning."""
    value = re.sub(r"^the ", "", words.strip(), flags=re.IGNORECASE)
    said = value.split()
    if said and said[0][:1].isupper():
        said = said[
            : next((at for at, word in enumerate(said) if not (word[:1].isupper() or word[:1].isdigit())), len(said))
        ]
        name = " ".join(said)
        return name if is_team(name) or name.casefold() in _SHORT else ""
    for length in range(min(3, len(said)), 0, -1):
        low = " ".join(said[:length]).casefold()
        last = said[length - 1].casefold()
        is_name = last in _ENDS if length > 1 else last in _NICKNAMES and (last not in _WORDS or low in _IN_SMALL)
        if low in _SHORT or (is_name and (length == 1 or said[0].casefold() not in _ARTICLES)):
            return " ".join(word.capitalize() for word in low.split())
    return ""


_ARTICLES = word_set("a an my our your his her this that any every some local no new old small big")
