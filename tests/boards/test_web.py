"""Boards are asked politely: by their rules, at their pace, no more than needed, and without telling keys."""

import errno
import json
import logging
import os
import time
from pathlib import Path

import pytest

from hearback import config
from hearback.boards import web
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.web import Web, open_web
from hearback.boards.web_adapter import A_SECOND, Secret, pace
from hearback.boards.web_cache import cache_folder, clean_cache
from hearback.boards.web_robots import LONGEST_DELAY, read_robots
from tests.support import product
from tests.support.board_server import BoardServer, Reply, board_server, of_json, web_page

# No label of a name is so long.
LONG = f"http://{'a' * 70}.example/"
SETTINGS = product.environment("sqlite:///x.db", "redis://localhost/0")


def _robots(text: str, status: int = 200) -> Reply:
    return Reply(text.encode(), status, {"Content-Type": "text/plain"})


def _forbidden(board: BoardServer, cache: Path, path: str = "/jobs") -> Fault | None:
    try:
        with Web(board.url, cache=cache) as web:
            web.get_json(board.url + path)
    except BoardFault as fault:
        return fault.kind
    return None


def test_we_say_who_we_are(board: BoardServer, tmp_path: Path) -> None:
    board.reply = of_json([])
    settings = config.from_environ(
        SETTINGS | {"BOARD_CACHE": str(tmp_path), "BASE_URL": "https://jobs.example"}
    )
    with open_web(settings, board.url, moved=True) as web:
        web.get_json(f"{board.url}/jobs")
    assert {asked.headers["User-Agent"] for asked in board.asked} == {
        f"Hearback/{config.VERSION} (+https://jobs.example)"
    }


def test_the_version_is_the_project_s() -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text()
    assert f'version = "{config.VERSION}"' in project


def test_what_robots_txt_forbids_is_not_asked(board: BoardServer, cache: Path) -> None:
    board.reply = of_json([])
    board.replies["/robots.txt"] = _robots(
        "User-agent: *\nDisallow: /private\n\nUser-agent: Hearback\nDisallow: /no"
    )
    assert _forbidden(board, cache, "/no/jobs") is Fault.ROBOTS
    assert board.paths == []
    # The part that names us counts, and the one for all does not.
    assert _forbidden(board, cache, "/private/jobs") is None


@pytest.mark.parametrize(
    "robots",
    [
        Reply(status=404),
        Reply(status=403),
        web_page("<!doctype html>Disallow: /"),
        of_json([{"id": 1, "title": "User-agent: *"}]),
        _robots(""),
        _robots("\x00\xff" * 50),
        _robots("\n" * 400_000),
        _robots("User-agent: *\nRequest-rate: 0/0\nCrawl-delay: nan\nDisallow:"),
        Reply(status=302, headers={"Location": "/caf\xe9"}),
        Reply(b"\xff", headers={"Content-Type": "text/plain; charset=idna"}),
        # The board itself will say what is wrong with it.
        Reply(status=500),
        Reply(b"User-agent: *", claimed=500),
    ],
)
def test_a_robots_txt_that_says_nothing_forbids_nothing(
    board: BoardServer, cache: Path, robots: Reply
) -> None:
    board.reply = of_json([])
    board.replies["/robots.txt"] = robots
    assert _forbidden(board, cache) is None


def test_the_terms_of_a_board_open_what_its_robots_txt_closes_to_all_and_not_to_us(
    board: BoardServer, cache: Path
) -> None:
    board.reply = of_json([])
    board.replies["/robots.txt"] = _robots("User-agent: *\nDisallow: /api/")
    assert _forbidden(board, cache, "/api/jobs") is Fault.ROBOTS
    with Web(board.url, cache=cache, granted=True) as web:
        assert web.get_json(f"{board.url}/api/jobs") == []

    board.replies["/robots.txt"] = _robots("User-agent: hearback\nDisallow: /api/")
    with Web(board.url, cache=cache / "anew", granted=True) as web, pytest.raises(BoardFault) as told:
        web.get_json(f"{board.url}/api/jobs")
    assert told.value.kind is Fault.ROBOTS


