"""Whatever a board does wrong, it ends as one fault in words, and no row that it gave is lost."""

import gzip
import json
import socket
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from hearback.boards import arbeitnow, remotive
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.posting import Batch
from hearback.boards.source import Ask, Source, ask_board
from hearback.boards.web import Web
from tests.support.board_server import Asked, BoardServer, Reply, board_server, of_json, web_page

GOOD = {
    "id": 4711,
    "url": "https://remotive.com/remote-jobs/software-dev/backend-engineer-4711",
    "title": "Backend Engineer",
    "company_name": "Lindenbaum Software",
    "job_type": "full_time",
    "publication_date": "2026-10-02T08:00:00",
    "candidate_required_location": "Europe",
    "salary": "€60k - €80k",
    "description": "<p>Build the ledger.</p>",
}


def _fetch(board: BoardServer, cache: Path, source: Source = remotive.SOURCE, **limits: float) -> Batch:
    with Web(board.url, cache=cache, **limits) as web:
        return ask_board(source, web, Ask(board.url))


def _fault(board: BoardServer, cache: Path, **limits: float) -> BoardFault:
    with pytest.raises(BoardFault) as told:
        _fetch(board, cache, **limits)
    # Words are for people who may see them on a page: no address, no part of the answer.
    assert board.url not in str(told.value) and told.value.words.endswith(".")
    return told.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Fault.SHAPE),
        (401, Fault.UNAUTHORISED),
        (403, Fault.BLOCKED),
        (404, Fault.GONE),
        (410, Fault.GONE),
        (429, Fault.LIMITED),
        (451, Fault.BLOCKED),
        (500, Fault.DOWN),
        (502, Fault.DOWN),
        (503, Fault.DOWN),
    ],
)
def test_each_status_is_the_fault_that_it_tells_of(
    board: BoardServer, cache: Path, status: int, kind: Fault
) -> None:
    board.reply = web_page(status=status)
    fault = _fault(board, cache)
    assert fault.kind is kind
    assert str(status) in fault.words


def test_a_guard_in_front_of_a_board_blocks_whatever_status_it_gives(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(b"Just a moment", 503, {"cf-mitigated": "challenge"})
    assert _fault(board, cache).kind is Fault.BLOCKED


def test_when_to_come_back_is_read_as_seconds_and_as_a_date(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(status=429, headers={"Retry-After": "120"})
    assert _fault(board, cache).retry_after == 120

    when = datetime.now(UTC) + timedelta(hours=2)
    board.reply = Reply(status=429, headers={"Retry-After": format_datetime(when, usegmt=True)})
    wait = _fault(board, cache).retry_after
    assert wait is not None and 7_000 < wait <= 7_200

    board.reply = Reply(
        status=429, headers={"Retry-After": format_datetime(datetime(2020, 1, 1, tzinfo=UTC))}
    )
    assert _fault(board, cache).retry_after == 0

    for nonsense in ("soon", "-5", "9" * 400, f"Mon, 05 Oct 2026 08:00:00 +{'9' * 30}"):
        board.reply = Reply(status=429, headers={"Retry-After": nonsense})
        assert _fault(board, cache).retry_after is None


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"<!DOCTYPE html><html>Please sign in</html>", "web page"),
        (b'{"jobs": [{"id": 1, "title": "Engi', "something else"),
        (b"", "something else"),
        (b"[" * 100_000, "something else"),
        (b'{"jobs": ' + b"9" * 5_000 + b"}", "something else"),
        (b'{"jobs": null}', "no list"),
        (b'{"data": []}', "no list"),
        (b'"maintenance"', "no list"),
    ],
)
def test_what_is_no_list_of_jobs_is_a_changed_shape(
    board: BoardServer, cache: Path, body: bytes, word: str
) -> None:
    board.reply = Reply(body)
    fault = _fault(board, cache)
    assert fault.kind is Fault.SHAPE
    assert word in fault.words


@pytest.mark.parametrize(
    "answer",
    [
        {"data": {"jobs": [GOOD]}, "meta": {"page": 1}},
        {"results": [{"jobs": [GOOD]}, {"jobs": []}]},
        {"sites": {"one": {"jobs": []}, "two": {"jobs": [GOOD]}}},
    ],
)
def test_an_answer_that_is_wrapped_anew_is_read(board: BoardServer, cache: Path, answer: object) -> None:
    board.reply = of_json(answer)
    assert [posting.title for posting in _fetch(board, cache).postings] == ["Backend Engineer"]


