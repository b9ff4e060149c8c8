"""From the bytes of a page to the text that a reader would see."""

from __future__ import annotations

from assistant.tools.web.download import Page


def text_of(page: Page) -> tuple[str, str]:
    """(title, text): the main part of a page, without menus and scripts, where such a part can be told; else all that shows. Takes up to a second."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - a native library, loaded by who needs it
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding  # noqa: PLC0415
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415

    is_markup = page.kind in ("text/html", "application/xhtml+xml")
    encoding = page.charset or detect_encoding(page.body, from_html_meta=is_markup) or "utf-8"
    text = bytes_to_str(page.body, encoding, errors="replace")
    if not is_markup:
        return "", text
    tree = HTMLTree.parse(text)
    title = " ".join((tree.title or "").split())[:200]
    main = extract_plain_text(tree, main_content=True, preserve_formatting=True, links=False, alt_texts=False)
    if len(main) < 200:
        main = extract_plain_text(tree, main_content=False, preserve_formatting=True, links=False, alt_texts=False)
    return title, main
