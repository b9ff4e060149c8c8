"""The person in short: what is known about them by topic, about someone near them, and what somebody else should know."""

from __future__ import annotations

from assistant.llm.builtin.folding import content_words
from assistant.llm.builtin.prompt import Prompt
from assistant.llm.builtin.questions import names_of
from assistant.llm.builtin.speech import EVENTS, MASKED, Speech, is_past, is_shown, is_user, topic_of
from assistant.llm.builtin.tables import read_words
from memory.lines import MemoryLine

PER_TOPIC = 4


def current_facts(prompt: Prompt) -> list[MemoryLine]:
    """What holds now about the person."""
    return [fact for fact in prompt.facts if is_user(fact) and is_shown(fact) and not is_past(fact, prompt.now.today)]


def describe(prompt: Prompt, speech: Speech) -> str:
    """ "What do you know about me?": by topic, with counts, the masked kinds named only, and a link to all of it."""
    facts = [fact for fact in prompt.facts if is_shown(fact) and not is_past(fact, prompt.now.today)]
    if not facts:
        return speech.phrase("profile_empty")
    lines = [speech.phrase("profile_head_one" if len(facts) == 1 else "profile_head", count=len(facts))]
    by_topic: dict[str, list[MemoryLine]] = {}
    for fact in facts:
        by_topic.setdefault("people" if not is_user(fact) else topic_of(fact.predicate), []).append(fact)
    lines += [_topic_line(topic, by_topic[topic], speech) for topic in read_words("topics.txt") if topic in by_topic]
    return "\n".join([*lines, "", speech.phrase("profile_foot")])


def _topic_line(topic: str, facts: list[MemoryLine], speech: Speech) -> str:
    open_facts = [fact for fact in facts if fact.predicate not in MASKED]
    masked = list(dict.fromkeys(fact.predicate for fact in facts if fact.predicate in MASKED))
    groups: dict[tuple[str, str], list[MemoryLine]] = {}
    for fact in open_facts:
        alone = fact.id if fact.predicate in EVENTS or topic in ("family", "people", "plans", "other") else ""
        groups.setdefault((fact.subject + fact.predicate, alone), []).append(fact)
    said = [speech.facts_together(group, timed=len(group) == 1) for group in groups.values()]
    shown = said[:PER_TOPIC] + [
        speech.phrase("hidden", label=_capital(speech.label(predicate))) + "." for predicate in masked
    ]
    more = [speech.phrase("profile_more", count=len(said) - PER_TOPIC)] if len(said) > PER_TOPIC else []
    return f"- **{speech.phrase(f'topic_{topic}')}** ({len(facts)}): {' '.join([*shown, *more])}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def describe_other(what: str, prompt: Prompt, speech: Speech) -> str:
    """What is known about someone or something named: facts about them, and the person's own facts that name them."""
    words = content_words(what, language=prompt.language)
    names = names_of(what, prompt)
    shown = [fact for fact in prompt.facts if is_shown(fact) and not is_past(fact, prompt.now.today)]
    facts = [fact for fact in shown if not is_user(fact) and fact.subject.casefold() in names]
    facts += [
        fact
        for fact in shown
        if is_user(fact)
        and (
            fact.value.casefold() in names
            or (words and words <= content_words(f"{fact.value} {fact.text}", language=prompt.language))
        )
    ]
    topics = {
        predicate
        for topic, predicates in read_words("topics.txt").items()
        for predicate in predicates
        if _names_topic(topic, what, Speech(prompt.language, None))
    }
    facts += [fact for fact in shown if is_user(fact) and fact.predicate in topics and fact not in facts]
    if not facts:
        return speech.phrase("about_none")
    said = list(dict.fromkeys(speech.fact(fact) for fact in facts[:8]))
    source = speech.source(facts) if len(facts) <= 3 else ""
    return " ".join([*said, *speech.doubts(facts), source]).strip()


def _names_topic(topic: str, what: str, speech: Speech) -> bool:
    if topic.startswith("@"):
        return False
    words = what.replace("mein ", "").split()
    return speech.phrase(f"topic_{topic}").casefold() == words[-1]


def for_someone(topic: str, prompt: Prompt) -> list[MemoryLine]:
    """The facts that `topic` ("cook", "gift", "health") needs, in the order of its table, none that is never to be brought up."""
    wanted = read_words("topics.txt").get(f"@{topic}", ())
    barred = content_words(prompt.style("avoid_topic"), language=prompt.language)
    facts = [fact for predicate in wanted for fact in current_facts(prompt) if fact.predicate == predicate]
    return [fact for fact in facts if not barred & content_words(f"{fact.value} {fact.text}", language=prompt.language)]


def tell_topic(topic: str, prompt: Prompt, speech: Speech, *, brief: bool) -> str:
    """What a cook, a doctor, somebody who gives a present should know."""
    facts = for_someone(topic, prompt)
    if not facts:
        return speech.phrase("unknown")
    said = together(facts, speech)
    source = "" if brief else speech.source(facts)
    return " ".join([*said, *speech.doubts(facts), source]).strip()


def together(facts: list[MemoryLine], speech: Speech) -> list[str]:
    """Facts as sentences, those of one predicate in one."""
    groups: dict[str, list[MemoryLine]] = {}
    for fact in facts:
        groups.setdefault(fact.predicate, []).append(fact)
    return [speech.facts_together(group, timed=False) for group in groups.values()]
