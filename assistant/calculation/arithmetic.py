"""Sums in figures and words: "17 % of 2,340", "(3 + 4) hoch 2", "raíz cuadrada de 81".

The words become signs, the signs a Python expression, and simpleeval works it out on exact fractions with operators that refuse
to grow beyond `MAX_BITS`; nothing else of Python can be reached.
"""

from __future__ import annotations

import ast
import math
import re
from fractions import Fraction
from typing import Any

from simpleeval import InvalidExpression, SimpleEval

from assistant.calculation.numbers import NUMBER, is_exact, read_number, write_number
from assistant.calculation.types import Calculation, Kind, Problem, ProblemCode

MAX_BITS = 4096
MAX_EXPONENT = 1000
MAX_NESTING = 20

_ASKING = re.compile(
    r"^(?:(?:please|bitte|por favor|hey|ok(?:ay)?|and|und|y|og)[ ,]+)*"
    r"(?:what(?:'s| is| are| does)|how much (?:is|are|does)|calculate|compute|work out|solve|"
    r"was (?:ist|sind|ergibt|macht)|wie ?viel (?:ist|sind|ergibt|macht)|rechne(?: mir)?(?: aus)?|berechne|"
    r"cu[aá]nto (?:es|son|da|vale)|cu[aá]l es|qu[eé] es|calcula|calcule|"
    r"hva (?:er|blir)|hvor mye (?:er|blir)|regn ut)[: ]+(?:the |das |der |die |den |el |la |los )?"
)
_TRAILING = re.compile(r"(?:[ ,]*(?:please|equals?|bitte|por favor|takk|gleich|ergibt|es igual a|er lik|=|\?))+$")

# Longest first where one begins another.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"(?:to the power of|raised to|hoch|elevado a(?: la)?|opphøyd i)", "^"),
    (r"(?:squared|zum quadrat|im quadrat|al cuadrado|i andre)", "^2"),
    (r"(?:cubed|al cubo|i tredje)", "^3"),
    (r"(?:square root of|root of|(?:quadrat)?wurzel (?:aus|von)|ra[ií]z(?: cuadrada)? de|kvadratroten av)", "√"),
    (r"(?:multiplied by|times|multipliziert mit|mal|multiplicado por|por(?! ?ciento)|ganger|ganget med)", "*"),
    (r"(?:divided by|over|geteilt durch|dividiert durch|durch|dividido (?:por|entre)|entre|delt på)", "/"),
    (r"(?:percent|per cent|prozent|por ?ciento|prosent)", "%"),
    (r"(?:plus|pluss|más|mas)", "+"),
    (r"(?:minus|menos)", "-"),
    (r"(?:half of|die hälfte von|la mitad de|halvparten av)", "0.5*"),
    (r"(?:double|das doppelte von|el doble de|det dobbelte av)", "2*"),
)
_OF = r"(?:of|von|vom|de|av|aus)"
_SHARE = (
    re.compile(r"^(?:what )?(?:percent(?:age)?|%) of (?P<whole>.+) is (?P<part>.+)$"),
    re.compile(r"^(?P<part>.+) is what (?:percent(?:age)?|%) of (?P<whole>.+)$"),
    re.compile(r"^wie ?viel (?:prozent|%) (?:sind|ist) (?P<part>.+) von (?P<whole>.+)$"),
    re.compile(r"^qu[eé] (?:porcentaje|%) (?:es|son|de) (?P<part>.+) de (?P<whole>.+)$"),
    re.compile(r"^hvor mange prosent (?:er|av) (?P<part>.+) av (?P<whole>.+)$"),
)
_OFF = re.compile(rf"^({NUMBER}) ?% (?:off|rabatt auf|de descuento (?:en|sobre)|avslag på) ?({NUMBER})$")
_TOKEN = re.compile(rf"\s*({NUMBER}|\*\*|[-+*/^()%√])")


class _TooLargeError(Exception):
    """A step would grow beyond `MAX_BITS`."""


class _NotRealError(Exception):
    """A step leaves the real numbers."""


def solve_arithmetic(text: str, *, language: str) -> Calculation | Problem | None:
    """The sum in `text` (case-folded, signs already plain), or None when it is none."""
    share = _share(text, language=language)
    if share is not None:
        return share
    bare = _TRAILING.sub("", _ASKING.sub("", text)).strip()
    off = _OFF.match(_in_signs(bare))
    if off:
        return _off(off[1], off[2], language=language)
    tokens = _tokens(_in_signs(bare))
    if tokens is None or not _is_sum(tokens):
        return None
    return _work_out(tokens, language=language)


def _share(text: str, *, language: str) -> Calculation | Problem | None:
    for pattern in _SHARE:
        match = pattern.match(_ASKING.sub("", text)) or pattern.match(text)
        if not match:
            continue
        part, whole = (read_number(match[name].strip(" ?"), language=language) for name in ("part", "whole"))
        if part is None or whole is None:
            return None
        if whole == 0:
            return Problem(ProblemCode.DIVISION_BY_ZERO, text)
        value = part / whole * 100
        result = f"{write_number(value, language=language, places=2)} %"
        sign = "=" if is_exact(value, places=2) else "≈"
        working = f"{write_number(part, language=language)} ÷ {write_number(whole, language=language)} {sign} {result}"
        return Calculation(Kind.ARITHMETIC, value, result, working)
    return None


def _off(percent: str, whole: str, *, language: str) -> Calculation | None:
    share, base = read_number(percent, language=language), read_number(whole, language=language)
    if share is None or base is None:
        return None
    value = base * (1 - share / 100)
    result = write_number(value, language=language)
    written = write_number(base, language=language)
    return Calculation(
        Kind.ARITHMETIC, value, result, f"{written} − {write_number(share, language=language)} % = {result}"
    )


