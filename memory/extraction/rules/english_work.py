"""English: work, study and papers, and how a job begins and ends."""

from __future__ import annotations

import re

from memory.english import article_before
from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import ADVERBS, AM, HAVE, I_DID, MY, SELF, UPPER, WORKPLACE
from memory.extraction.rules.patterns import Pattern, pattern

_HALT = r"(?=\s*(?:$|[.,!;)]|\band\b|\bbut\b|\bso\b|\bsince\b|\bnow\b|\bat the moment\b|\bright now\b|\bthese days\b|\bbtw\b|\bfor\b))"


def _running(match: re.Match[str], clause: Clause) -> list[str]:
    """The trade of somebody who has a business of their own."""
    found = shapes.of_own(match, clause)
    return [f"runs {article_before(value)} {value}" for value in found]


def _at_now(match: re.Match[str], clause: Clause) -> list[str]:
    """Where somebody is, when it is work that they speak of: "I used to work at A, now I'm at B"."""
    is_now = re.match(r"\W*(?:and |but |so )*now\b", clause.text, re.IGNORECASE) or re.search(r"\bnow\b", match.group())
    worked = re.search(
        r"\b(?:i|we) (?:\w+ (?:to )?)?(?:worked|work)(?: as [\w ]+?)? (?:at|for)\b", clause.before, re.IGNORECASE
    )
    return shapes.organisation(match, clause) if is_now and worked else []


def _job_named(match: re.Match[str], clause: Clause) -> list[str]:
    """The employer that the sentence has named before: "as for Lidl, I don't work there any more"."""
    del match
    named = re.search(
        r"\b(?:at|for|about) (?P<v>(?-i:[A-ZÀ-ÞŁŚ])[\w'’\-]+(?: (?-i:[A-ZÀ-ÞŁŚ])[\w'’\-]+)*)", clause.before
    )
    return [named["v"]] if named else []


