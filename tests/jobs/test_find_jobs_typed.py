"""Many searches as people type them, with the jobs that must come and those that must not, on both databases.

What is matched against saved searches must be the same.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from hearback.models import Job, SavedSearch, database
from jobs.find_jobs import find
from jobs.find_jobs_wanted import Wanted
from jobs.job_matches_fit import fitting
from tests.support import product
from tests.support.openings import job

Made = tuple[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def rows(database_url: str) -> Iterator[None]:
    with product.running(product.environment(database_url, "redis://127.0.0.1:1/0")):
        database.connect(reuse_if_open=True)
        yield


def made(title: str, **values: Any) -> Made:
    """A job to be made."""
    return title, values


# What is looked for, the jobs that it must find, and those that it must not.
SEARCHES: list[tuple[dict[str, Any], list[Made], list[Made]]] = [
    (
        {"words": "C++"},
        [made("C++ Engineer"), made("Developer A", text="We use C++17 and C++, daily.")],
        [made("C Developer"), made("C# Developer"), made("Plus size model")],
    ),
    ({"words": "C++"}, [made("Embedded (C/C++) Engineer")], []),
    (
        {"words": "C#"},
        [made("C# Developer"), made("Entwickler C#/.NET")],
        [made("C++ Dev"), made("C Developer"), made("Sharp C manager B")],
    ),
    (
        {"words": ".NET"},
        [
            made(".NET Developer"),
            made("Dot dev", text="ASP.NET Core and .Net."),
            made("Fullstack .NET/Angular"),
        ],
        [made("Net revenue analyst"), made("Internet sales")],
    ),
    ({"words": "dotnet"}, [made(".NET Developer")], [made("Network admin")]),
    ({"words": "asp.net core"}, [made("ASP.NET Core Developer")], [made("Core network")]),
    (
        {"words": '"data scientist"'},
        [made("Senior Data Scientist"), made("Data Scientists")],
        [made("Data Engineer", text="You work with a scientist on data.")],
    ),
    (
        {"words": "engineer -senior"},
        [made("Engineer")],
        [made("Senior Engineer"), made("Engineer B", text="for senior folks")],
    ),
    ({"words": "engineer -sr"}, [made("Engineer")], [made("Sr. Engineer")]),
    ({"words": "-senior"}, [made("Engineer")], [made("Senior Engineer")]),
    (
        {"place": "São Paulo"},
        [made("a", place="São Paulo, Brazil"), made("b", place="Sao Paulo")],
        [made("c", place="Rio de Janeiro, Brazil")],
    ),
    (
        {"place": "Sao Paulo"},
        [made("a", place="São Paulo, SP"), made("b", place="São Paulo, Brasil")],
        [made("c", place="Santos, Brazil")],
    ),
    (
        {"place": "NYC"},
        [
            made("a", place="New York, NY"),
            made("b", place="New York City"),
            made("d", place="New York"),
        ],
        [made("c", place="Albany, NY"), made("g", place="York, UK")],
    ),
    (
        {"place": "New York"},
        [made("a", place="NYC"), made("b", place="New York City, New York, United States")],
        [made("g", place="York, England")],
    ),
    (
        {"place": "New York, NY"},
        [made("a", place="New York"), made("z", place="New York, USA")],
        [made("c", place="Newark, NJ")],
    ),
    (
        {"place": "Germany", "remote": "only"},
        [
            made("a", place="", remote="remote"),
            made("b", place="Germany", remote="remote", remote_from=["DE"]),
            made("e", place="", remote="remote", remote_from=["Europe"]),
            made("k", place="", remote="remote", remote_from=["EMEA"]),
            made("w", place="", remote="remote", remote_from=["Worldwide"]),
        ],
        [
            made("c", place="", remote="remote", remote_from=["US"]),
            made("d", place="Berlin, Germany", remote="on_site"),
        ],
    ),
    (
        {"place": "Deutschland", "remote": "only"},
        [made("b", place="", remote="remote", remote_from=["DE"])],
        [made("c", place="", remote="remote", remote_from=["FR"])],
    ),
    (
        {"words": "nurse", "salary_min": 60000, "salary_currency": "USD", "salary_unnamed": False},
        [
            made("Nurse A", pays=70000),
        ],
        [made("Nurse B", pays=50000), made("Nurse C", pays=90000, salary_currency="EUR"), made("Nurse D")],
    ),
    (
        {"words": "IT"},
        [made("IT Manager"), made("Head of IT"), made("IT-Systemadministrator (m/w/d)")],
        [made("Bakery lead", text="Bread.")],
    ),
    (
        {"words": "Go developer"},
        [
            made("Go Developer"),
            made(
                "Golang Developer",
            ),
        ],
        [made("Java Developer")],
    ),
    (
        {"words": "golang"},
        [made("Golang Engineer"), made("Backend x", text="in Go, with Redis", skills=["Go"])],
        [made("Google Ads manager")],
    ),
    ({"words": "R"}, [made("R Programmer"), made("Statistician (R, SAS)")], [made("Rust dev")]),
    ({"words": "nurses"}, [made("Registered Nurse"), made("Nurses")], [made("Nursery teacher X")]),
    ({"words": "nurse"}, [made("Nurses needed")], [made("Doctor")]),
    ({"words": "nursing"}, [made("Nursing Assistant")], []),
    (
        {"words": "Entwickler"},
        [
            made("Entwickler (m/w/d)"),
            made("Entwickler/in"),
            made("Softwareentwickler"),
            made("Java-Entwickler"),
        ],
        [made("Verkäufer")],
    ),
    (
        {"words": "Softwareentwickler"},
        [made("Softwareentwickler (m/w/d)"), made("Software-Entwickler"), made("Softwareentwicklerin")],
        [made("Verkäufer")],
    ),
    ({"words": "software-entwickler"}, [made("Softwareentwickler")], []),
    (
        {"words": "Krankenpfleger"},
        [made("Gesundheits- und Krankenpfleger (m/w/d)"), made("Krankenpfleger/-in")],
        [made("Altenpfleger")],
    ),
    ({"words": "Pflegekräfte"}, [made("Pflegekräfte gesucht")], []),
    ({"words": "Verkaufer"}, [made("Verkäufer")], []),
    ({"words": "Verkaeufer"}, [made("Verkäufer")], []),
    ({"words": "развработчик"}, [], [made("Повар")]),
    ({"words": "開発"}, [made("開発 エンジニア")], [made("料理人")]),
    (
        {"words": "ux/ui designer"},
        [made("UX/UI Designer"), made("UI/UX Designer"), made("UX & UI Designer")],
        [made("Interior Designer")],
    ),
    (
        {"words": "full stack"},
        [made("Full-Stack Engineer"), made("Fullstack Engineer"), made("Full Stack Dev")],
        [made("Stacker")],
    ),
    ({"words": "devops"}, [made("DevOps Engineer"), made("Dev Ops"), made("Dev-Ops engineer")], []),
    (
        {"words": "product manager", "levels": ("senior",)},
        [made("Senior Product Manager")],
        [made("Product Manager"), made("Junior Product Manager")],
    ),
    ({"words": "the and of"}, [], [made("Baker", text="Bread")]),
    ({"words": "software engineer at the bank"}, [made("Software Engineer", text="at the bank")], []),
    ({"words": "teacher NOT substitute"}, [made("Teacher")], []),
    ({"words": "designer OR illustrator"}, [made("Designer"), made("Illustrator")], [made("Cook")]),
    ({"words": "account*"}, [], []),
    ({"words": "Müller"}, [made("Verkäufer", company="Muller GmbH")], []),
    (
        {"companies": ("O'Reilly",)},
        [made("Editor", company="O’Reilly Media")],
        [made("x", company="Reilly")],
    ),
    ({"companies": ("AT&T",)}, [made("Tech", company="AT&T Inc.")], [made("x", company="Atlas")]),
    ({"words": "24/7"}, [made("Guard", text="24/7 shifts")], []),
    (
        {"place": "London"},
        [
            made("a", place="London, UK"),
            made("b", place="Greater London"),
            made("d", place="London, England, United Kingdom"),
            made("q", place="City of London"),
        ],
        [made("c", place="London, Ontario, Canada"), made("e", place="New London, CT")],
    ),
    ({"place": "Remote"}, [], []),
    ({"place": "Bay Area"}, [made("a", place="San Francisco Bay Area")], [made("c", place="Tampa Bay, FL")]),
    ({"place": "Washington"}, [made("a", place="Seattle, WA")], []),
    (
        {"place": "Washington DC"},
        [made("a", place="Washington, DC"), made("b", place="Washington, D.C.")],
        [made("c", place="Seattle, WA")],
    ),
    (
        {"place": "UK"},
        [made("a", place="Leeds, England"), made("b", place="Edinburgh, Scotland, UK")],
        [made("c", place="Kyiv, Ukraine")],
    ),
    (
        {"place": "Europe"},
        [made("a", place="Berlin, Germany"), made("b", place="Europe"), made("c", place="Paris, France")],
        [made("d", place="Austin, TX")],
    ),
    ({"place": "Köln"}, [made("a", place="Cologne, Germany"), made("b", place="Koeln")], []),
    ({"place": "90210"}, [], []),
    ({"place": "Lisbon"}, [made("a", place="Lisboa, Portugal")], []),
    ({"place": "Bangalore"}, [made("a", place="Bengaluru, India")], []),
    ({"words": "node.js"}, [made("Node.js Dev"), made("NodeJS Dev")], []),
    ({"words": "k8s"}, [made("Platform", text="Kubernetes")], []),
    ({"words": "C"}, [made("C Programmer"), made("Embedded C developer")], [made("Cook")]),
    ({"words": "objective-c"}, [made("Objective-C dev")], [made("C dev objective")]),
    (
        {"words": "e-commerce"},
        [made("E-Commerce Manager"), made("Ecommerce Manager"), made("eCommerce Lead")],
        [],
    ),
    ({"words": "ecommerce"}, [made("E-Commerce Manager")], []),
    ({"words": "part-time"}, [made("Part-time Cook"), made("Part Time Cook"), made("Parttime Cook")], []),
    ({"words": "desarrollador"}, [made("Desarrollador/a Java"), made("Desarrolladora web")], []),
    ({"words": "développeur"}, [made("Developpeur PHP"), made("Développeuse web")], []),
]


def test_each_search_finds_what_it_means_and_nothing_else() -> None:
    """All in one database: each search has it for itself, and all that goes wrong is shown."""
    wrong = []
    for asked, must, must_not in SEARCHES:
        Job.delete().execute()
        names = {job(title, **values).id: (title, values) for title, values in (*must, *must_not)}
        meant = set(list(names)[: len(must)])
        found = {one.id for one in find(None, Wanted(**asked)).jobs}
        saved = SavedSearch(**{name: list(v) if isinstance(v, tuple) else v for name, v in asked.items()})
        matched = {one.id for _, _, one in fitting([saved], list(Job.select()))}
        if not meant == found == matched:
            wrong.append((asked, [names[n] for n in meant ^ found], [names[n] for n in meant ^ matched]))
    assert not wrong
