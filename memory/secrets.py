"""Passwords, keys and card numbers: found so that they are never stored. Pure.

A secret is masked in the turn itself, before anything else sees it, so neither search nor summary nor log can hold it.
"""

from __future__ import annotations

import re

MASK = "[secret]"

_SHAPES = [
    re.compile(pattern)
    for pattern in (
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
        r"\b(?:sk|pk|rk)[-_](?:live|test|proj|ant|or)?[-_]?[A-Za-z0-9_-]{16,}",
        r"\bgh[pousr]_[A-Za-z0-9]{20,}\b",
        r"\bgithub_pat_[A-Za-z0-9_]{20,}\b",
        r"\bglpat-[A-Za-z0-9_-]{16,}",
        r"\bxox[abposr]-[A-Za-z0-9-]{10,}",
        r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
        r"\bAIza[A-Za-z0-9_-]{30,}",
        r"\bhf_[A-Za-z0-9]{20,}\b",
        r"\bnpm_[A-Za-z0-9]{20,}\b",
        r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{5,}",
        r"\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@]+@",  # credentials in an address
    )
]
# What stands in any text that a shape fits: most texts are done with that.
_HINTS = (
    *(
        ("-----BEGIN",),
        ("sk", "pk", "rk"),
        ("gh",),
        ("github_pat_",),
        ("glpat-",),
        ("xox",),
        ("AKIA", "ASIA"),
        ("AIza",),
    ),
    *(("hf_",), ("npm_",), ("eyJ",), ("://",)),
)
_SHAPES[0] = re.compile(_SHAPES[0].pattern, re.DOTALL)

# "my password is hunter2", "PIN: 4471", "das Passwort lautet …": the word, a few words between, then the secret itself.
_NAMED = re.compile(
    r"\b(?P<word>passwords?|passwort|kennwort|contraseña|mi clave|mot de passe|passord(?:et)?|passwd|pwd|pw|passcodes?"
    r"|passwörter|contraseñas|mots de passe|passord(?:ene)|pins"
    r"|passphrase|pass ?phrase|pin(?:[- ]?(?:code|number|nummer|kode[nr]?))?"
    r"|cvv2?|cvc2?|api[- _]?key|secret[- _]?key|access[- _]?token|auth[- _]?token|bearer|recovery (?:code|phrase)|seed phrase|otp|2fa code"
    r"|security code|door code|alarm code|safe code|gate code)\b(?! (?:manager|polic|reset|field|generator|hint))"
    r"(?P<gap>(?:[ ,]+(?:for|to|of|at|on|my|the|our|is|was|now|wifi|wi-fi|bank|card|phone|email|account|new|old|für|ist|lautet|es|del?|la|est|er"
    r"|still|just|set|changed|it's|its|[a-z]{2,12}))"
    r"{0,6}?[ ]*)"
    r"(?:(?P<many>\b(?:are|were|sind|lauten|son|sont)\b)|\bis\b|\bwas\b|\bist\b|\blautet\b|\bes\b|\best\b|\ber\b|[:=]|->)[ ]*"
    r"[\"'“”„«»]?(?P<secret>[^\s\"'“”„«»,;]{3,}(?:[ -]\d{2,})*)",
    re.IGNORECASE,
)
# In any text that the words of `_NAMED` stand in.
_NAMING = (
    *("pass", "kennwort", "contrase", "clave", "mot de", "pwd", "pw", "pin", "cvv", "cvc", "key", "token", "bearer"),
    *("recovery", "seed", "otp", "2fa", "code"),
)
_DIGIT = re.compile(r"\d")
# "hunter2 is my password", "I use hunter2 as my password", "password hunter2": only what looks like one, with letters and digits.
_LIKELY = r"(?<![^\s\"'“”„«»])(?P<secret>(?=[^\s,;]{0,64}\d)(?=[^\s,;]{0,64}[^\W\d_])[^\s\"'“”„«»,;]{5,64})[\"'“”„«»]?"
_WORD = r"(?:password|passwort|kennwort|contraseña|clave|passord|passcode)"
_TURNED = re.compile(
    rf"{_LIKELY} (?:is|was|ist|es|er|as|als|como|som) (?:my|our|the|mein|unser|das|mi|la|mitt?) (?:[\w-]{{2,12}} ){{0,2}}{_WORD}\b"
    rf"|\b{_WORD} {_LIKELY.replace('<secret>', '<next>')}",
    re.IGNORECASE,
)
_REST = re.compile(r"[^.!?\n]*")
# The next of several: "my passwords are X and Y". Only what looks like one.
_MORE = re.compile(
    r"[\"'“”„«»]?(?:[ ]*[,;&/][ ]*(?:(?:and|und|y|og|et|or)[ ]+)?|[ ]+(?:and|und|y|og|et|or)[ ]+)(?:[\w-]{2,12}[ ]*[:=][ ]*)?"
    + _LIKELY.removeprefix(r"(?<![^\s\"'“”„«»])"),
    re.IGNORECASE,
)
# What follows "login" and a name: a sign between, then the secret.
_LOGIN = re.compile(
    r"\b(?:log-?ins?|credentials|creds|zugangsdaten|anmeldedaten|acceso|innlogging|pålogging)\b[^\n.!?:=/]{0,30}?(?:[:=]|\bis\b|\bist\b|\bes\b|\ber\b)[ ]*"
    r"(?P<user>(?!https?\b)[\w.@+-]{2,64})[ ]*[/:|][ ]*(?!/)" + _LIKELY.removeprefix(r"(?<![^\s\"'“”„«»])"),
    re.IGNORECASE,
)
_PHRASES = frozenset(
    {"passphrase", "pass phrase", "recovery phrase", "seed phrase"}
)  # of several words, all of which are the secret
_PIN_BARE = re.compile(r"\b(?:pin|cvv2?|cvc2?|passcode)\b[ :=]*(?P<secret>\d{3,8})\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\d.,])(?:\d[ \-\u00a0\u2009\u200b-\u200d\u202f\u2060\ufeff]?){12,18}\d(?![\d])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_SSN = re.compile(r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b")
# It begins where such a run begins: from each of its characters on, a rule of dashes would be looked through to its end.
_OPAQUE = re.compile(
    r"(?<![\w/.\-+=])(?=[A-Za-z0-9_\-+/=]*\d)(?=[A-Za-z0-9_\-+/=]*[A-Za-z])[A-Za-z0-9_\-+/=]{32,}(?![\w])"
)
_LEAST = 5  # characters
_NOT_SECRET = frozenset(
    [
        "the",
        "a",
        "an",
        "my",
        "not",
        "wrong",
        "safe",
        "secure",
        "strong",
        "weak",
        "too",
        "so",
        "very",
        "now",
        "still",
        "hard",
        "easy",
        "long",
        "short",
        "changed",
        "gone",
        "forgotten",
        "lost",
        "expired",
        "required",
        "what",
        "how",
        "something",
        "anything",
        "always",
        "never",
        "set",
        "on",
        "in",
        "at",
        "for",
        "that",
        "this",
        "and",
        "or",
        "but",
        "ok",
        "okay",
        "fine",
        "important",
        "saved",
        "stored",
        "written",
    ]
)