def test_an_empty_list_is_a_batch_of_none(board: BoardServer, cache: Path) -> None:
    board.reply = of_json({"jobs": []})
    assert _fetch(board, cache) == Batch(full=True)


def test_a_field_that_nobody_knows_changes_nothing(board: BoardServer, cache: Path) -> None:
    board.reply = of_json({"jobs": [GOOD], "total-job-count": 1})
    before = _fetch(board, cache)
    board.reply = of_json({"jobs": [{**GOOD, "ai_score": {"v": [1]}}], "total-job-count": 1, "beta": True})
    assert _fetch(board, cache) == before
    assert before.postings[0].title == "Backend Engineer"


WRONG: list[Any] = [
    *(7, None, "job", [], {}),
    {**GOOD, "id": 2, "title": ["Backend"], "company_name": {"name": 3}},
    {**GOOD, "id": 2, "title": None},
    {**GOOD, "id": 2, "url": "javascript:alert(1)"},
]


@pytest.mark.parametrize("row", WRONG)
def test_one_row_that_cannot_be_read_loses_no_other(board: BoardServer, cache: Path, row: object) -> None:
    board.reply = of_json({"jobs": [GOOD, row, {**GOOD, "id": 4712, "title": "Data Engineer"}]})
    batch = _fetch(board, cache)
    assert [posting.title for posting in batch.postings] == ["Backend Engineer", "Data Engineer"]
    assert len(batch.skipped) == 1 and batch.skipped[0].reason
    assert batch.rows == 3


@pytest.mark.parametrize(
    "parts",
    [
        {"description": 5, "salary": {"min": 1}, "publication_date": "soon", "job_type": 3},
        {"description": None, "salary": None, "publication_date": None, "candidate_required_location": None},
        {"salary": ["€60k"], "publication_date": 10**40, "candidate_required_location": {"name": "EU"}},
    ],
)
def test_a_part_of_a_wrong_type_is_left_out_and_the_row_is_kept(
    board: BoardServer, cache: Path, parts: dict[str, object]
) -> None:
    board.reply = of_json({"jobs": [{**GOOD, **parts}]})
    batch = _fetch(board, cache)
    assert [posting.title for posting in batch.postings] == ["Backend Engineer"]
    assert batch.postings[0].posted_at is None


