"""Skills are found by whatever words name them, and everyday words are not taken for them."""

import pytest

from hearback.skills import canonical, find, implied, named, proven, same
from hearback.skills.table import table

NAMED = [
    ("Python, Django and PostgreSQL", ["Python", "Django", "PostgreSQL"]),
    ("5+ years with postgres and k8s", ["PostgreSQL", "Kubernetes"]),
    ("Languages: C, C++, C#, Go, R, Rust", ["C", "C++", "C#", "Go", "R", "Rust"]),
    ("Services written in Go and gRPC", ["Go", "gRPC"]),
    ("Senior Go Developer", ["Go"]),
    ("Statistics in R", ["Statistics", "R"]),
    ("R, Python", ["R", "Python"]),
    ("C/C++ on STM32 microcontrollers", ["C", "C++", "STM32", "Microcontrollers"]),
    (".NET Core, ASP.NET and Entity Framework Core", [".NET Core", "ASP.NET", "Entity Framework"]),
    ("experience with .NET", [".NET"]),
    ("Node.js / React.js / Vue", ["Node.js", "React", "Vue.js"]),
    ("nodejs, reactjs, nextjs", ["Node.js", "React", "Next.js"]),
    ("React Native apps", ["React Native"]),
    ("Java and JavaScript are not one", ["Java", "JavaScript"]),
    ("RESTful APIs, CI/CD pipelines, unit tests", ["REST", "CI/CD", "Unit testing"]),
    ("Machine\nlearning with scikit-learn", ["Machine learning", "scikit-learn"]),
    ("Advanced Excel and PowerPoint", ["Excel", "PowerPoint"]),
    ("MS Word, Outlook", ["Word", "Outlook"]),
    ("EXCEL, SAP, DATEV", ["Excel", "SAP", "DATEV"]),
    ("Sehr gute SAP-Kenntnisse und Erfahrung in der Finanzbuchhaltung", ["SAP", "Financial accounting"]),
    ("Staplerschein und Kommissionierung", ["Forklift", "Order picking"]),
    ("experience in sales", ["Sales"]),
    ("Wound care, ICU, Epic", ["Wound care", "Intensive care", "Epic"]),
    ("TIG welding and CNC milling", ["TIG welding", "CNC machining"]),
    ("SEND experience is welcome", ["Special education"]),
    ("Lesson planning, classroom management", ["Lesson planning", "Classroom management"]),
    ("Photoshop & InDesign (Adobe Creative Cloud)", ["Photoshop", "InDesign", "Adobe Creative Suite"]),
    ("SEO, Google Ads, GA4", ["SEO", "Google Ads", "Google Analytics"]),
    ("T-SQL and PL/SQL", ["T-SQL", "PL/SQL"]),
    ("front-end and back end", ["Front-end development", "Back-end development"]),
    ("CompTIA Security+ certified", ["CompTIA Security+"]),
    ("Go", ["Go"]),
    ("- C\n- Go\n- Lean", ["C", "Go", "Lean"]),
]  # fmt: skip
# What looks like a skill to a search for words.
NOT_NAMED = [
    "You go the extra mile. Go above and beyond. Ready to go?",
    "Our go-to person in the team",
    "Work with the R&D team and C-level managers",
    "Series C funding, Vitamin C, Class C shares",
    "You excel at what you do. Excel at meeting people.",
    "React to incidents within the hour",
    "We express ideas and spring into action, swift and with rust-free hands",
    "Access to the building, a word of thanks, a bright outlook",
    "We work in teams, and our sales team is growing",
    "The less we talk the better, so play along",
    "A lean company with a linear path",
    "Lead the chef and the pantry",
    "Trust, unity and helm duty on the lever",
    "The rest is up to you, at a spark of interest",
    "We notice 5+ things",
    "Send us your application by Friday, and send it once",
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_a_skill_is_found_by_any_of_its_words(text: str, names: list[str]) -> None:
    assert list(named(text)) == names


@pytest.mark.parametrize("text", NOT_NAMED)
def test_an_everyday_word_is_no_skill(text: str) -> None:
    assert named(text) == ()


def test_a_find_says_where_the_skill_stands() -> None:
    text = "Years of PostgreSQL, then postgres again"
    assert [text[hit.start : hit.end] for hit in find(text)] == ["PostgreSQL", "postgres"]
    assert named(text) == ("PostgreSQL",)


def test_two_words_for_one_skill_are_the_same() -> None:
    assert same("k8s", "Kubernetes")
    assert same("  React.js", "react")
    assert same("Basket weaving", "basket weaving")
    assert not same("Java", "JavaScript")
    assert not same("C", "C++")
    assert canonical("golang") == "Go"
    assert canonical("Basket weaving") is None


def test_a_skill_proves_those_that_it_cannot_do_without() -> None:
    assert {"React", "JavaScript"} <= implied("Next.js")
    assert "Next.js" not in implied("React")
    assert "Java" not in implied("JavaScript")
    assert implied("Basket weaving") == frozenset()
    assert {"Django", "Python", "SQL"} <= proven(["Django", "PostgreSQL"])


def test_nothing_proves_itself_and_no_word_means_two_skills() -> None:
    assert [name for name in table().proves if name in implied(name)] == []
    meanings: dict[tuple[str, ...], set[str]] = {}
    for variant in table().variants:
        meanings.setdefault(variant.tokens, set()).add(variant.name)
    assert [names for names in meanings.values() if len(names) > 1] == []


def test_every_name_is_found_where_it_stands_alone() -> None:
    names = {variant.name for variant in table().variants}
    assert [name for name in sorted(names) if named(name) != (name,)] == []