def _luhn(digits: str) -> bool:
    total = 0
    for index, char in enumerate(reversed(digits)):
        number = int(char)
        if index % 2:
            number = number * 2 - 9 if number > 4 else number * 2
        total += number
    return total % 10 == 0


def _iban(text: str) -> bool:
    compact = text.replace(" ", "")
    if not 15 <= len(compact) <= 34:
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _spans(text: str) -> list[tuple[int, int]]:
    spans = [
        match.span()
        for shape, hints in zip(_SHAPES, _HINTS, strict=True)
        if any(hint in text for hint in hints)
        for match in shape.finditer(text)
    ]
    lowered = text.casefold()
    for match in _NAMED.finditer(text) if any(hint in lowered for hint in _NAMING) else ():
        secret = match["secret"].rstrip(".!?)")
        if secret.casefold() not in _NOT_SECRET and (not secret.isalpha() or match["word"].casefold() != "pin"):
            end = match.start("secret") + len(secret)
            if match["word"].casefold() in _PHRASES and not re.search(r"[\d_-]", secret):  # else it is one word
                end = _REST.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing, too
            if match["many"] and secret.isalpha():
                continue  # "my passwords are usually long"
            spans.append((match.start("secret"), end))
            while more := _MORE.match(text, end):
                end = more.start("secret") + len(more["secret"].rstrip(".!?)"))
                spans.append((more.start("secret"), end))
    if not _DIGIT.search(text):
        return spans  # as with most texts: all that follows holds a digit
    spans += [match.span("secret" if match["secret"] else "next") for match in _TURNED.finditer(text)]
    spans += [match.span("secret") for match in _LOGIN.finditer(text)]
    spans += [match.span("secret") for match in _PIN_BARE.finditer(text)]
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if 13 <= len(digits) <= 19 and len(set(digits)) > 1 and _luhn(digits):
            spans.append(match.span())
    spans += [match.span() for match in _IBAN.finditer(text) if _iban(match.group())]
    spans += [match.span() for match in _SSN.finditer(text)]
    spans += [match.span() for match in _OPAQUE.finditer(text)]
    return spans


def find_secrets(text: str) -> list[tuple[int, int]]:
    """Character spans of secrets in `text`, in order, not overlapping."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_spans(text)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def masked(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with each of `spans` replaced by MASK."""
    for start, end in reversed(spans):
        text = text[:start] + MASK + text[end:]
    return text


def mask_secrets(text: str) -> tuple[str, bool]:
    """`text` with each secret replaced by MASK, and whether there was one."""
    spans = find_secrets(text)
    return masked(text, spans), bool(spans)


def holds_secret(*texts: str) -> bool:
    """Whether any of `texts` is, holds, or quotes a masked secret."""
    return any(MASK in text or find_secrets(text) for text in texts)


def looks_secret(quote: str) -> bool:
    """Whether `quote`, which no longer stands in a turn with a masked secret, may be that secret: one word with letters, and digits or signs."""
    return bool(re.search(r"(?<!\S)(?=\S*[^\W\d_])\S*[\d!$%&*#@^]\S*(?!\S)", quote)) and len(quote) >= _LEAST
