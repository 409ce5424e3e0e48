"""The page of a CV and letter made for a job: shown, changed, approved, downloaded, thrown away."""

import pytest
from werkzeug.http import parse_options_header

from hearback.models import Document, DocumentVersion, Making, Tailoring, User
from jobs import tailor, tailorings
from jobs.own_documents import main_cv
from tests.webapp.reader import Reader, words
from tests.webapp.test_pages_jobs_cv import NURSE, WARD, give, job

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{7*7}}"
LIE = "I hold a PhD in Medicine from Harvard."
FILES = "format={}&design=plain&paper=a4"


def made(user: User, title: str = "Ward Nurse", company: str = "Blue Heron Clinic") -> Tailoring:
    if main_cv(user.id) is None:
        give(user)
    row = tailor.begin(user.id, job(title, WARD, company=company).id, "plain")
    tailor.make_tailoring(row.id)
    return Tailoring.get_by_id(row.id)


def sent(reader: Reader, row: Tailoring, **changed: object) -> dict[str, object]:
    """What the form of the page sends."""
    form = reader.see(f"/tailored/{row.id}").css_first("#letter-form")
    return {
        "base": form.css_first("input[name=base]").attributes["value"],
        "subject": form.css_first("input[name=subject]").attributes["value"],
        "letter": form.css_first("textarea").text(),
        "vouched": [node.attributes["value"] for node in form.css("input[name=vouched][checked]")],
        **changed,
    }


def test_it_is_made_before_the_eyes(robin_everywhere: Reader) -> None:
    robin = robin_everywhere
    give(robin.user)
    one = job("Ward Nurse", WARD, company="Blue Heron Clinic")
    page = robin.press(f"/jobs/{one.id}", "Tailor your CV to it")
    assert "Waits to be made." in page and "This takes some seconds." in page
    row = Tailoring.get()
    version = {"version": User.current_version(robin.user.id)}
    assert robin.client.get(f"/tailored/{row.id}/changes", query_string=version).status_code == 204
    assert Tailoring.get().seen_at is None, "nobody has seen what is not made"
    tailor.make_tailoring(row.id)
    parts = robin.client.get(f"/tailored/{row.id}/changes", query_string=version).text
    assert "A CV and a letter for Ward Nurse at Blue Heron Clinic" in parts
    assert Tailoring.get().seen_at is not None
    page = robin.read(f"/tailored/{row.id}")
    assert "What was changed in the CV" in page and "What was kept out" in page
    assert "Led a ward of 24 beds" in page, "the whole CV can be read"
    picture = robin.client.get(f"/tailored/{row.id}/page.png")
    assert picture.data.startswith(b"\x89PNG")


def test_a_letter_is_changed_and_approved_as_it_stands(robin: Reader) -> None:
    row = made(robin.user)
    path = f"/tailored/{row.id}"
    letter = str(sent(robin, row)["letter"]).replace("24 beds", "beds")
    answer = robin.post(path, **sent(robin, row, letter=letter, do="approve"))
    assert answer.status_code == 303
    assert "You approved it just now" in robin.read(path)
    assert "24 beds" not in tailorings.approved(robin.user.id, row.id).letter
    robin.post(path, **sent(robin, row, subject="Another subject"))
    assert "You approved it" not in robin.read(path), "what was changed is to be approved again"


def test_own_words_are_kept_only_with_a_tick_and_no_tick_is_lost(robin: Reader) -> None:
    row = made(robin.user)
    path, more = f"/tailored/{row.id}", "I speak fluent Mandarin."
    letter = str(sent(robin, row)["letter"]).replace("\n\n", f"\n\n{LIE}\n\n{more}\n\n", 1)
    answer = robin.post(path, **sent(robin, row, letter=letter, do="approve"))
    assert answer.status_code == 400
    assert "Your CV does not say this" in answer.text and LIE in answer.text and more in answer.text
    answer = robin.post(path, **sent(robin, row, letter=letter, vouched=[LIE]))
    assert answer.status_code == 400 and answer.text.count(" checked><span>I stand for") == 1
    answer = robin.post(path, **sent(robin, row, letter=letter, vouched=[LIE, more]))
    assert answer.status_code == 303
    page = robin.read(path)
    assert "You stand for this on your own word" in page and "but for what you stand for yourself" in page
    assert robin.post(path, **sent(robin, row, subject="Another")).status_code == 303, "ticks stay"
    assert robin.post(path, **sent(robin, row, vouched=[])).status_code == 400, "unless they are taken off"
    assert Tailoring.get().vouched == [LIE, more]


def test_two_windows_do_not_overwrite_each_other_unseen(robin: Reader) -> None:
    row = made(robin.user)
    path, first = f"/tailored/{row.id}", sent(robin, row)
    robin.post(path, **sent(robin, row, subject="From the second window"))
    answer = robin.post(path, **first | {"subject": "From the first window", "do": "approve"})
    assert answer.status_code == 400 and "changed in another window" in answer.text
    assert "From the first window" in answer.text, "what was typed is kept"
    assert (Tailoring.get().subject, Tailoring.get().approved_at) == ("From the second window", None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"subject": ""}, "subject has 0 characters"),
        ({"letter": "a" * 10_001}, "letter has 10001 characters"),
        ({"letter": " "}, "letter has 0 characters"),
    ],
)
def test_what_cannot_be_kept_is_said(robin: Reader, changed: dict[str, str], said: str) -> None:
    row = made(robin.user)
    answer = robin.post(f"/tailored/{row.id}", **sent(robin, row, **changed))
    assert answer.status_code == 400 and said in answer.text
    assert Tailoring.get().subject == row.subject


