"""What a posting asks for is read out of it: demands and wishes apart, in seven languages."""

import json

import pytest

from hearback.documents.asks import Asks, asked
from hearback.documents.asks_degree import degrees_in
from hearback.documents.asks_titles import core_of
from hearback.documents.tailor.numbers import numbers_in

ENGLISH = """Brightwater Systems builds scheduling software for water utilities. Our stack runs on Azure.

What you'll do
• Design services in Go and keep our Kafka pipelines healthy
• Mentor two junior colleagues

What you'll bring
• 5+ years of experience with Python
• Strong PostgreSQL, Docker and CI/CD
• A bachelor's degree in computer science or equivalent experience
• Fluent English; German (B2) is a plus
• Terraform would be nice to have

Bonus points
• Kubernetes
• At least 2 years of Rust

What we offer
• Excel training, Slack channels for pets, 30 days of holiday after 3 years of work
• You must be authorised to work in the UK; we cannot offer visa sponsorship

We work hybrid, two days a week in our Leeds office."""

GERMAN = """Für unsere Kanzlei in Kassel suchen wir Verstärkung.

Ihre Aufgaben
- Laufende Finanzbuchhaltung und Monatsabschlüsse
- Pflege der Stammdaten

Ihr Profil
- Abgeschlossene kaufmännische Ausbildung
- Mindestens drei Jahre Berufserfahrung in der Buchhaltung
- Sicherer Umgang mit DATEV und Excel
- Deutsch verhandlungssicher, Englisch von Vorteil
- SAP-Kenntnisse wünschenswert

Wir bieten
- Homeoffice möglich, Schulungen, Jobrad"""

FRENCH = """Vos missions
- Suivi de la facturation
Votre profil
- Bac +5 en informatique
- Maîtrise de Java et Spring Boot, expérience de 4 ans minimum
- Anglais courant
- La connaissance de Docker serait un plus
Nous offrons
- Télétravail deux jours"""

BLOB = (
    "We are looking for a nurse for our ICU ward. You must have experience with wound care. Epic is a plus. "
    "Minimum of 3 years of nursing experience. Spanish language skills preferred. We offer a retention bonus."
)


def test_demands_wishes_and_offers_are_kept_apart() -> None:
    asks = asked("Senior Backend Engineer (m/f/d)", ENGLISH)
    assert {"Python", "PostgreSQL", "Docker", "CI/CD", "Back-end development"} <= set(asks.must)
    assert {"Go", "Kafka", "Kubernetes", "Rust", "Terraform"} <= set(asks.nice)
    assert not {"Excel", "Slack"} & {*asks.must, *asks.nice}
    assert asks.years == 5
    assert asks.of == {"Python": 5, "Rust": 2}
    assert (asks.degree, asks.instead) == ("bachelor", True)
    assert asks.languages == {"en": ("C1", True), "de": ("B2", False)}
    assert (asks.level, asks.role) == ("senior", ("back", "end", "engineer"))
    assert (asks.remote, asks.permit) == ("hybrid", "needed")


def test_a_german_posting_is_read() -> None:
    asks = asked("Finanzbuchhalter (m/w/d)", GERMAN)
    assert {"Accounting", "DATEV", "Excel"} <= set(asks.must)
    assert "SAP" in asks.nice
    assert asks.years == 3
    assert asks.degree == "vocational"
    assert asks.languages == {"de": ("C1", True), "en": (None, False)}
    assert asks.role == ("accountant",)


def test_a_french_posting_is_read() -> None:
    asks = asked("Développeuse Java (H/F)", FRENCH)
    assert {"Java", "Spring Boot"} <= set(asks.must)
    assert "Docker" in asks.nice
    assert asks.years == 4
    assert asks.degree == "master"
    assert asks.languages == {"en": ("C1", True)}


def test_a_text_without_headings_is_read_by_its_sentences() -> None:
    asks = asked("Registered Nurse", BLOB)
    assert "Wound care" in asks.must
    assert "Epic" in asks.nice
    assert asks.years == 3
    assert asks.languages["es"] == (None, False)


