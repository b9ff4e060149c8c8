"""English, in depth: its patterns in a table a topic, its cue of correction, and how its facts read."""

from __future__ import annotations

import re

from memory.extraction.rules.english_affairs import AFFAIRS
from memory.extraction.rules.english_bare import BARE
from memory.extraction.rules.english_chat import CHAT
from memory.extraction.rules.english_contacts import CONTACTS
from memory.extraction.rules.english_habits import HABITS
from memory.extraction.rules.english_health import HEALTH
from memory.extraction.rules.english_names import NAMES
from memory.extraction.rules.english_people import PEOPLE
from memory.extraction.rules.english_plans import PLANS
from memory.extraction.rules.english_pursuits import PURSUITS
from memory.extraction.rules.english_styles import STYLES
from memory.extraction.rules.english_tastes import TASTES
from memory.extraction.rules.english_things import THINGS
from memory.extraction.rules.english_ties import TIES
from memory.extraction.rules.english_together import TOGETHER
from memory.extraction.rules.english_work import WORK
from memory.extraction.rules.expecting import ENGLISH_EXPECTING
from memory.extraction.rules.patterns import Language
from memory.extraction.rules.service import ENGLISH_SERVICE

_CORRECTING = re.compile(
    r"^\W*(?:(?:oh|oops|ah|no|sorry|wait|well|hmm)[, ]+)*(?:actually|correction|i meant|i mean(?:t)? to (?:say|write)|typo|no wait|wait no|scratch that|that['’]s wrong|not true|sorry, i|my mistake|i was wrong|wrong (?:spelling|name|word|one|city|town|place|date|day|number|way round)|spelling mistake|(?:i )?(?:misspelled|misspelt|mistyped|misspoke|mixed (?:it|that|them) up)|(?:i )?spel(?:t|led) (?:it|that|his|her|their|my) \w*\s?wrong|autocorrect\w*|make that|or rather)\b"
    r"|^\W*(?:(?:oh )?no[, ]+(?:sorry|wait|hang on)|oops|whoops|oops sorry|ah no)[, ]*$|\b(?:i meant|typo|correction|wrong spelling|misspelt|misspelled|mistyped)\b",
    re.IGNORECASE,
)
SENTENCES = {
    "name": "Is called {value}",
    "preferred_name": "Goes by {value}",
    "pronouns": "Uses the pronouns {value}",
    "birthday": "Birthday: {value}",
    "age": "Is {value}",
    "born_in": "Was born in {value}",
    "grew_up_in": "Grew up in {value}",
    "nationality": "Is {value}",
    "native_language": "Has {value} as mother tongue",
    "speaks": "Speaks {value}",
    "height": "Is {value} tall",
    "lives_in": "Lives in {value}",
    "home_type": "Lives in a {value}",
    "works_at": "Works at {value}",
    "occupation": "Works as {value}",
    "studies": "Studies {value}",
    "studies_at": "Studies at {value}",
    "learning": "Is learning {value}",
    "work_mode": "Works {value}",
    "partner": "Has a partner, {value}",
    "relationship_status": "Is {value}",
    "child": "Has a child, {value}",
    "parent": "Has a parent, {value}",
    "sibling": "Has a sibling, {value}",
    "relative": "Has a relative, {value}",
    "in_law": "Has an in-law, {value}",
    "ex_partner": "Has an ex-partner, {value}",
    "friend": "Has a friend, {value}",
    "manager": "Has a manager, {value}",
    "colleague": "Has a colleague, {value}",
    "neighbour": "Has a neighbour, {value}",
    "landlord": "Has a landlord, {value}",
    "lives_with": "Lives with {value}",
    "doctor": "Has a doctor, {value}",
    "dentist": "Has a dentist, {value}",
    "therapist": "Has a therapist, {value}",
    "vet": "Has a vet, {value}",
    "pet": "Has a pet, {value}",
    "allergic_to": "Is allergic to {value}",
    "has_condition": "Has {value}",
    "takes_medication": "Takes {value}",
    "smokes": "Smokes",
    "diet": "Eats {value}",
    "avoids_food": "Avoids {value}",
    "injury": "{value}",
    "owns": "Owns: {value}",
    "uses_software": "Uses {value}",
    "uses_device": "Uses: {value}",
    "subscription": "Subscribes to {value}",
    "member_of": "Is in {value}",
    "goal": "Goal: {value}",
    "saves_for": "Saves for {value}",
    "routine": "Habit: {value}",
    "wakes_at": "Gets up at {value}",
    "commute": "Way to work: {value}",
    "visited": "Visited {value}",
    "achieved": "{value}",
    "favourite_drink": "Usually drinks {value}",
    "favourite_food": "Likes to eat {value}",
    "favourite_colour": "Has {value} as favourite colour",
    "favourite_music": "Likes the music of {value}",
    "favourite_film": "Has {value} as favourite film",
    "favourite_book": "Has {value} as favourite book",
    "local_favourite": "Likes to go to {value}",
    "code_language": "Codes in {value}",
    "likes": "Likes {value}",
    "dislikes": "Dislikes {value}",
    "hobby": "Has a hobby, {value}",
    "sport": "Plays {value}",
    "plays_instrument": "Plays the {value}",
    "supports_team": "Supports {value}",
    "reading": "Is reading {value}",
    "drives": "Drives a {value}",
    "religion": "Is {value}",
    "trip": "Travels to {value}",
    "appointment": "Appointment: {value}",
    "deadline": "Due: {value}",
    "plans_to": "Plans: {value}",
    "work_schedule": "Works {value}",
    "office": "Has an office at {value}",
    "salary": "Earns {value}",
    "anniversary": "Anniversary: {value}",
    "due_date": "Expects a baby: {value}",
    "home_address": "Lives at {value}",
    "rent": "Pays {value} in rent",
    "debt": "Owes {value}",
    "insurance": "Is insured with {value}",
    "parking": "Parks the car: {value}",
    "timezone": "Time zone: {value}",
    "bank": "Banks with {value}",
    "phone_number": "Telephone: {value}",
    "email": "E-mail: {value}",
    "blood_type": "Has blood type {value}",
    "sexual_orientation": "Is {value}",
    "politics": "Votes for {value}",
    "degree": "Has a {value}",
    "licence": "Has a {value}",
    "bought": "Bought a {value}",
    "answer_language": "Wants answers in {value}",
    "answer_length": "Wants {value} answers",
    "answer_style": "Wants answers in {value}",
    "units": "Uses {value}",
    "avoid_topic": "Doesn't want to hear about {value}",
}
ENGLISH = Language(
    "en",
    PEOPLE
    + WORK
    + TIES
    + CONTACTS
    + HEALTH
    + TASTES
    + THINGS
    + PURSUITS
    + PLANS
    + STYLES
    + CHAT
    + TOGETHER
    + HABITS
    + BARE
    + NAMES
    + AFFAIRS
    + ENGLISH_SERVICE
    + ENGLISH_EXPECTING,
    _CORRECTING,
    SENTENCES,
)
