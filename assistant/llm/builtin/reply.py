"""One answer of the built-in model, from what its prompt holds. Pure: the same prompt gives the same words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_time

from assistant.calculation import Problem, calculate
from assistant.llm.builtin import portrait, recollection
from assistant.llm.builtin.doings import follow_up, tell_actions, tell_understood
from assistant.llm.builtin.folding import MOST_CHARACTERS, content_words, cut_clauses, fold, without_quotes
from assistant.llm.builtin.prompt import Prompt
from assistant.llm.builtin.questions import (
    answer_exactly,
    answer_question,
    asks_for_a_person,
    people_named,
    read_questions,
)
from assistant.llm.builtin.speech import EVENTS, Speech
from assistant.llm.builtin.tables import first_group, read_patterns

_SHORT = re.compile(r"\b(?:short|brief|concise|terse|kurz|knapp|cort[ao]s?|breves?|kort\w*|one sentence|ein satz)\b")
_LAST_SENTENCE = re.compile(r"(?<=[.!?] )[^.!?]+\.$")
_SUM = " = "  # stands in the working of a sum
_DATE = {"en": "EEEE, d MMMM y", "de": "EEEE, d. MMMM y", "es": "EEEE, d 'de' MMMM 'de' y", "nb": "EEEE d. MMMM y"}
_SOMEONE = ("cook", "gift", "health", "travel", "work", "family", "style", "plans")
_REQUESTS = ("cook", "gift", "travel", "sport", "code", "letter")
_SOCIAL = ("thanks", "bye", "never_mind", "ack")


@dataclass(slots=True)
class _Answer:
    """The parts of an answer as they are found, and what may stand in it only once."""

    said: list[str]
    greeted: bool = False
    needs_model: bool = False
    asked_back: bool = False

    def add(self, text: str) -> None:
        if text and text not in self.said:
            self.said.append(text)


def compose_reply(prompt: Prompt, *, standing_in: str = "") -> str:
    """The answer to the last message of `prompt`.

    `standing_in` is the code of the error that keeps the person's own model from answering; the answer then opens by saying so.
    """
    speech = Speech(prompt.spoken, prompt.now.today, prompt.now.memory_link, prompt.now.models_link)
    text = _answer(prompt, speech, standing_in=bool(standing_in))
    if prompt.has_files:
        text = f"{speech.phrase('files')} {text}" if prompt.message.strip() else speech.phrase("files")
    if not standing_in:
        return text
    opening = speech.phrase("stand_in", reason=speech.phrase(_reason(standing_in)))
    return f"{opening} {text}" if "\n" not in text else f"{opening}\n\n{text}"


def _reason(code: str) -> str:
    known = (
        "refused_key",
        "rate_limited",
        "unreachable",
        "context_too_long",
        "unknown_model",
        "bad_answer",
        "interrupted",
        "budget",
        "spent",
        "spent_project",
        "server_error",
        "filtered",
        "tls",
    )
    return "reason_timeout" if code.startswith("timeout") else f"reason_{code}" if code in known else "reason_other"


def _answer(prompt: Prompt, speech: Speech, *, standing_in: bool) -> str:
    message = prompt.message[:MOST_CHARACTERS]
    folded = fold(without_quotes(message), language=prompt.language)
    if not fold(message, language=prompt.language):
        return speech.phrase("empty")
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    sum_answer = _calculation(patterns["filler"].sub("", message.casefold()), prompt, speech)
    if sum_answer:
        return sum_answer
    if not re.search(r"[^\W\d_]", message):
        return speech.phrase("unreadable")
    for key in ("crisis", "hostile"):
        if patterns[key].search(folded):
            return speech.phrase(key)
    answer = _Answer(said=[])
    clauses = cut_clauses(folded, language=prompt.language)
    _greet(clauses, prompt, speech, answer)
    for sentence in (*tell_actions(prompt, speech), *tell_understood(prompt, speech)):
        answer.add(sentence)
    for clause in clauses:
        answer.add(_answer_clause(clause, prompt, speech, answer))
    if answer.needs_model:
        _offer_model(folded, prompt, speech, answer, standing_in=standing_in)
    if not answer.said:
        answer.add(_nothing_said(clauses, prompt, speech))
    if len(prompt.message) > MOST_CHARACTERS:
        answer.said.insert(0, speech.phrase("long"))
    if not answer.needs_model and not _is_brief(prompt):
        answer.add(follow_up(prompt, speech))
    return _joined(answer.said)


def _joined(parts: list[str]) -> str:
    """Sentences on one line; a list stands apart, and each sum has a line. A source that two parts in a row end in is told once."""
    text = ""
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else ""
        last = _LAST_SENTENCE.search(part)
        repeated = last and following.endswith(last[0]) and "\n" not in part + following
        said = part[: last.start()].rstrip() if last and repeated and last.start() else part
        before = text.rsplit("\n\n", 1)[-1]
        is_sum = _SUM in said or _SUM in before
        gap = "" if not text else "\n\n" if is_sum or "\n" in said + before else " "
        text += gap + said
    return text


def _is_brief(prompt: Prompt) -> bool:
    wanted = f"{prompt.style('answer_length')} {prompt.style('answer_style')}"
    return bool(_SHORT.search(wanted))


def _greet(clauses: list[str], prompt: Prompt, speech: Speech, answer: _Answer) -> None:
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    greeted = [clause for clause in clauses if patterns["greeting"].match(clause)]
    rest = [clause for clause in clauses if clause not in greeted]
    if not greeted:
        return
    answer.greeted = True
    for clause in greeted:
        clauses.remove(clause)
    name = prompt.name
    answer.add(speech.phrase(_time_of_day(prompt), name=f", {name}" if name else ""))
    if rest or prompt.understood or prompt.actions:
        return
    answer.add(speech.phrase("first_meeting" if prompt.now.first_meeting and not prompt.history else "ask_on"))


def _time_of_day(prompt: Prompt) -> str:
    clock = prompt.now.clock
    if clock is None or clock.hour < 5 or clock.hour >= 22:
        return "hello"
    return "morning" if clock.hour < 12 else "afternoon" if clock.hour < 18 else "evening"


def _answer_clause(clause: str, prompt: Prompt, speech: Speech, answer: _Answer) -> str:
    """What one clause is answered with; "" when something else in the answer covers it."""
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    named = prompt.name and not any(prompt.name in said for said in answer.said)
    name = f", {prompt.name}" if named else ""
    for key in _SOCIAL:
        if patterns[key].match(clause):
            return "" if key == "ack" and answer.said else speech.phrase(key, name=name)
    if patterns["how_are_you"].match(clause):
        return f"{speech.phrase('how_are_you')} {speech.phrase('ask_on')}"
    if patterns["insult"].search(clause):
        return speech.phrase("insult")
    if patterns["command"].match(clause):
        return "" if prompt.actions or prompt.understood else _unobeyed(prompt, speech)
    if patterns["wrong"].match(clause):
        return "" if prompt.actions or prompt.understood else speech.phrase("wrong")
    found = (
        _calculation(clause, prompt, speech)
        or _answer_about_itself(clause, prompt, speech)
        or _answer_from_memory(clause, prompt, speech)
    )
    answer.needs_model = answer.needs_model or (not found and _asks_for_more(clause, prompt))
    return found


def _unobeyed(prompt: Prompt, speech: Speech) -> str:
    return speech.phrase(
        {"paused": "memory_paused", "off": "memory_off", "temporary": "memory_temporary"}.get(
            prompt.now.memory, "no_action"
        )
    )


def _answer_about_itself(clause: str, prompt: Prompt, speech: Speech) -> str:
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    if patterns["clock_time"].search(clause):
        clock = prompt.now.clock
        return (
            speech.phrase(
                "time", time=format_time(clock, "HH:mm", locale=speech.language), zone=prompt.now.zone or "UTC"
            )
            if clock
            else speech.phrase("clock_unknown")
        )
    if patterns["clock_date"].search(clause):
        today = prompt.now.today
        return (
            speech.phrase("date", day=format_date(today, _DATE[speech.language], locale=speech.language))
            if today
            else speech.phrase("clock_unknown")
        )
    return next((speech.phrase(key) for key in ("connect", "identity", "help") if patterns[key].search(clause)), "")


def _answer_from_memory(clause: str, prompt: Prompt, speech: Speech) -> str:
    """Questions that memory can answer, from the plainest to the widest."""
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    brief = _is_brief(prompt)
    if patterns["profile"].search(clause):
        return portrait.describe(prompt, speech)
    if patterns["why"].search(clause):
        return recollection.answer_why(clause, prompt, speech)
    if patterns["summary"].search(clause):
        return recollection.answer_summary(clause, prompt, speech)
    said = patterns["said"].search(clause)
    if said:
        return recollection.answer_said(said, clause, prompt, speech)
    search = patterns["search"].match(clause)
    if search:
        return recollection.answer_search(search, prompt, speech)
    for topic in _SOMEONE:
        if topic in patterns and patterns[topic].search(clause) and not patterns["request"].match(clause):
            return portrait.tell_topic(topic, prompt, speech, brief=brief)
    about = patterns["about"].search(clause)
    if about:
        return portrait.describe_other(first_group(about, "what"), prompt, speech)
    return _answer_slot(clause, prompt, speech, brief=brief)


def _answer_slot(clause: str, prompt: Prompt, speech: Speech, *, brief: bool) -> str:
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    if not patterns["question"].match(clause):
        return ""
    slots = read_questions(clause, prompt)
    for slot in slots:
        if found := answer_question(slot, prompt, speech, brief=brief):
            return found
    asked = slots[0] if slots else None
    if not asked and patterns["request"].match(clause):
        return ""
    words = asked.words if asked else content_words(clause, language=prompt.language)
    people = people_named(clause, prompt)
    personal = bool(patterns["self"].search(clause) or people or (asked and asked.who))
    if personal and (exact := answer_exactly(clause, asked, words, prompt, speech, brief=brief)):
        return exact
    near, is_said = recollection.closest(
        words,
        prompt,
        speech,
        beside=content_words(" ".join(people), language=prompt.language),
        is_said_only=asked is not None and asked.predicate in EVENTS,
        names=asked.words if asked and asks_for_a_person(asked) else frozenset(),
    )
    if not personal or is_said:
        return near
    return f"{speech.phrase('unknown')} {near}".strip()


def _asks_for_more(clause: str, prompt: Prompt) -> bool:
    """Whether a clause that nothing here could take asks for what only a language model can give; else it was told, or is a remark."""
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    asks = patterns["request"].match(clause) or patterns["question"].match(clause)
    return bool(asks and content_words(clause, language=prompt.language))


def _offer_model(folded: str, prompt: Prompt, speech: Speech, answer: _Answer, *, standing_in: bool) -> None:
    """The honest sentence, what memory can add for whoever does it, and where to connect a model (said in full once)."""
    if standing_in:
        answer.add(_for_whoever(folded, prompt, speech))
        answer.add(speech.phrase("fallback_later"))
        return
    before = [said.text for said in prompt.history if said.role == "assistant"]
    if before and prompt.now.models_link in before[-1]:
        answer.add(_for_whoever(folded, prompt, speech))
        answer.add(speech.phrase("fallback_again"))
        return
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    clauses = cut_clauses(folded, language=prompt.language)
    asked_to_do = any(patterns["request"].match(clause) for clause in clauses)
    answer.add(speech.phrase("fallback" if asked_to_do else "fallback_knowledge"))
    answer.add(_for_whoever(folded, prompt, speech))
    answer.add(speech.phrase("fallback_connect"))


def _for_whoever(folded: str, prompt: Prompt, speech: Speech) -> str:
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    for topic in _REQUESTS:
        pattern = patterns.get(f"request_{topic}")
        facts = portrait.for_someone(topic, prompt) if pattern and pattern.search(folded) else []
        if facts:
            return speech.phrase(
                "for_whoever",
                list=speech.listed([speech.inside(sentence) for sentence in portrait.together(facts, speech)]),
            )
    return ""


def _nothing_said(clauses: list[str], prompt: Prompt, speech: Speech) -> str:
    """Something was told and no fact was drawn from it, or it was a remark: said so, without pretending to have understood."""
    patterns = read_patterns(f"intents/{prompt.language}.txt")
    told = (
        any(patterns["self"].search(clause) for clause in clauses)
        or len(content_words(" ".join(clauses), language=prompt.language)) > 0
    )
    if not told:
        return speech.phrase("ack") if clauses else speech.phrase("unreadable")
    if prompt.now.memory in ("paused", "off", "temporary"):
        return speech.phrase(f"memory_{prompt.now.memory}")
    return speech.phrase("heard")


def _calculation(text: str, prompt: Prompt, speech: Speech) -> str:
    """The sum in `text` with its working, or ""."""
    found = calculate(text.strip(), today=prompt.now.today or date(1970, 1, 1), language=prompt.language)
    if found is None:
        return ""
    if isinstance(found, Problem):
        return speech.phrase(f"calc_{found.code}", what=found.what)
    return found.working