WORK: tuple[Pattern, ...] = (
    pattern("works_at", rf"{SELF}work (?:full[- ]time |part[- ]time |remotely )?(?:at|for) (?P<v>.+)", shapes.organisation, is_dated=True),
    pattern("works_at", r"\bi(?:['’]ve)? (?:just )?(?:got|landed|found) (?:a |the |my )?(?:new )?job (?:at|with) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.organisation, is_dated=True),
    pattern("works_at", rf"{AM}(?:working|employed) (?:full[- ]time |part[- ]time |remotely |freelance )?(?:at|for|by) (?P<v>.+)", shapes.organisation, is_dated=True),
    pattern("works_at", rf"\b(?:i|we)(?: have|['’]ve)? {ADVERBS}(?:joined|(?:started|begun|began)(?= (?:an? |my |work|job|at |with ))(?: (?:an? |my )?(?:new )?(?:job|work|working))?(?: at| with)?) (?!\w+ late\b|Zoom\b|Teams\b|Discord\b)(?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.organisation, is_dated=True),
    pattern("works_at", rf"{SELF}work as (?:an? |the )?[\w\- ]{{3,40}}? (?:at|for) (?P<v>.+)", shapes.organisation, is_dated=True),
    pattern("works_at", rf"{AM}at (?P<v>{UPPER}.+)", _at_now, is_dated=True),
    pattern("works_at", rf"{MY}(?:employer|company|new employer)(?: is|['’]s) (?P<v>.+)", shapes.organisation),
    pattern("works_at", rf"{AM}(?:an?|the) (?:[\w\-]+ ){{0,3}}?(?!student\b|undergrad\w*\b|pupil\b|freshman\b|sophomore\b|junior\b|senior\b|regular\b|member\b|customer\b|volunteer\b|patient\b)[\w\-]+ (?:at|for) (?P<v>(?-i:[A-ZÀ-ÞŁŚ]).+)", shapes.organisation),
    pattern("works_at", r"\bi (?:no longer work|don['’]?t work|used to work|quit working|stopped working) (?:at|for) (?P<v>.+?)(?: any ?more| any longer|$)", shapes.organisation, change="ends"),
    pattern("works_at", r"\bi never worked (?:at|for) (?P<v>.+)", shapes.organisation, change="negates"),
    pattern("occupation", rf"{SELF}work as (?:an? |the )?(?P<v>.+)", shapes.any_job, is_dated=True),
    pattern("occupation", rf"{SELF}work (?:at|for) [^,;.]{{2,40}}? as an? (?P<v>.+)", shapes.any_job),
    pattern("occupation", rf"{AM}(?:working as )?(?:an? )(?P<v>.+)", shapes.job),
    pattern("occupation", rf"{MY}(?:job|profession|occupation|trade)(?: is|['’]s) (?:being |to be )?(?:an? )?(?P<v>.+)", shapes.any_job),
    pattern("studies", rf"(?:{SELF}study|{AM}studying|{AM}majoring in|{SELF}major in) (?P<v>(?!at\b|for\b|abroad|hard).+?)(?= at | in my |$)", shapes.caught_thing, is_dated=True),
    pattern("studies_at", rf"(?:{SELF}study|{AM}studying)(?: \w+){{0,4}}? at (?P<v>.+)", shapes.organisation, is_dated=True ),
    pattern("work_mode", rf"{SELF}work (?P<v>from home|remotely|hybrid|on site|on-site)\b", shapes.whole),
    pattern("works_at", rf"{SELF}work (?:at|in|for) (?P<v>(?:an? |the )(?:[\w\-]+ ){{0,2}}{WORKPLACE})\b", shapes.whole),
    pattern("works_at", rf"(?:{SELF}(?:start|begin)|{AM}starting) (?:an? (?:new )?(?:job|position) )?(?:at|with) (?P<v>{UPPER}.+)", shapes.organisation, is_dated=True, lean="future"),
    pattern("works_at", rf"{I_DID}(?:been hired by|got an? (?:new )?job (?:at|with)|landed an? (?:new )?job (?:at|with)|accepted an offer from) (?P<v>{UPPER}.+)", shapes.organisation, is_dated=True),
    pattern("works_at", rf"{I_DID}(?:quit|left|leaving|resigned from|given up) (?:my job|my post|my position)(?: at| with)? (?P<v>{UPPER}.+)", shapes.organisation, change="ends", is_dated=True),
    pattern("works_at", rf"(?:{I_DID}(?:left|quit)|^\W*(?:so |well |and |finally |just ){{0,2}}(?:left|quit)) (?P<v>(?:the )?{UPPER}.+)", shapes.organisation, change="ends", is_dated=True, is_unsure=True),
    pattern("works_at", r"\bi (?:don['’]?t|do not) work there (?:any ?more|any longer)(?P<v>)", _job_named, change="ends", is_dated=True, is_unsure=True),
    pattern("works_at", rf"\bi (?:left|quit|resigned from) [^,;.]{{2,40}}? and (?:have )?(?:now )?(?:joined|started at|work at|moved to) (?P<v>{UPPER}.+)", shapes.organisation),
    pattern("works_at", rf"{I_DID}lost my (?:job|post|position) (?:at|with) (?P<v>{UPPER}.+)", shapes.organisation, change="ends", is_dated=True),
    pattern("works_at", rf"\bmy (?:contract|job|internship|placement) (?:at|with) (?P<v>{UPPER}[\w'’&]+(?: {UPPER}[\w'’&]+)*) (?:has )?(?:ended|finished|ran out|is over)\b", shapes.whole, change="ends", is_dated=True, is_unsure=True),
    pattern("occupation", rf"{HAVE}been (?:an? )(?P<v>[\w\- ]{{3,40}}?)(?= (?:for|since) )", shapes.job),
    pattern("occupation", rf"{AM}the (?P<v>[\w\- ]{{3,40}}?)(?= at (?-i:[A-Z]))", shapes.job),
    pattern("occupation", rf"{SELF}work in (?P<v>(?-i:IT|HR|PR)|marketing|sales|finance|accounting|retail|construction|tech|advertising|publishing|logistics|hospitality|insurance|catering|education|health ?care|social care|engineering|recruitment|customer service)\b(?! (?:lessons?|class|books?))", shapes.whole),
    pattern("works_at", rf"{SELF}work (?:nights |days |shifts |part[- ]time |full[- ]time |weekends |evenings ){{1,2}}(?:at|in) (?P<v>(?:an? |the )(?:[\w\-]+ ){{0,2}}{WORKPLACE})\b", shapes.whole),
    pattern("works_at", rf"{I_DID}(?:resigned|retired) from (?P<v>{UPPER}.+)", shapes.organisation, change="ends", is_dated=True),
    pattern("works_at", rf"\bi (?:got|was|have been|['’]ve been) (?:(?:laid off|fired|made redundant) (?:from|by|at)|let go from) (?P<v>{UPPER}.+)", shapes.organisation, change="ends", is_dated=True),
    pattern("works_at", rf"{AM}(?:no longer|not) (?:with|employed (?:at|by)) (?P<v>{UPPER}.+?)(?: any ?more| any longer)?{_HALT}", shapes.organisation, change="ends"),
    pattern("occupation", rf"{AM}(?P<v>self[- ]employed|freelancing|retired|unemployed|out of work|between jobs|on parental leave|on maternity leave|on paternity leave|on sick leave){_HALT}", shapes.whole),
    pattern("occupation", r"\bi (?:just |finally |recently )?(?P<v>retired)(?= (?:last|in|this|two|three|a|\d)|\s*(?:$|[.,!;]))", shapes.whole, is_dated=True),
    pattern("occupation", rf"{I_DID}(?:got |been |was )?(?:promoted|appointed) (?:to|as) (?P<v>.+)", shapes.one_thing, is_dated=True),
    pattern("occupation", rf"{SELF}(?:run|own) (?:an? |my own )(?P<v>(?:[\w\-]+ ){{0,2}}(?:bakery|café|cafe|restaurant|shop|business|company|farm|salon|studio|consultancy|brewery|hotel|bookshop|garage|barbershop|gallery|nursery|gym|pub|bar|agency|guesthouse|b&b|food truck|stall|workshop|vineyard|kennels|dance school|charity))\b", _running),
    pattern("work_schedule", rf"{SELF}work (?P<v>nights|night shifts|early shifts|late shifts|shifts|part[- ]time|full[- ]time|(?:from )?\d{{1,2}}(?::\d\d)?(?: ?[ap]m)? ?(?:to|till|until|-|–) ?\d{{1,2}}(?::\d\d)?(?: ?[ap]m)?|four days a week|three days a week)\b", shapes.whole),
    pattern("office", rf"{MY}office(?: is|['’]s) (?:on|in|at) (?P<v>{UPPER}.+)", shapes.one_thing),
    pattern("salary", rf"(?:{SELF}(?:earn|make)|{MY}salary is) (?:about |around |roughly )?(?P<v>(?:[€$£]\d[\d.,' ]*k?|\d[\d.,' ]*(?:k\b|(?:k )?(?:euros?|kroner|dollars|pounds|francs|€|\$|£)))(?: (?:a|per) (?:year|month|hour)| an hour)?)", shapes.whole),
    pattern("salary", rf"{SELF}earn (?:about |around |roughly )?(?P<v>\d[\d.,]*k? (?:an?|per) (?:year|month|hour|annum))\b", shapes.whole),
    pattern("salary", rf"{SELF}make (?:about |around |roughly )?(?P<v>(?:\d{{1,3}}k|\d{{1,3}}[.,]\d{{3}}) (?:an?|per) (?:year|month|annum))\b", shapes.whole),
    pattern("degree", rf"{HAVE}(?:an? |my )(?P<v>(?:master['’]?s|bachelor['’]?s|phd|doctorate|degree|diploma|mba)(?: degree)? in [\w\- ]+?)(?= (?:from|at|and (?:an?|my|i|two|three|live|work))\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("achieved", rf"{I_DID}(?P<v>graduated from {UPPER}[\w'’\-]+(?: {UPPER}[\w'’\-]+)*)", shapes.whole, is_dated=True),
    pattern("licence", rf"{HAVE}(?:an? |my )(?P<v>(?:[\w\-]+ )?(?:licence|license|diving certificate|first[- ]aid certificate))(?= (?:and|but|since|for)\b|\s*(?:$|[.,!;]))", shapes.whole),
    pattern("licence", r"\bi (?:just |finally )?(?:got|passed|have got) my (?P<v>(?:driving|pilot['’]?s|boat|fishing|hunting|motorcycle|driver['’]?s) (?:licence|license))\b", shapes.whole, is_dated=True),
)  # fmt: skip
