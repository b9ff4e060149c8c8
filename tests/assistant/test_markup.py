"""Text to HTML: what a reader sees, and what no text can do."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from assistant.markup import plain, render, split_finished


def elements(html: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """Every element as a browser sees it."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, attrs))

    Reader().feed(html)
    return found


def test_code_is_highlighted_by_classes_and_can_be_copied():
    html = render("```python\nprint(1)\n```")
    assert 'class="c-nb"' in html
    assert "data-copy" in html
    assert "<details" not in html
    long = render("```\n" + "print(1)\n" * 41 + "```")
    assert "Show all 41 lines" in long
    assert long.count("print(1)") == 41
    assert "style=" not in html


def test_formulas_become_mathml():
    assert "<math" in render("so $n = \\frac{1}{2}$ then")
    assert "<mfrac>" in render("$$\n\\frac{a}{b}\n$$")


def test_a_page_of_this_server_can_be_linked_by_its_path_and_no_other_server_so():
    assert '<a href="/settings/models/"' in render("[Settings](/settings/models/)")
    for elsewhere in ("//evil.example", "/\\evil.example", "/&#9;/evil.example/..", "settings"):
        assert 'href="//' not in render(f"[x]({elsewhere})")
    assert "<a" not in render("[x](//evil.example) [x](/\\evil.example) [x](&#47;&#47;evil.example)")


def test_a_price_is_not_a_formula():
    assert "<math" not in render("It costs $5 or $6 a day")


def test_tables_keep_their_alignment_without_a_style():
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<td data-align="end">2</td>' in html
    assert "style" not in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://evil.example/pixel.png)",
        "<svg onload=alert(1)>",
        '<a href="x" style="position:fixed">x</a>',
        "<iframe src=//evil.example></iframe>",
        "$\\href{javascript:alert(1)}{x}$",
        "```<script>\nalert(1)\n```",
        "<style>*{display:none}</style>",
    ],
)
def test_hostile_text_shows_as_harmless_text(hostile):
    for tag, attributes in elements(render(hostile)):
        assert tag not in ("script", "img", "svg", "iframe", "style", "object", "embed", "form", "link", "meta", "base")
        for name, value in attributes:
            assert not name.startswith("on")
            assert name not in ("style", "src", "srcdoc", "formaction")
            assert name != "href" or (value or "").split(":")[0].lower() in ("http", "https", "mailto", "tel")


def test_a_picture_becomes_a_link_that_says_where_it_leads():
    assert "evil.example" in render("![a cat](https://evil.example/cat.png)")


def test_a_citation_becomes_a_marker_and_vanishes_where_there_is_none():
    def marker(kind, identifier):
        return f"<b>{kind}{identifier}</b>" if identifier == "0b5c9d11" else ""

    html = render("You live in Bergen [f:0b5c9d11] and [f:ffffffff].", marker=marker)
    assert "Bergen<b>f0b5c9d11</b> and." in html
    assert "ffffffff" not in html
    assert plain("Bergen [f:0b5c9d11].") == "Bergen."


def test_a_growing_text_is_cut_only_where_it_can_no_longer_change():
    assert split_finished("One paragraph that goes") == ("", "One paragraph that goes")
    finished, rest = split_finished("First.\n\nSecond that goes")
    assert finished.strip() == "First."
    assert rest == "Second that goes"
    assert split_finished("```python\nprint(1)\n\nprint(2)")[0] == ""


def test_the_pieces_of_a_split_text_render_like_the_whole():
    text = "# Title\n\nOne.\n\n- a\n- b\n\n```\nx\n```\n\nLast"
    finished, rest = split_finished(text)
    assert render(finished) + render(rest) == render(text)
