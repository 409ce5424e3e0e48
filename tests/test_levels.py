"""The level of a job stands in its title, and is not made up where it does not."""

import pytest

from hearback.levels import LEVELS, level_of, rank

TITLES = [
    ("Software Engineering Intern (Summer 2027)", "intern"),
    ("Werkstudent (m/w/d) Datenanalyse", "intern"),
    ("Estágio em Marketing", "intern"),
    ("International Sales Specialist", None),
    ("Internal Auditor", None),
    ("Junior Backend Developer", "junior"),
    ("Jr. QA Tester", "junior"),
    ("Graduate Civil Engineer", "junior"),
    ("Associate Software Engineer", "junior"),
    ("Associate Director, Clinical Operations", "director"),
    ("Sales Associate", None),
    ("Mid-Level React Developer", "mid"),
    ("Software Engineer II", "mid"),
    ("Software Engineer I", "junior"),
    ("Software Engineer III", "senior"),
    ("Data Analyst 2", "mid"),
    ("Senior Software Engineer II", "senior"),
    ("Sr. Accountant", "senior"),
    ("(Senior) Controller (f/m/d)", "senior"),
    ("Senior / Staff Fullstack Engineer", "senior"),
    ("Staff Software Engineer, Search", "staff"),
    ("Staff Machine Learning Engineer", "staff"),
    ("Senior Staff Engineer", "staff"),
    ("Data Engineer Senior Principal", "staff"),
    ("Member of Staff, Research", None),
    ("Middle Python Developer", "mid"),
    ("Middle School Teacher", None),
    ("SDE II", "mid"),
    ("Leiterin Einkauf", "manager"),
    ("Director's Assistant", None),
    ("Staff Nurse", None),
    ("Staff Accountant", None),
    ("Chief of Staff", None),
    ("Principal Designer", "staff"),
    ("Tech Lead, Payments", "lead"),
    ("Accounts Payable Lead", "lead"),
    ("Lead Generation Specialist", None),
    ("Team Leader, Warehouse", "lead"),
    ("Engineering Manager", "manager"),
    ("Manager, Finance Systems", "manager"),
    ("Senior Manager, Procurement", "manager"),
    ("Store Manager", "manager"),
    ("Product Manager", None),
    ("Senior Product Manager", "senior"),
    ("Customer Success Manager", None),
    ("Program Manager II", None),
    ("Senior Director of Sales", "director"),
    ("Head of Data", "director"),
    ("Art Director", None),
    ("VP, Engineering", "executive"),
    ("Vice President of People", "executive"),
    ("Chief Technology Officer", "executive"),
    ("Executive Assistant to the CEO", None),
    ("Account Executive", None),
    ("Executive Director", "executive"),
    ("Software Engineer", None),
    ("", None),
]


@pytest.mark.parametrize(("title", "level"), TITLES)
def test_the_level_is_what_the_title_says(title: str, level: str | None) -> None:
    assert level_of(title) == level


def test_levels_have_an_order() -> None:
    ranks = [rank(level) for level in LEVELS]
    assert ranks == sorted(ranks, key=lambda one: one or 0)
    assert rank(None) is None