def test_a_zero_byte_is_no_error_on_any_database(robin_everywhere: Reader) -> None:
    robin = robin_everywhere
    row = made(robin.user)
    assert robin.post(f"/tailored/{row.id}", **sent(robin, row, subject="One\0two")).status_code == 303
    assert Tailoring.get().subject == "Onetwo"


@pytest.mark.parametrize("format", ["pdf", "docx", "html", "md", "txt", "json"])
def test_both_come_out_as_files(robin: Reader, format: str) -> None:
    row = made(robin.user, company="A/B\\C: \u202efdp\r\nX-Evil: 1")
    name = "markdown" if format == "md" else format
    for which in ("cv", "letter"):
        answer = robin.client.get(f"/tailored/{row.id}/{which}?{FILES.format(name)}")
        if (which, format) == ("letter", "json"):
            assert answer.status_code == 400 and "every other one" in answer.text
            continue
        assert answer.status_code == 200 and answer.data
        disposition = answer.headers["Content-Disposition"]
        how, names = parse_options_header(disposition)
        assert how == "attachment" and names["filename"].endswith(f".{format}")
        assert not set("/\\\r\n\u202e") & set(disposition.partition(";")[2])
        assert "%2F" not in disposition and "%E2%80%AE" not in disposition
        assert "X-Evil" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    for odd in ("format=exe&design=plain&paper=a4", "format=pdf&design=../x&paper=a4", ""):
        assert robin.client.get(f"/tailored/{row.id}/cv?{odd}").status_code == 400


def test_what_is_thrown_away_comes_back_by_undo(robin: Reader) -> None:
    row = made(robin.user)
    page = robin.press(f"/tailored/{row.id}", "Throw it away")
    assert "Thrown away." in page and words(robin.page.css_first("h1")) == "Ward Nurse"
    assert robin.client.get(f"/tailored/{row.id}").status_code == 404
    assert "It is back." in robin.press(None, "Undo", within=".notice")


def test_deleting_a_cv_says_what_goes_with_it(robin: Reader) -> None:
    row = made(robin.user)
    version = DocumentVersion.get_by_id(row.version_id)
    answer = robin.client.post(
        f"/documents/{version.document_id}/delete",
        data={"csrf_token": robin.token()},
        follow_redirects=True,
    )
    assert "with what was made of it for jobs" in answer.text


def test_what_could_not_be_made_says_so(robin: Reader) -> None:
    give(robin.user)
    one = job("Ward Nurse", WARD)
    row = tailor.begin(robin.user.id, one.id, "plain")
    one.delete_instance()
    tailor.make_tailoring(row.id)
    assert "taken away meanwhile" in robin.read(f"/tailored/{row.id}")
    assert robin.post(f"/tailored/{row.id}", subject="x", letter="y", base="").status_code == 400
    assert robin.client.get(f"/tailored/{row.id}/page.png").status_code == 404
    assert robin.client.get(f"/tailored/{row.id}/cv?{FILES.format('pdf')}").status_code == 400
    robin.press(f"/tailored/{row.id}", "Throw it away")


def evil(value: object) -> object:
    """The same CV with HTML in every text that is no date and no code."""
    if isinstance(value, dict):
        kept = {"startDate", "endDate", "date", "countryCode"}
        return {key: one if key in kept else evil(one) for key, one in value.items()}
    return [evil(one) for one in value] if isinstance(value, list) else f"{value} {EVIL}"


def test_html_in_every_field_is_shown_as_text(robin: Reader) -> None:
    cv = evil(NURSE)
    assert isinstance(cv, dict)
    version = give(robin.user, cv, name=EVIL)
    row = made(robin.user, title=f"Ward Nurse {EVIL}", company=f"Blue Heron {EVIL}")
    paths = (f"/tailored/{row.id}", f"/documents/{version.document_id}", "/documents", f"/jobs/{row.job_id}")
    for path in (*paths, f"/documents/{version.document_id}/edit"):
        page = robin.see(path)
        assert not page.css("main script, main img[onerror], main [src=x]"), path
        assert "alert(1)" in words(page.css_first("main")) or page.css('main input[value*="alert(1)"]'), path
        assert "49" not in words(page.css_first("h1")), "no template is run"
    answer = robin.client.get(f"/tailored/{row.id}/cv?{FILES.format('html')}")
    assert b"<script>alert" not in answer.data


def test_nobody_else_sees_or_touches_it(robin: Reader, mallory: Reader) -> None:
    row = made(robin.user)
    give(mallory.user)
    path = f"/tailored/{row.id}"
    for of_it in (
        "",
        "/changes",
        "/page.png",
        f"/cv?{FILES.format('pdf')}",
        f"/letter?{FILES.format('pdf')}",
    ):
        assert mallory.client.get(path + of_it).status_code == 404, of_it
    for act in ("", "/drop", "/restore"):
        answer = mallory.post(path + act, subject="x", letter="y", base=tailorings.words_of(row))
        assert answer.status_code == 404, act
    theirs = mallory.post(f"/jobs/{row.job_id}/tailor", tone="plain", version_id=row.version_id)
    assert theirs.status_code == 404, "another's CV"
    assert Tailoring.select().count() == 1 and Tailoring.get().state == Making.MADE
    assert robin.client.post(path, data={"subject": "x"}).status_code == 400, "no token, no act"
    assert "Ward Nurse" not in mallory.read(f"/documents/{Document.get(user=mallory.user).id}")


def test_who_is_not_signed_in_is_asked_to_sign_in(robin: Reader) -> None:
    row = made(robin.user)
    stranger = robin.app.test_client()
    assert stranger.get(f"/tailored/{row.id}").status_code == 302
    assert stranger.get(f"/tailored/{row.id}/changes").status_code == 401
    assert stranger.get(f"/tailored/{row.id}/page.png").status_code == 302
