"""What the pages are made of."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "assistant" / "web" / "static" / "remembrancer"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LIMIT_BYTES = 150_000


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_style_knows_start_and_end_but_neither_left_nor_right(path):
    rules = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"[^{};]*(?<![\w-])(?:left|right)(?![\w-])[^{};]*", rules) == []
    assert re.findall(r"(?<!safe-area-)(?:margin|padding|border|inset)-(?:left|right|top|bottom)", rules) == []


def test_our_script_and_style_stay_small():
    sizes = [len(gzip.compress(path.read_bytes())) for path in STATIC.iterdir()]
    assert sum(sizes) < LIMIT_BYTES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_no_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text)
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text