def _in_signs(text: str) -> str:
    signs = text
    for words, sign in _WORDS:
        signs = re.sub(rf"(?<!\w){words}(?!\w)", f" {sign} ", signs)
    signs = re.sub(r"(?<!\w)(?:sqrt|wurzel) ?(?=[\d(])", "√", signs)
    signs = re.sub(rf"%\s*{_OF}(?!\w)(?: (?:the|den|der|die|las?|los|el))?", "%*", signs)
    signs = re.sub(r"(?<=\d)\s*x\s*(?=\d)", "*", signs)
    return " ".join(signs.split(" "))  # unbreakable blanks belong to numbers


def _tokens(text: str) -> list[str] | None:
    tokens: list[str] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            return None if text[position:].strip() else tokens
        tokens.append("^" if match[1] == "**" else match[1])
        position = match.end()
    return tokens


def _is_sum(tokens: list[str]) -> bool:
    """Whether there is something to work out: "2024", "-5", "12-05-1990" and "(3)" are no sums; brackets must close."""
    numbers = sum(token[0].isdigit() for token in tokens)
    signs = [sign for sign in tokens if sign in "+-*/^√"]
    if not numbers or not signs or (numbers == 1 and "√" not in tokens):
        return False
    if re.fullmatch(r"\d{1,4}([-/])\d{1,2}\1\d{1,4}", "".join(tokens)) and numbers == 3:
        return False
    depth = deepest = 0
    for sign in tokens:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            return False
    return depth == 0 and deepest <= MAX_NESTING and not re.search(r"\^[^+\-*/]*\^[^+\-*/]*\^", "".join(tokens))


def _work_out(tokens: list[str], *, language: str) -> Calculation | Problem | None:
    expression: list[str] = []
    shown: list[str] = []
    numbers: list[Fraction] = []
    for index, part in enumerate(tokens):
        if part[0].isdigit():
            value = read_number(part, language=language)
            if value is None or _bits(value) > MAX_BITS:
                return None if value is None else Problem(ProblemCode.TOO_LARGE, part)
            expression.append(f"n{len(numbers)}")
            numbers.append(value)
            shown.append(write_number(value, language=language))
        elif part == "%":
            if not expression or not expression[-1].startswith("n"):
                return None
            expression[-1] = _percentage(expression, tokens[index + 1 :])
            shown.append("%")
        else:
            expression.append({"^": "**", "√": "root"}.get(part, part))
            shown.append({"*": "×", "/": "÷", "-": "−"}.get(part, part))
    source = re.sub(r"root (n\d+)", r"root(\1)", " ".join(expression))
    what = _spaced(shown)
    try:
        value = _evaluate(source, numbers)
    except _TooLargeError:
        return Problem(ProblemCode.TOO_LARGE, what)
    except ZeroDivisionError:
        return Problem(ProblemCode.DIVISION_BY_ZERO, what)
    except _NotRealError:
        return Problem(ProblemCode.NOT_REAL, what)
    except (InvalidExpression, SyntaxError, AttributeError, TypeError, ValueError, RecursionError, MemoryError):
        return None  # signs in an order that means nothing ("3 + * 4")
    result = write_number(value, language=language)
    return Calculation(Kind.ARITHMETIC, value, result, f"{what} {'=' if is_exact(value) else '≈'} {result}")


def _percentage(expression: list[str], rest: list[str]) -> str:
    """ "200 + 19 %" adds 19 % of what stands before it; elsewhere a percentage is a hundredth."""
    number = expression[-1]
    if len(expression) >= 3 and expression[-2] in ("+", "-") and (not rest or rest[0] in ("+", "-")):
        before = " ".join(expression[:-2])
        if before.count("(") == before.count(")"):
            return f"(({before}) * {number} / 100)"
    return f"({number} / 100)"


def _spaced(shown: list[str]) -> str:
    text = " ".join(shown)
    text = re.sub(r"\( ", "(", text)
    text = re.sub(r" \)", ")", text)
    return re.sub(r"√ ", "√", re.sub(r" \^ ", "^", text)).replace("% ×", "% ×")


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _bounded(value: Fraction) -> Fraction:
    if _bits(value) > MAX_BITS:
        raise _TooLargeError
    return value


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1:
        if base < 0:
            raise _NotRealError
        return _rounded(lambda: float(base) ** float(exponent))
    if abs(exponent) > MAX_EXPONENT or _bits(base) * abs(int(exponent)) > MAX_BITS:
        if base in (0, 1, -1):
            return base if base != -1 or exponent % 2 else Fraction(1)
        raise _TooLargeError
    return Fraction(base ** int(exponent))


def _root(value: Fraction) -> Fraction:
    if value < 0:
        raise _NotRealError
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top * top == value.numerator and bottom * bottom == value.denominator:
        return Fraction(top, bottom)
    return _rounded(lambda: math.sqrt(value))


def _rounded(work: Any) -> Fraction:
    """A float's result as a fraction that is seen to be inexact (more decimals than are written)."""
    try:
        return Fraction(work())
    except OverflowError as error:
        raise _TooLargeError from error


def _evaluate(source: str, numbers: list[Fraction]) -> Fraction:
    evaluator = SimpleEval(
        operators={
            ast.Add: lambda a, b: _bounded(a + b),
            ast.Sub: lambda a, b: _bounded(a - b),
            ast.Mult: lambda a, b: _bounded(a * b),
            ast.Div: lambda a, b: _bounded(a / b),
            ast.Pow: _power,
            ast.UAdd: lambda a: a,
            ast.USub: lambda a: -a,
        },
        functions={"root": _root},
        names={f"n{index}": value for index, value in enumerate(numbers)},
    )
    return Fraction(evaluator.eval(source))