def test_a_board_that_says_nothing_is_given_up_in_time(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(stream=lambda _: board.ended.wait())
    fault = _fault(board, cache, call_seconds=0.3)
    assert fault.kind is Fault.DOWN and "in time" in fault.words


def _trickle(board: BoardServer, write: bytes) -> Reply:
    def stream(handler: BaseHTTPRequestHandler) -> None:
        while not board.ended.wait(0.02):
            handler.wfile.write(write)
            handler.wfile.flush()

    return Reply(stream=stream)


def test_a_board_that_trickles_is_given_up_in_time(board: BoardServer, cache: Path) -> None:
    board.reply = _trickle(board, b" ")
    fault = _fault(board, cache, call_seconds=0.3)
    assert fault.kind is Fault.DOWN and "in time" in fault.words


def test_a_head_that_trickles_is_given_up_in_time(cache: Path) -> None:
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            # The first call is for robots.txt.
            for start in (
                b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n",
                b"HTTP/1.1 200 Fine\r\nX-Slow: ",
            ):
                reached, _ = listening.accept()
                with reached:
                    reached.recv(4096)
                    reached.sendall(start)
                    try:
                        while b"Slow" in start and not ended.wait(0.02):
                            reached.sendall(b"x")
                    except OSError:
                        pass

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with Web(url, cache=cache, call_seconds=0.3) as web, pytest.raises(BoardFault) as told:
            web.get_json(f"{url}/jobs")
        ended.set()
    assert told.value.kind is Fault.DOWN and "in time" in told.value.words


def test_a_connection_that_breaks_off_is_no_answer(board: BoardServer, cache: Path) -> None:
    whole = json.dumps({"jobs": [GOOD]}).encode()
    board.reply = Reply(whole[:200], claimed=len(whole))
    assert _fault(board, cache).kind is Fault.DOWN


def test_nobody_listening_is_a_board_that_is_down(cache: Path) -> None:
    with board_server() as gone:
        pass
    assert _fault(gone, cache).kind is Fault.DOWN


def test_while_a_board_is_down_its_older_answer_is_no_full_one(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(of_json({"jobs": [GOOD]}).body, headers={"ETag": '"1"', "Cache-Control": "no-cache"})
    assert _fetch(board, cache).full
    board.reply = Reply(status=503)
    batch = _fetch(board, cache)
    # Its jobs may have gone since.
    assert len(batch.postings) == 1 and batch.stale and not batch.full


def test_fifty_megabytes_are_refused_before_they_are_read(board: BoardServer, cache: Path) -> None:
    written = []

    def stream(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(50):
            handler.wfile.write(b" " * 1024**2)
            written.append(1)

    board.reply = Reply(stream=stream)
    assert _fault(board, cache).kind is Fault.TOO_LARGE
    # What its connection holds may be written beyond what was read.
    assert len(written) < 40

    board.reply = Reply(b"[]", claimed=50 * 1024**2)
    assert _fault(board, cache).kind is Fault.TOO_LARGE


def test_a_small_answer_that_unpacks_to_a_huge_one_is_refused(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(gzip.compress(b" " * 60 * 1024**2), headers={"Content-Encoding": "gzip"})
    assert _fault(board, cache).kind is Fault.TOO_LARGE


def test_what_is_not_packed_as_it_says_is_no_answer(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(b'{"jobs": []}', headers={"Content-Encoding": "gzip"})
    assert _fault(board, cache).kind is Fault.DOWN


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1"])
def test_a_redirect_into_the_private_network_is_not_followed(
    board: BoardServer, cache: Path, host: str
) -> None:
    with board_server() as inner:
        port = inner.url.rpartition(":")[2]
        board.reply = Reply(status=302, headers={"Location": f"http://{host}:{port}/admin"})
        assert _fault(board, cache).kind is Fault.FORBIDDEN_ADDRESS
        assert inner.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://board.example/x", "http://[x", "//:9/x"])
def test_a_redirect_to_what_is_no_web_page_is_not_followed(
    board: BoardServer, cache: Path, target: str
) -> None:
    board.reply = Reply(status=302, headers={"Location": target})
    assert _fault(board, cache).kind is Fault.FORBIDDEN_ADDRESS


def test_a_redirect_within_the_board_is_followed(board: BoardServer, cache: Path) -> None:
    board.replies["/api/remote-jobs"] = Reply(status=301, headers={"Location": "/v2/jobs?all=1"})
    board.reply = of_json({"jobs": [GOOD]})
    assert len(_fetch(board, cache).postings) == 1
    assert board.paths == ["/api/remote-jobs", "/v2/jobs?all=1"]


def test_a_redirect_in_the_board_s_own_charset_is_followed(board: BoardServer, cache: Path) -> None:
    board.replies["/api/remote-jobs"] = Reply(status=302, headers={"Location": "/d\xe9marrer/jobs"})
    board.reply = of_json({"jobs": [GOOD]})
    assert len(_fetch(board, cache).postings) == 1
    assert board.paths[1] == "/d%E9marrer/jobs"


def test_redirects_in_a_circle_end(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(status=302, headers={"Location": "/again"})
    fault = _fault(board, cache)
    assert fault.kind is Fault.DOWN and "redirected" in fault.words
    assert len(board.paths) < 10


def _pages(bad: Reply) -> Any:
    """A board of three pages, whose second is `bad`."""

    def reply(asked: Asked) -> Reply:
        number = int(asked.path.rpartition("=")[2])
        if number == 2:
            return bad
        row = {"slug": f"cook-{number}", "title": "Cook", "company_name": "Haus Elbe", "location": "Hamburg",
               "url": f"https://www.arbeitnow.com/jobs/cook-{number}"}  # fmt: skip
        return of_json({"data": [row], "links": {"next": "more" if number < 3 else None}})

    return reply


@pytest.mark.parametrize("bad", [Reply(status=500), Reply(status=429), web_page(), Reply(b'{"data": [')])
def test_a_page_that_fails_loses_no_page_before_it(board: BoardServer, cache: Path, bad: Reply) -> None:
    board.reply = _pages(bad)
    batch = _fetch(board, cache, arbeitnow.SOURCE)
    assert [posting.external_id for posting in batch.postings] == ["cook-1"]
    # What was not read has not gone.
    assert not batch.full
    assert "Page 2" in batch.warnings[0]