def test_a_page_of_others_waits_until_its_robots_txt_can_be_read(board: BoardServer, cache: Path) -> None:
    board.reply = web_page()
    board.replies["/robots.txt"] = Reply(status=503)
    with Web(cache=cache, private=True) as web, pytest.raises(BoardFault) as told:
        web.get_text(f"{board.url}/careers")
    assert told.value.kind is Fault.DOWN
    assert board.paths == []


def test_where_a_redirect_leads_has_rules_of_its_own(board: BoardServer, cache: Path) -> None:
    with board_server() as other:
        other.replies["/robots.txt"] = _robots("User-agent: *\nDisallow: /")
        board.reply = Reply(status=302, headers={"Location": f"{other.url}/jobs"})
        with Web(board.url, cache=cache, private=True) as web, pytest.raises(BoardFault) as told:
            web.get_json(f"{board.url}/jobs")
        assert told.value.kind is Fault.ROBOTS
        assert other.paths == []


def test_a_delay_between_calls_is_read_and_has_an_end() -> None:
    assert read_robots("User-agent: *\nCrawl-delay: 7", "Hearback").delay == 7
    assert read_robots("User-agent: *\nRequest-rate: 1/20", "Hearback").delay == 20
    assert read_robots("User-agent: *\nCrawl-delay: 99999", "Hearback").delay == LONGEST_DELAY
    assert read_robots("User-agent: *\nCrawl-delay: often", "Hearback").delay == 0


def test_a_delay_is_kept_between_two_calls(board: BoardServer, cache: Path) -> None:
    board.reply = of_json([])
    board.replies["/robots.txt"] = _robots("User-agent: *\nCrawl-delay: 30")
    waits: list[float] = []
    with Web(board.url, cache=cache, pause=waits.append) as web:
        web.get_json(f"{board.url}/a")
        assert waits == []
        web.get_json(f"{board.url}/b")
    assert len(waits) == 1 and 0 < waits[0] <= 30


def test_each_host_has_a_pace_of_its_own(board: BoardServer, cache: Path) -> None:
    board.reply = of_json([])
    with Web(board.url, cache=cache) as web:
        web.get_json(f"{board.url}/a")
        web.get_json(f"{board.url}/b")
    buckets = pace().bucket_factory
    # robots.txt is a call like another.
    assert buckets[board.url.removeprefix("http://")].count() == 3
    assert [(rate.limit, rate.interval) for rate in buckets.rates] == [(A_SECOND, 1000)]


def test_a_visit_that_lasts_too_long_ends(board: BoardServer, cache: Path) -> None:
    board.reply = of_json([])
    with Web(board.url, cache=cache, visit_seconds=0) as web, pytest.raises(BoardFault) as told:
        web.get_json(f"{board.url}/jobs")
    assert told.value.kind is Fault.DOWN


def test_what_has_not_changed_is_not_sent_again(board: BoardServer, cache: Path) -> None:
    def reply(asked: object) -> Reply:
        known = board.asked[-1].headers.get("If-None-Match")
        if known == '"v1"':
            return Reply(status=304)
        return Reply(b'["job"]', headers={"ETag": '"v1"', "Cache-Control": "max-age=0"})

    board.reply = reply
    for _ in range(2):
        with Web(board.url, cache=cache) as web:
            assert web.get_json(f"{board.url}/jobs") == ["job"]
            assert not web.stale
    assert [asked.headers.get("If-None-Match") for asked in board.asked if asked.path == "/jobs"] == [
        None,
        '"v1"',
    ]


