"""English: how to be answered."""

from __future__ import annotations

import re

from memory.extraction.rules import shapes
from memory.extraction.rules.clauses import Clause
from memory.extraction.rules.english_forms import SELF
from memory.extraction.rules.patterns import Pattern, pattern
from memory.extraction.rules.values import tidy
from memory.extraction.rules.words import LANGUAGES

_INSTRUCT = r"(?:^|[,.!;]|\b(?:and|but|so|please|pls|always|now|then|also|just)\b)\s*(?:(?:please|pls|always|could you|can you|from now on|and|but|just|now|also|going forward|in future),? )*"
_TECH = r"(?:Python|Rust|Go|Java|JavaScript|TypeScript|Ruby|Kotlin|Swift|Scala|Haskell|Elixir|Julia|Perl|PHP|R|C|C\+\+|C#|Lua|Zig|OCaml|Clojure|SQL|Bash)(?![\w+#])"


def _short_style(match: re.Match[str], clause: Clause) -> list[str]:
    value = re.sub(
        r"\s*(?:from now on|from here on|going forward|in future|please|pls|thanks|thx|ok(?:ay)?|with me|to me|when you (?:can|answer)|every time|always).*$",
        "",
        match["v"],
        flags=re.IGNORECASE,
    )
    value = tidy(value)
    is_tongue = value.casefold() in LANGUAGES  # another rule's
    return [value] if value and not is_tongue and len(value.split()) <= 10 else []


def _without(match: re.Match[str], clause: Clause) -> list[str]:
    """What is not to be used: "no emojis"."""
    del clause
    return [f"no {match['v'].casefold()}"]


STYLES: tuple[Pattern, ...] = (
    pattern("answer_language", rf"{_INSTRUCT}(?:answer|reply|respond|speak|write|talk)(?: to me| me)?(?: always| only)? in (?P<v>[a-z]+)", shapes.one_language),
    pattern("answer_length", rf"{_INSTRUCT}(?:keep|make)(?: it| your (?:answers?|repl(?:y|ies)|responses?)| answers?| replies| responses| things)?(?: always)? (?P<v>short|brief|concise|long|detailed)\b", shapes.whole),
    pattern("answer_length", rf"{_INSTRUCT}(?:give me|i (?:prefer|want|like)) (?P<v>short|brief|concise|long|detailed) (?:answers|replies|responses)\b(?! (?:to|for|on|about)\b)", shapes.whole),
    pattern("answer_length", r"(?:^\W*|\b(?:can|may|should|please|just|to|and) )(?:(?:please|always|now|just|feel free to|you can|you may) )*(?:write|give(?: me)?|make|keep|prefer|send(?: me)?) (?:me )?(?P<v>longer|shorter|briefer|more detailed|short|brief|concise|detailed|long) (?:answers|replies|responses)\b(?! (?:to|for|on|about)\b)", shapes.whole),
    pattern("answer_length", r"(?:^\W*|\b(?:please|and|now) )(?:make|keep) (?:your |the |all )*(?:answers|replies|responses) (?:a (?:bit|little) |much )?(?P<v>longer|shorter|briefer|more detailed)\b", shapes.whole),
    pattern("answer_length", r"^\W*(?:please |pls |and )*(?P<v>short|brief|concise|shorter|longer|detailed) (?:answers|replies|responses)(?: only)?(?=,? (?:please|pls|from now on|always)\b|\s*(?:$|[.!]))", shapes.whole),
    pattern("answer_style", r"^\W*(?:please |pls |and )*(?P<v>(?:don['’]?t|do not) be (?:so|too) (?:formal|informal|casual|polite|chatty|wordy|long-winded|cheerful|negative|technical))\b", shapes.whole),
    pattern("answer_style", r"(?:^\W*|\b(?:please|and|always) )stop using (?P<v>emojis?|bullet points|exclamation marks|tables|jargon|slang|abbreviations)\b", _without),
    pattern("units", rf"{_INSTRUCT}(?:use|stick to|give me) (?P<v>metric|imperial|celsius|fahrenheit|kilomet(?:re|er)s|miles|euros?|pounds|dollars|kilos)(?: units| please|$|\s)", shapes.whole),
    pattern("answer_style", rf"{_INSTRUCT}(?:always |only )?(?:answer|reply|respond|write|explain)(?: to me| me| things)?(?: always| only)? (?:in|with|using|as) (?P<v>(?!(?:english|german|french|spanish|norwegian|\w+ese|\w+ish)\b).+)", _short_style),
    pattern("avoid_topic", rf"{_INSTRUCT}(?:never|don['’]?t|do not)(?: ever)? (?:mention|bring up|talk about|bring) (?P<v>.+?)(?: up)?(?: again| ever again| anymore| any more|$)", _short_style),
    pattern("answer_style", r"\bi (?:prefer|want|like) (?:(?:short|brief|concise|long|detailed) )?(?:answers|replies|responses) (?:with|in|as) (?P<v>bullet points|examples|plain words|simple words|tables|lists)\b", shapes.whole),
    pattern("code_language", rf"{SELF}(?:code|program|develop)(?: mostly| mainly| only| usually)? in (?P<v>(?-i:{_TECH}))", shapes.whole),
    pattern("code_language", rf"\b(?:(?:when(?:ever)?|if) (?:i ask (?:you )?for|you (?:write|show me)|writing) (?:code|examples|snippets|code examples),? (?:please |always )*(?:use|write it in|do it in)|(?:always |from now on,? )(?:use|(?:write|give me|show me) (?:all )?(?:your )?(?:code|code examples|examples|snippets) in)) (?P<v>(?-i:{_TECH}))", shapes.whole),
    pattern("answer_length", r"^\W*(?:please |always |just )*(?:be|keep it|stay) (?P<v>brief|concise|short)\b", shapes.whole),
    pattern("answer_style", r"^\W*(?:please |always )*be (?:a bit |a little )?(?P<v>(?:more |less )(?:formal|informal|casual|direct|friendly|technical|blunt|playful))\b", shapes.whole),
    pattern("answer_style", r"^\W*(?:(?:please|pls|and|always) )*(?:don['’]?t|do not|never) use (?P<v>emojis?|bullet points|exclamation marks|tables|jargon|slang|abbreviations)\b(?! (?:in (?:this|the|it)|for this|here|today))", _without),
    pattern("answer_style", r"(?:^\W*|\b(?:please|and|always) )keep (?:it|things|your (?:answers?|tone|replies)) (?P<v>formal|informal|casual|friendly|professional|polite)\b(?=\s*(?:$|[.,!;]|please|and))", shapes.whole),
    pattern("answer_style", r"\b(?P<v>no (?:emojis?|bullet points|exclamation marks|tables|jargon|small talk|waffle|waffling|fluff|preamble|filler))(?=,? (?:please|from now on|in your)|\s*(?:$|[.!]))", shapes.whole),
    pattern("answer_style", r"^\W*(?:please |always )*explain (?:things|everything|it)(?: to me)? (?P<v>like i['’]?m (?:five|a beginner|a child|new to it|an expert)|step by step|with examples)", shapes.whole),
    pattern("units", r"^\W*(?:please |always )*use (?P<v>metric|imperial|celsius|fahrenheit|kilomet(?:re|er)s|miles|kilos|pounds)(?: units)?(?=\s*(?:$|[.,!;]))", shapes.whole),
)  # fmt: skip
