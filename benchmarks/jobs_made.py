"""Invented postings in any number: their companies, titles, places and texts vary as on real boards."""

import datetime as dt
import random

from hearback.boards.posting import Employment, Place, Posting, Remote, Salary

FIRST = (
    "Amber", "Birch", "Cobalt", "Drift", "Ember", "Fable", "Garnet", "Harbor", "Indigo", "Juniper",
    "Kestrel", "Linden", "Marble", "Nettle", "Onyx", "Pebble", "Quartz", "Raven", "Sable", "Timber",
    "Umber", "Velvet", "Willow", "Yarrow", "Zephyr", "Alder", "Bramble", "Cedar", "Dune", "Elm",
    "Fern", "Grove", "Heath", "Iris", "Jasper", "Larch",
)  # fmt: skip
SECOND = (
    "Robotics", "Logistics", "Health", "Labs", "Systems", "Foods", "Energy", "Media", "Finance",
    "Studio", "Motors", "Care", "Retail", "Analytics", "Cloud", "Bio", "Security", "Works", "Games",
    "Learning", "Materials", "Travel", "Insurance", "Textiles", "Water",
)  # fmt: skip
ROLES = (
    "Software Engineer", "Data Analyst", "Product Manager", "Registered Nurse", "Account Executive",
    "Warehouse Operative", "Designer", "DevOps Engineer", "Accountant", "Project Manager",
    "Sales Manager", "Electrician", "Teacher", "Data Scientist", "Support Engineer", "Marketing Manager",
    "Mechanical Engineer", "Recruiter", "Office Manager", "Machine Learning Engineer",
)  # fmt: skip
TEAMS = (
    "Payments", "Search", "Growth", "Platform", "Mobile", "Billing", "Infrastructure", "Onboarding",
    "Research", "Europe",
)  # fmt: skip
LEVELS = ("", "Senior ", "Junior ", "Staff ", "Lead ")
PLACES = (
    ("San Francisco", "California", "US"), ("New York City", "New York", "US"), ("Austin", "Texas", "US"),
    ("London", "England", "GB"), ("Berlin", "Berlin", "DE"), ("Munich", "Bavaria", "DE"),
    ("Paris", None, "FR"),
    ("Toronto", "Ontario", "CA"), ("Amsterdam", None, "NL"), ("Sydney", "New South Wales", "AU"),
    ("Bengaluru", "Karnataka", "IN"), ("Dublin", None, "IE"),
)  # fmt: skip
WORDS = (
    "team", "work", "with", "our", "customers", "build", "design", "systems", "data", "python",
    "sql", "react", "kubernetes", "care", "patients", "plan", "deliver", "own", "improve",
    "process", "report", "experience", "years", "strong", "communication", "skills", "benefits",
    "holiday", "pension", "remote", "office", "growth", "quality", "safety", "training", "support",
    "partners", "roadmap", "metrics", "service", "reliable", "simple", "tests", "review", "mentor",
    "budget", "weekly", "travel", "licence", "degree", "english", "german", "hours", "shift",
    "equipment", "documents", "analysis", "product", "market", "research", "community",
)  # fmt: skip
BEGAN = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def postings(count: int, seed: int, board: str = "arbeitnow", words: int = 300) -> list[Posting]:
    """So many postings of one feed; the same seed gives the same ones."""
    chance = random.Random(seed)
    return [_posting(chance, number, seed, board, words) for number in range(count)]


def _posting(chance: random.Random, number: int, seed: int, board: str, words: int) -> Posting:
    city, region, country = chance.choice(PLACES)
    text = " ".join(chance.choices(WORDS, k=words))
    pay = chance.randrange(40, 180) * 1000
    title = f"{chance.choice(LEVELS)}{chance.choice(ROLES)}, {chance.choice(TEAMS)}"
    return Posting(
        board=board,
        feed="",
        external_id=f"{seed}-{number}",
        title=title,
        company=f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(FIRST)}",
        url=f"https://{board}.example/jobs/{seed}-{number}",
        places=(Place(f"{city}, {region or country}", city, region, country),),
        remote=chance.choice((None, None, Remote.REMOTE, Remote.HYBRID)),
        salary=Salary(pay, pay * 1.3, "USD") if chance.random() < 0.5 else None,
        employment=chance.choice((None, Employment.FULL_TIME, Employment.CONTRACT)),
        posted_at=BEGAN - dt.timedelta(hours=chance.randrange(24 * 60)),
        description_html=f"<p>{text}</p>",
        description_text=text,
    )