def test_an_answer_holds_as_long_as_its_board_says(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(b'["job"]', headers={"Cache-Control": "max-age=600"})
    for _ in range(2):
        with Web(board.url, cache=cache) as web:
            assert web.get_json(f"{board.url}/jobs") == ["job"]
    assert board.paths == ["/jobs"]


def _age(cache: Path, days: float) -> None:
    """Make every kept answer that much older."""
    for file in cache.glob("*.json"):
        kept = json.loads(file.read_text())
        for name in ("created_at", "expires"):
            if kept.get(name):
                kept[name] = f"2020{kept[name][4:]}"
        file.write_text(json.dumps(kept))
        then = time.time() - days * 86_400
        os.utime(file, (then, then))


def test_no_answer_holds_for_ever(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(b'["old"]', headers={"Cache-Control": "max-age=31536000, immutable"})
    with Web(board.url, cache=cache) as web:
        web.get_json(f"{board.url}/jobs")
    _age(cache, 1)
    board.reply = of_json(["new"])
    with Web(board.url, cache=cache) as web:
        assert web.get_json(f"{board.url}/jobs") == ["new"]


@pytest.mark.parametrize("down", [Reply(status=500), Reply(status=503), Reply(b"[", claimed=90)])
def test_the_older_answer_stands_in_while_a_board_is_down(
    board: BoardServer, cache: Path, down: Reply
) -> None:
    board.reply = of_json(["job"])
    with Web(board.url, cache=cache) as web:
        web.get_json(f"{board.url}/jobs")
    _age(cache, 1)
    board.reply = down
    with Web(board.url, cache=cache) as web:
        assert web.get_json(f"{board.url}/jobs") == ["job"]
        assert web.stale


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [(Reply(status=403), Fault.BLOCKED), (Reply(status=429), Fault.LIMITED), (web_page(), Fault.SHAPE)],
)
def test_a_board_that_refuses_us_is_not_hidden_behind_an_older_answer(
    board: BoardServer, cache: Path, refusal: Reply, kind: Fault
) -> None:
    board.reply = of_json(["job"])
    assert _forbidden(board, cache) is None
    _age(cache, 1)
    board.reply = refusal
    assert _forbidden(board, cache) is kind


def test_keys_go_to_the_board_and_nowhere_else(
    board: BoardServer, cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key = "kQ7-hush-hush"
    secret = Secret(params={"app_key": key}, headers={"Authorization-Key": key}, path=key)
    with board_server() as other, caplog.at_level(logging.INFO):
        other.reply = of_json([])
        board.replies[f"/jobs/{key}"] = of_json(["job"])
        board.replies[f"/moved/{key}"] = Reply(status=302, headers={"Location": f"{other.url}/x"})
        board.replies[f"/down/{key}"] = Reply(status=500)
        echo = Reply(status=301, headers={"Location": f"/v2/jobs/{key}?what=cook&app_key={key}"})
        board.replies[f"/old/{key}"] = echo
        board.replies[f"/v2/jobs/{key}"] = of_json(["moved"])
        with Web(board.url, cache=cache, private=True) as web:
            assert web.get_json(f"{board.url}/jobs", {"what": "cook"}, secret) == ["job"]
            web.get_json(f"{board.url}/moved", secret=secret)
            # The board repeats the key in its redirect, which is kept no more than another.
            assert web.get_json(f"{board.url}/old", secret=secret) == ["moved"]
            with pytest.raises(BoardFault) as told:
                web.get_json(f"{board.url}/down", secret=secret)
        whole = [f"{one.path} {one.headers}" for one in other.asked]
    assert board.paths[0] == f"/jobs/{key}?what=cook&app_key={key}"
    assert not [text for text in whole if key in text]
    assert key not in str(told.value) and key not in caplog.text
    assert not [file for file in cache.iterdir() if key in file.read_text() or key in file.name]
    assert key not in repr(secret)


def test_two_answers_of_one_question_with_another_body_are_two(board: BoardServer, cache: Path) -> None:
    board.reply = lambda asked: Reply(json.dumps([asked.json]).encode())
    with Web(board.url, cache=cache) as web:
        assert web.post_json(f"{board.url}/search", {"page": 1}) == [{"page": 1}]
        assert web.post_json(f"{board.url}/search", {"page": 2}) == [{"page": 2}]


def test_text_is_read_as_its_head_or_its_page_says(board: BoardServer, cache: Path) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head>Köln</html>'
    board.replies["/head"] = Reply(
        "Köln".encode("cp1252"), headers={"Content-Type": "text/html; charset=cp1252"}
    )
    board.replies["/page"] = Reply(page.encode("latin-1"), headers={"Content-Type": "text/html"})
    for name in ("nonsense", "idna", "undefined", "hex", "utf-7", "unicode_escape"):
        said = {"Content-Type": f"text/html; charset={name}"}
        board.replies[f"/{name}"] = Reply("Köln".encode(), headers=said)
    with Web(board.url, cache=cache) as web:
        for path in board.replies.keys() - {"/robots.txt"}:
            assert "Köln" in web.get_text(board.url + path)


def test_where_one_worker_does_everything_a_slow_board_is_left_sooner(
    board: BoardServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.reply = of_json([])
    assert web.ALONE_SECONDS < web.VISIT_SECONDS / 4
    monkeypatch.setattr(web, "ALONE_SECONDS", 0.0)
    told = {}
    for processes in ("1", "2"):
        settings = config.from_environ(SETTINGS | {"BOARD_CACHE": str(tmp_path), "PROCESSES": processes})
        with open_web(settings, board.url, moved=True) as visit:
            try:
                told[processes] = str(visit.get_json(f"{board.url}/jobs"))
            except BoardFault as fault:
                told[processes] = fault.words
    assert told == {"1": "The board took longer than one run may last.", "2": "[]"}


def test_a_board_s_own_address_is_no_way_into_a_private_network(board: BoardServer, tmp_path: Path) -> None:
    # A user's key is part of the address of some boards.
    settings = config.from_environ(SETTINGS | {"BOARD_CACHE": str(tmp_path)})
    with open_web(settings, board.url) as web, pytest.raises(BoardFault) as told:
        web.get_json(f"{board.url}/jobs")
    assert told.value.kind is Fault.FORBIDDEN_ADDRESS and board.asked == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/x", "http://localhost/x", "http://169.254.169.254/latest"]
)
def test_a_user_s_address_leads_into_no_private_network(cache: Path, url: str) -> None:
    with Web(cache=cache) as web, pytest.raises(BoardFault) as told:
        web.get_text(url)
    assert told.value.kind is Fault.FORBIDDEN_ADDRESS


@pytest.mark.parametrize(
    "url",
    ["", "jobs", "mailto:x@y.example", "https://", "http://a b/", "http://[1/", "http://x:99999/", LONG],
)
def test_what_is_no_address_is_told_so(cache: Path, url: str) -> None:
    with Web(cache=cache) as web, pytest.raises(BoardFault) as told:
        web.get_text(url)
    assert told.value.kind is Fault.FORBIDDEN_ADDRESS


def test_a_folder_that_cannot_be_written_to_costs_no_answer(board: BoardServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    board.reply = of_json(["job"])
    with Web(board.url, cache=tmp_path / "file" / "answers") as web:
        assert web.get_json(f"{board.url}/jobs") == ["job"]


def test_a_kept_answer_that_was_spoilt_is_asked_for_anew(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(b'["job"]', headers={"Cache-Control": "max-age=600"})
    assert _forbidden(board, cache) is None
    for file in cache.glob("*.json"):
        file.write_text('{"half": ')
    assert _forbidden(board, cache) is None
    assert len(board.paths) == 2


def test_cleaning_takes_what_is_old_and_the_oldest_of_too_much(cache: Path) -> None:
    cache.mkdir()
    for name, days in (("a", 0.0), ("b", 1.0), ("c", 2.0), ("d", 9.0)):
        file = cache / f"{name}.answer.json"
        file.write_bytes(b"x" * 100)
        then = time.time() - days * 86_400
        os.utime(file, (then, then))
    assert clean_cache(cache, most_bytes=250) == 2
    assert sorted(file.name for file in cache.iterdir()) == ["a.answer.json", "b.answer.json"]
    assert clean_cache(cache / "missing") == 0


def test_cleaning_takes_nothing_that_is_not_ours(cache: Path) -> None:
    # An operator may name a folder that holds other things too.
    (cache / "letters.answer.json").mkdir(parents=True)
    half = cache / ".answer-x1"
    for file in (cache / "taxes.json", cache / ".profile", half):
        file.write_text("x")
        os.utime(file, (1, 1))
    assert clean_cache(cache, days=-1) == 1
    assert sorted(file.name for file in cache.iterdir()) == [".profile", "letters.answer.json", "taxes.json"]


def test_a_visit_leaves_no_more_behind_than_may_be_kept(board: BoardServer, cache: Path) -> None:
    cache.mkdir()
    old = cache / "a.answer.json"
    with old.open("wb") as file:
        file.truncate(300 * 1024**2)
    os.utime(old, (time.time() - 3600,) * 2)
    board.reply = of_json(["job"])
    assert _forbidden(board, cache) is None
    assert not old.exists() and list(cache.iterdir())


def test_a_disk_that_is_full_keeps_no_half_of_an_answer(
    board: BoardServer, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    # Replacing is the last thing that may fail; a real full disk would hit the other tests too.
    monkeypatch.setattr(Path, "replace", full)
    board.reply = of_json(["job"])
    with Web(board.url, cache=cache) as web:
        assert web.get_json(f"{board.url}/jobs") == ["job"]
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize(
    "head",
    [
        {"Cache-Control": "max-age=99999999999999999999"},
        {"Cache-Control": "private, max-age=315360000000, immutable"},
        {"Cache-Control": "max-age=600, stale-if-error=9999999999999999999999"},
        {"Expires": "Fri, 31 Dec 9999 23:59:59 +99999999999999999999"},
        {"Expires": "0", "Cache-Control": 'max-age="soon"'},
        {"ETag": "é", "Last-Modified": "yesterday", "Vary": "*"},
        {"Set-Cookie": "a=b; expires=Fri, 31 Dec 99999 23:59:59 GMT; max-age=99999999999999999999999"},
        {"Content-Type": "application/json; charset=undefined"},
    ],
)
def test_an_odd_head_costs_no_answer(board: BoardServer, cache: Path, head: dict[str, str]) -> None:
    board.reply = Reply(b'["job"]', headers=head)
    for _ in range(2):
        with Web(board.url, cache=cache) as web:
            assert web.get_json(f"{board.url}/jobs") == ["job"]


@pytest.mark.parametrize("said", ["no-cache, private", "max-age=0, must-revalidate", "max-age=0"])
def test_an_answer_that_is_old_at_once_stands_in_too(board: BoardServer, cache: Path, said: str) -> None:
    board.reply = Reply(b'["job"]', headers={"Cache-Control": said})
    assert _forbidden(board, cache) is None
    _age(cache, 1)
    board.reply = Reply(status=503)
    with Web(board.url, cache=cache) as web:
        assert web.get_json(f"{board.url}/jobs") == ["job"]
        assert web.stale


def test_no_board_says_for_us_that_an_older_answer_is_as_good(board: BoardServer, cache: Path) -> None:
    said = {"Cache-Control": "max-age=0, stale-if-error=86400, stale-while-revalidate=86400", "ETag": '"1"'}
    board.reply = Reply(b'["old"]', headers=said)
    assert _forbidden(board, cache) is None
    _age(cache, 1)
    board.reply = Reply(b'["new"]', headers=said)
    with Web(board.url, cache=cache) as web:
        assert web.get_json(f"{board.url}/jobs") == ["new"]
    _age(cache, 1)
    board.reply = Reply(status=503)
    with Web(board.url, cache=cache) as web:
        web.get_json(f"{board.url}/jobs")
        assert web.stale


def test_an_answer_that_asks_not_to_be_kept_is_not(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(b'["job"]', headers={"Cache-Control": "no-store"})
    assert _forbidden(board, cache) is None
    assert [file for file in cache.glob("*") if "job" in file.read_text()] == []


def test_the_folder_is_the_setting_s_or_the_system_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder("") == tmp_path / "hearback" / "boards"
    assert cache_folder("/somewhere") == Path("/somewhere")
