"""The rules of the house hold for this project, and the checker sees when they do not."""

from pathlib import Path

import pytest

from tests.support.house import problems

ROOT = Path(__file__).resolve().parent.parent

# Files over 200 lines, each with the reason why it is better whole.
LONG_FILES: dict[str, str] = {
    "hearback/config.py": "every setting, each with what makes it wrong",
    "hearback/gmail/client.py": "one outside service, its answers and its errors, read together",
    "hearback/mail/match.py": "one pure function, read from top to bottom",
    "hearback/models/application.py": "the fold and the row that it writes, the end of a push's way",
    "migrations/0001_initial.py": "the first tables, all of them",
    "migrations/0011_job_searches.py": "tables of searches, and the index of words on two databases",
}

# A small house in order: every layer is there, and so are those who stand apart.
SOUND = {
    "hearback/__init__.py": "",
    "hearback/config.py": "",
    "hearback/mail/__init__.py": "",
    "hearback/models/__init__.py": "",
    "hearback/models/user.py": "import peewee",
    "jobs/__init__.py": "",
    "jobs/read.py": "from hearback.mail.parse import parse\nfrom hearback.models import user",
    "webapp/__init__.py": "import flask\nfrom webapp import pages",
    "webapp/pages.py": "from jobs.read import read\nread.queue.enqueue(read, 1)",
    "webapp/cli.py": "from hearback.mail.parse import parse",
    "scheduler.py": "from jobs import read",
    "sandbox/__init__.py": "",
    "sandbox/client.py": "import requests",
    "tools/__init__.py": "",
    "tools/demo.py": "from sandbox.client import Control",
    "tests/__init__.py": "",
    "tests/test_all.py": "def test():\n    from sandbox import client\n    import webapp",
}

BROKEN = [
    ("hearback/mail/parse.py", "import jobs.read", "imports jobs"),
    ("hearback/config.py", "from hearback.models import user", "imports hearback.models"),
    ("hearback/mail/parse.py", "from hearback.models.user import User", "imports hearback.models"),
    ("hearback/mail/parse.py", "from ..models import user", "imports hearback.models"),
    ("hearback/mail/__init__.py", "from .. import models", "imports hearback.models"),
    ("jobs/read.py", "from webapp import pages", "imports webapp"),
    ("jobs/read.py", "from flask import g", "jobs must not import flask"),
    ("jobs/read.py", "import flask_login", "jobs must not import flask_login"),
    ("hearback/models/user.py", "from flask.cli import x", "must not import flask"),
    ("scheduler.py", "import webapp", "imports webapp"),
    ("webapp/pages.py", "from hearback.mail import parse", "a route must not import"),
    ("webapp/pages.py", "import sandbox.client", "must not know each other"),
    ("sandbox/client.py", "from hearback.config import x", "must not know each other"),
    ("sandbox/client.py", "import tools.demo", "must not know each other"),
    ("tools/demo.py", "import sandbox", "must not know each other"),
    ("tools/demo.py", "from webapp import pages", "must not know each other"),
    ("jobs/read.py", "import tests", "not part of the product"),
    ("jobs/read.py", "def f():\n    from hearback import config", "inside a function"),
    (
        "webapp/pages.py",
        "class A:\n    f = lambda: 1\n    def g(self):\n        import jobs",
        "inside",
    ),
    ("hearback/boards2/x.py", "from hearback import config", "has no layer"),
    ("jobs/read.py", "try:\n    pass\nexcept Exception:\n    raise", "catches every exception"),
    ("jobs/read.py", "try:\n    pass\nexcept (OSError, BaseException) as e:\n    raise", "catches"),
    ("hearback/config.py", "try:\n    pass\nexcept:\n    raise", "catches every exception"),
    (
        "jobs/read.py",
        "import contextlib\nwith contextlib.suppress(Exception):\n    pass",
        "catches",
    ),
    ("webapp/pages.py", "q.enqueue('jobs.read.read', 1)", "by its name"),
    ("webapp/pages.py", "q.enqueue_in(5, f'jobs.{x}')", "by its name"),
    ("scheduler.py", "s.schedule(now, func='jobs.read.read')", "by its name"),
]


def _write(root: Path, files: dict[str, str]) -> Path:
    for name, code in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'"""Says why."""\n{code}\n')
    return root


def test_the_project_keeps_the_rules_of_the_house() -> None:
    found = problems(ROOT, LONG_FILES)
    assert not found, "\n" + "\n".join(found)


def test_a_sound_house_has_no_problems(tmp_path: Path) -> None:
    assert problems(_write(tmp_path, SOUND), {}) == []


@pytest.mark.parametrize(("file", "code", "complaint"), BROKEN)
def test_every_broken_rule_is_named_with_its_file(
    tmp_path: Path, file: str, code: str, complaint: str
) -> None:
    found = problems(_write(tmp_path, SOUND | {file: code}), {})
    assert [one for one in found if file in one and complaint in one], found


def test_a_cycle_is_shown_as_a_walk(tmp_path: Path) -> None:
    cycle = {
        "jobs/a.py": "from jobs import b",
        "jobs/b.py": "from jobs.c import x",
        "jobs/c.py": "import jobs.a",
    }
    found = problems(_write(tmp_path, SOUND | cycle), {})
    assert found == ["import cycle: jobs.a -> jobs.b -> jobs.c -> jobs.a"]


def test_a_module_without_a_docstring_is_named(tmp_path: Path) -> None:
    _write(tmp_path, SOUND)
    (tmp_path / "jobs" / "silent.py").write_text("x = 1\n")
    assert problems(tmp_path, {}) == ["jobs/silent.py:1 has no docstring"]


def test_a_long_file_needs_a_reason_and_the_table_stays_true(tmp_path: Path) -> None:
    _write(tmp_path, SOUND | {"jobs/long.py": "x = 1\n" * 200})
    assert problems(tmp_path, {}) == ["jobs/long.py has 202 lines; split it or give a reason in the table"]
    assert problems(tmp_path, {"jobs/long.py": "one table"}) == []
    assert problems(tmp_path, {"jobs/long.py": "one table", "jobs/read.py": "why?"}) == [
        "jobs/read.py is in the table of long files, and is none"
    ]
