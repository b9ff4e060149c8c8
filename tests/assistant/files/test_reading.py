"""Taking the words out of a file ends, whatever stands in it."""

from __future__ import annotations

import random

from assistant.files.read import keep_words, read_pdf
from assistant.tools.files import cut_into_parts
from tests.assistant.files.making import pdf, pdf_bomb, pdf_of


def test_the_words_of_a_pdf_page_by_page():
    words = read_pdf(pdf("The first page", "The second page"))
    assert words.text == "The first page\n\nThe second page"
    assert not words.is_cut
    assert words.problem == ""


def test_more_pages_and_words_than_are_kept(settings):
    settings.FILE_PAGES, settings.FILE_TEXT_CHARACTERS = 1, 9
    words = read_pdf(pdf("The first page", "The second page"))
    assert words.text == "The first"
    assert words.is_cut


def test_a_pdf_without_words_says_so():
    assert read_pdf(pdf_of([b"0 0 100 100 re f"])).problem == "no-text"


def test_what_only_begins_like_a_pdf_is_damaged():
    noise = random.Random(7).randbytes(20_000)
    assert read_pdf(b"%PDF-1.7\n" + noise).problem == "broken"
    assert read_pdf(pdf("Hello")[:120]).problem == "broken"


def test_a_bomb_goes_off_in_a_process_of_its_own(settings):
    settings.FILE_SECONDS = 1
    words = read_pdf(pdf_bomb())
    assert words.problem in ("broken", "no-text") or words.is_cut


def test_a_line_of_a_megabyte_is_kept_as_far_as_any_text():
    words = keep_words("a" * 1_000_000)
    assert len(words.text) == 400_000
    assert words.is_cut


def test_parts_are_cut_between_lines_and_are_the_whole_text():
    text = "\n".join(f"line {number}" for number in range(500)) + "a" * 3000
    parts = cut_into_parts(text, 1000)
    assert "".join(parts) == text
    assert all(len(part) <= 1000 for part in parts)
    assert parts[0].endswith("\n")
