"""Markdown to safe HTML: one renderer for the web, exports and the blocks that a stream sends. No script, no frame, no style, no image from elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.utils.translation import gettext as _
from latex2mathml.converter import convert as latex_to_mathml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.tasklists import tasklists_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

MATHML = {
    "math",
    "mrow",
    "mi",
    "mo",
    "mn",
    "msup",
    "msub",
    "msubsup",
    "mfrac",
    "msqrt",
    "mroot",
    "mtext",
    "mspace",
    "mtable",
    "mtr",
    "mtd",
}
MATHML |= {"munder", "mover", "munderover", "mstyle", "mpadded", "mphantom", "menclose", "semantics"}
TAGS = {
    "p",
    "br",
    "hr",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "span",
    "strong",
    "em",
    "del",
    "a",
    "sup",
    "sub",
}
TAGS |= {"details", "summary", "table", "thead", "tbody", "tr", "th", "td", "div", "input", "button"} | MATHML
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "class"},
    "code": {"class"},
    "span": {"class"},
    "details": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "button": {"class", "type", "data-copy"},
    "ol": {"start"},
    "th": {"data-align"},
    "td": {"data-align"},
    "li": {"class"},
    "input": {"type", "checked", "disabled", "class"},
    "math": {"display"},
    "mo": {"stretchy", "fence", "form"},
    "mstyle": {"displaystyle"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
CITATION = re.compile(
    r"\s?\[([fts]):([0-9a-z-]{1,36})\]([.,;:!?…]*)"
)  # the marker stands behind the punctuation that follows
LONGEST_MATH = 2000
LONGEST_HIGHLIGHT = 40_000
MOST_LINES = 40  # of code that are shown at once
_formatter = HtmlFormatter(nowrap=True, classprefix="c-")


def _is_safe(url: str) -> bool:
    """Whether a link may stand: to a page of this server by its path, or elsewhere by a known scheme.

    `//host` and `/\\host` are paths only to the eye: a browser takes both for another server. The parser has encoded what it strips (tabs, line ends).
    """
    if url.startswith("/"):
        return not url.startswith(("//", "/\\", "/%5C", "/%5c"))
    return urlsplit(url).scheme.lower() in _SCHEMES


def _name_of(lexer: Any, language: str) -> str:
    """What a stretch of code is called above it: the language's own name, else what the model wrote."""
    known = str(lexer.name) if lexer else ""
    return known if known and known != "Text only" else language or _("text")


def _code_block(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    language = (token.info or "").strip().split(" ")[0][:30]
    try:
        lexer = (
            get_lexer_by_name(language, stripnl=False) if language and len(token.content) <= LONGEST_HIGHLIGHT else None
        )
    except ClassNotFound:
        lexer = None
    body = highlight(token.content, lexer, _formatter) if lexer else escape(token.content)
    label = escape(_name_of(lexer, language))
    copy, code = escape(_("Copy")), escape(_("Code"))
    lines, more = token.content.count("\n"), ""
    if lines > MOST_LINES:
        words = escape(_("Show all %(count)s lines") % {"count": lines})
        more = f'<details class="all"><summary>{words}</summary></details>'
    return (
        f'<div class="code{" long" if more else ""}"><div class="code-head"><span class="code-lang">{label}</span>'
        f'<button type="button" class="quiet small" data-copy="code">{copy}</button></div>'
        f'<div class="code-body" tabindex="0" role="region" aria-label="{code}"><pre><code>{body}</code></pre></div>{more}</div>\n'
    )


def _table_open(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    label = escape(_("Table"))
    return f'<div class="table" tabindex="0" role="region" aria-label="{label}"><table>\n'


def _table_close(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def _image(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    """Nothing is fetched from elsewhere: a picture becomes a link that says where it leads."""
    token = tokens[index]
    address = str(token.attrs.get("src", ""))
    host = urlsplit(address).hostname or ""
    words = token.content or _("Picture")
    if not host:
        return escape(words)
    return f'<a href="{escape(address)}">{escape(words)} ({escape(host)})</a>'


def _math(content: str, *, display: str) -> str:
    if len(content) > LONGEST_MATH:
        return f"<code>{escape(content)}</code>"
    try:
        return str(latex_to_mathml(content, display=display))
    except Exception:  # noqa: BLE001  (the library raises whatever its parser stumbled on; the source is shown instead)
        return f"<code>{escape(content)}</code>"


def _math_inline(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return _math(tokens[index].content, display="inline")


def _math_block(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return f'<div class="math">{_math(tokens[index].content, display="block")}</div>\n'


def _heading(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    """The page has its h1 already."""
    level = min(int(tokens[index].tag[1]) + 1, 6)
    return f"<h{level}>" if tokens[index].nesting == 1 else f"</h{level}>\n"


def _cell(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    align = {"text-align:right": "end", "text-align:center": "center"}.get(str(token.attrs.get("style", "")), "")
    return f'<{token.tag} data-align="{align}">' if align else f"<{token.tag}>"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "typographer": False})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    parser.use(tasklists_plugin)
    for name, rule in (
        ("fence", _code_block),
        ("code_block", _code_block),
        ("table_open", _table_open),
        ("table_close", _table_close),
        ("image", _image),
        ("math_inline", _math_inline),
        ("math_inline_double", _math_inline),
        ("math_block", _math_block),
        ("math_block_label", _math_block),
        ("heading_open", _heading),
        ("heading_close", _heading),
        ("th_open", _cell),
        ("td_open", _cell),
    ):
        parser.add_render_rule(name, rule)
    parser.validateLink = _is_safe  # type: ignore[method-assign]
    return parser


def _clean(html: str) -> str:
    return str(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=_SCHEMES,
            link_rel="noopener noreferrer nofollow",
            strip_comments=True,
        )
    )


def unturned(text: str) -> str:
    """The text without the marks that force a direction upon letters, by which "gpj.exe" is read as "exe.jpg". Those that scripts need stay."""
    return text.translate({0x202D: None, 0x202E: None})


def render(text: str, *, marker: Any = None) -> str:
    """Safe HTML of a whole text. `marker(kind, id)` gives the HTML for a cited memory line; without it citations vanish."""
    html = _clean(_parser().render(unturned(text)))
    return CITATION.sub(lambda match: match[3] + (marker(match[1], match[2]) if marker else ""), html)


def split_finished(text: str) -> tuple[str, str]:
    """Where a growing text can be cut: (blocks that no further text can change, the rest)."""
    tokens = [token for token in _parser().parse(text) if token.level == 0 and token.map and token.nesting >= 0]
    if len(tokens) < 2:
        return "", text
    start = tokens[-1].map[0] if tokens[-1].map else 0
    lines = text.split("\n")
    return "\n".join(lines[:start]) + "\n", "\n".join(lines[start:])


def plain(text: str) -> str:
    """The text without citation marks, for clients that show no markup."""
    return CITATION.sub(r"\3", text)