@pytest.mark.parametrize(
    ("heading", "point", "skill"),
    [
        ("Requisitos", "Experiencia con Java", "Java"),
        ("Tu perfil", "Dominio de Excel", "Excel"),
        ("Requisiti", "Ottima conoscenza di AutoCAD", "AutoCAD"),
        ("Wat wij vragen", "Ervaring met Kubernetes", "Kubernetes"),
        ("Functie-eisen", "Kennis van SAP", "SAP"),
        ("O que procuramos", "Conhecimentos de SQL", "SQL"),
        ("Das bringst du mit", "TypeScript", "TypeScript"),
        ("Minimum qualifications:", "Tableau", "Tableau"),
        ("You might be a fit if you have", "Figma", "Figma"),
    ],
)
def test_headings_of_seven_languages_begin_demands(heading: str, point: str, skill: str) -> None:
    assert asked("", f"{heading}\n- {point}").must == (skill,)


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("Requirements: 3-5 years of experience in logistics", 3),
        ("Requirements: at least seven years' experience in teaching", 7),
        ("Requirements: 8 years of experience with a bachelor's or 6 years of experience with a master's", 6),
        ("Requirements: ten (10) years of professional experience", 10),
        ("Requirements: you have worked as a welder for 2 years", 2),
        ("Requirements: be 18 years old", None),
        ("You must like a company founded 20 years ago", None),
        ("In the past 5 years we have grown with experienced people", None),
        ("Requirements: a contract of 2 years", None),
    ],
)
def test_years_are_those_of_experience(sentence: str, years: int | None) -> None:
    assert asked("", sentence).years == years


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("This job is fully remote.", "remote"),
        ("This role is not remote.", "on_site"),
        ("We are hybrid: three days a week in the office.", "hybrid"),
        ("Work on-site in Porto.", "on_site"),
        ("A fine job.", None),
    ],
)
def test_where_the_work_is_done(text: str, remote: str | None) -> None:
    assert asked("", text).remote == remote


def test_titles_of_one_kind_of_work_have_one_core() -> None:
    assert core_of("Senior Data Engineer (m/w/d) – Berlin") == core_of("Data Engineer II, Platform")
    assert core_of("Software Developer") == core_of("Software Engineer")
    assert core_of("Gesundheits- und Krankenpfleger:in")[-1] == core_of("Nurse")[-1]
    assert core_of("Director, Performance Marketing") == ("performance", "marketing")


def test_a_degree_is_not_found_within_another_word() -> None:
    assert degrees_in("An undergraduate degree in biology") == ("bachelor",)
    assert degrees_in("Webmaster in a small team; a degree is welcome") == ()


def test_letters_that_are_taken_for_others_do_not_stop_the_reading() -> None:
    """To a pattern of any case, the dotless i of a Turkish keyboard is an i, and the long s an s."""
    asks = asked("Clerk", "Requirements\n- Fluent German and Englısh, some \u017fpanish")
    assert set(asks.languages) == {"de", "en", "es"}
    assert [one.value for one in numbers_in("fıve nurses, 2 mıllıon euros")] == [5, 2e6]


def test_a_posting_may_be_anything() -> None:
    assert asked("", "") == Asks()
    for text in ("\x00" * 500, "• " * 20_000, "a" * 200_000, "🦊\n" * 900, "10 years " * 4_000):
        asked(text[:300], text)


def test_what_is_asked_is_kept_small_and_comes_back_the_same() -> None:
    for title, text in (("Senior Backend Engineer", ENGLISH), ("Buchhalter", GERMAN), ("Nurse", BLOB)):
        asks = asked(title, text)
        kept = json.dumps(asks.to_json())
        assert len(kept) < 900
        assert Asks.from_json(json.loads(kept)) == asks
    assert Asks.from_json({"must": ["Python"], "of_a_later_version": 1}).must == ("Python",)
