"""Two applications can be said to be one, and one to be two; later mail follows, and one click undoes it."""

import datetime as dt

import pytest

from hearback.models import Application, Event, Kind, database
from jobs.erase_mailbox import erase_mail
from tests.webapp import story
from tests.webapp.reader import Reader, words

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
# Acts happen now, so mail that comes in after them is dated later than now.
LATER = -HOUR


def _page(event: Event) -> str:
    return f"/applications/{Event.get_by_id(event.id).application_id}"


def _merge(robin: Reader, one: Event, other: Event, **form: object) -> str:
    place = Event.get_by_id(other.id).application_id
    answer = robin.post(f"{_page(one)}/merge", other=place, **form)
    assert answer.status_code == 303
    return answer.headers["Location"]


def _split(robin: Reader, *mails: Event) -> str:
    page = _page(mails[0])
    answer = robin.post(f"{page}/split", entry=[mail.id for mail in mails])
    assert answer.headers["Location"] == page
    return page


def _statuses() -> dict[str, str]:
    return dict(Application.select(Application.company, Application.status).tuples())


@pytest.fixture
def two_names(robin: Reader) -> tuple[Event, Event]:
    """An application at a company that the invitation calls by another name."""
    box = story.mailbox(robin.user)
    first = story.mail(box, "acknowledgment", 5 * DAY, company="Umbrella", role="Engineer")
    second = story.mail(box, "interview_invitation", 4 * DAY, company="Parasol", role=None)
    assert Application.select().count() == 2
    return first, second


def test_a_company_known_by_two_names_is_one_from_then_on(
    robin: Reader, two_names: tuple[Event, Event]
) -> None:
    home = _merge(robin, *two_names)
    assert "Mail for either of them comes here from now on." in robin.read(home)
    box = story.mailbox(robin.user, "second@example.com")
    story.mail(box, "under_review", LATER, company="Umbrella", role=None)
    story.mail(box, "offer", 2 * LATER, company="Parasol", role=None)
    assert _statuses() == {"Umbrella": "offer_received"}
    text = robin.read(home)
    assert "You said that Umbrella (Engineer) and Parasol are one application." in text
    assert "offers you the job" in text


def test_another_role_at_the_second_name_is_another_application(
    robin: Reader, two_names: tuple[Event, Event]
) -> None:
    _merge(robin, *two_names)
    story.mail(
        story.mailbox(robin.user, "b@example.com"), "acknowledgment", LATER, company="Parasol", role="Cook"
    )
    assert set(Application.select(Application.company, Application.role).tuples()) == {
        ("Umbrella", "Engineer"),
        ("Parasol", "Cook"),
    }


def test_undo_gives_both_applications_back_under_their_old_addresses(
    robin: Reader, two_names: tuple[Event, Event]
) -> None:
    before = {_page(mail): words(robin.see(_page(mail)).css_first("h1")) for mail in two_names}
    home = _merge(robin, *two_names)
    # While they are one, both addresses lead to it.
    assert {words(robin.see(path).css_first("h1")) for path in before} == {"Umbrella"}
    assert "Taken back." in robin.press(home, "Undo", within=".entry")
    assert {path: words(robin.see(path).css_first("h1")) for path in before} == before
    assert _statuses() == {"Umbrella": "applied", "Parasol": "interview_scheduled"}
    for path in before:
        assert words(robin.see(path).css_first(".entry.is-void del")).startswith("You said that Umbrella")
    robin.press(None, "Put it back", within=".entry.is-void")
    assert _statuses() == {"Umbrella": "interview_scheduled"}


def test_merging_twice_by_two_presses_is_once(robin: Reader, two_names: tuple[Event, Event]) -> None:
    path, place = _page(two_names[0]), Event.get_by_id(two_names[1].id).application_id
    first, second = (robin.post(f"{path}/merge", other=place, token="same") for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Event.select().where(Event.kind == Kind.MERGE).count() == 1


def test_a_merge_outlives_the_undo_of_the_mail_that_began_it(
    robin: Reader, two_names: tuple[Event, Event]
) -> None:
    first, second = two_names
    story.mail(
        story.mailbox(robin.user, "b@example.com"), "under_review", DAY, company="Umbrella", role="Engineer"
    )
    _merge(robin, first, second)
    robin.post(f"/events/{first.id}/undo")
    assert _statuses() == {"Umbrella": "interview_scheduled"}


def test_a_merge_with_what_was_taken_out_altogether_says_nothing(
    robin: Reader, two_names: tuple[Event, Event]
) -> None:
    first, second = two_names
    _merge(robin, first, second)
    robin.post(f"/events/{first.id}/undo")
    assert _statuses() == {"Parasol": "interview_scheduled"}
    robin.post(f"/events/{Event.get(Event.kind == Kind.UNDO).id}/undo")
    assert _statuses() == {"Umbrella": "interview_scheduled"}


def test_a_question_between_two_applications_is_over_when_they_are_one(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    first = story.mail(box, "acknowledgment", 3 * DAY, role="Engineer")
    second = story.mail(box, "acknowledgment", 2 * DAY, role="Analyst")
    story.mail(box, "rejection", HOUR, role=None)
    assert "Which application is it about?" in robin.read("/review")
    _merge(robin, first, second)
    assert "Nothing to review." in robin.read("/review")
    assert _statuses() == {"Acme Robotics": "rejected"}


def test_the_likeliest_application_is_offered_first(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", 5 * DAY, company="Birch", role="Cook")
    story.mail(box, "acknowledgment", 4 * DAY, company="Acme Robotics GmbH", role="Cook")
    mail = story.mail(box, "acknowledgment", 3 * DAY, role="Engineer")
    story.mail(box, "acknowledgment", 2 * DAY, company="Cedar", role="Gardener")
    groups = robin.see(_page(mail)).css("select[name=other] optgroup")
    shown = {group.attributes["label"]: [words(one) for one in group.css("option")] for group in groups}
    assert [one.split(",")[0] for one in shown["Likely"]] == ["Acme Robotics GmbH"]
    assert [one.split(",")[0] for one in shown["All others"]] == ["Cedar", "Birch"]


def test_what_is_checked_becomes_an_application_and_its_conversation_follows(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    stays = story.mail(box, "acknowledgment", 6 * DAY, thread="a")
    goes = story.mail(box, "interview_invitation", 5 * DAY, role=None, thread="b")
    page = _split(robin, goes)
    text = robin.read(page)
    assert "What you checked is an application of its own now." in text
    assert "You split 1 entry off as another application." in text
    assert Event.get_by_id(stays.id).application_id != Event.get_by_id(goes.id).application_id
    story.mail(box, "rejection", LATER, role=None, thread="b")
    assert Application.get_by_id(Event.get_by_id(goes.id).application_id).status == "rejected"
    assert Application.get_by_id(Event.get_by_id(stays.id).application_id).status == "applied"
    assert "You split this off from Acme Robotics (Backend Engineer)." in robin.read(_page(goes))


def test_undoing_a_split_makes_one_of_two_again(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    goes = story.mail(box, "acknowledgment", 6 * DAY)
    story.mail(box, "rejection", 5 * DAY)
    page = _split(robin, goes)
    assert _page(goes) != page
    assert "Taken back." in robin.press(page, "Undo", within=".notice")
    assert _page(goes) == page
    assert _statuses() == {"Acme Robotics": "rejected"}
    robin.press(page, "Put it back", within=".entry.is-void")
    assert Application.select().count() == 2


def test_mail_that_may_be_about_either_half_asks(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", 6 * DAY)
    _split(robin, story.mail(box, "interview_invitation", 5 * DAY))
    story.mail(box, "rejection", LATER)
    assert "Which application is it about?" in robin.read("/review")
    assert "rejected" not in Application.select(Application.status).tuples()


def test_a_choice_goes_with_the_mail_that_it_was_made_upon(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", 6 * DAY, role="Engineer")
    goes = story.mail(box, "offer", 5 * DAY, role=None)
    robin.post(f"{_page(goes)}/status", status="offer_accepted")
    page = _split(robin, goes)
    assert words(robin.see(page).css_first(".headline .chip")) == "Applied"
    assert words(robin.see(_page(goes)).css_first(".headline .chip")) == "Offer accepted"


def test_the_entry_that_looks_wrong_is_checked_already(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    mail = story.mail(box, "rejection", HOUR)
    link = robin.see(_page(mail)).css_first(f"#entry-{mail.id} a[href*='/split']")
    checked = robin.see(link.attributes["href"] or "").css("input[name=entry][checked]")
    assert [box.attributes["value"] for box in checked] == [str(mail.id)]


def test_a_split_that_leaves_nothing_or_takes_nothing_says_what_is_wanted(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    mails = [story.mail(box, "acknowledgment", DAY), story.mail(box, "rejection", HOUR)]
    path = f"{_page(mails[0])}/split"
    nothing = robin.post(path)
    assert (nothing.status_code, "No entry is checked" in nothing.text) == (400, True)
    everything = robin.post(path, entry=[mail.id for mail in mails])
    assert (everything.status_code, "Nothing that counts would be left" in everything.text) == (400, True)
    assert everything.text.count(" checked>") == 2
    assert Event.select().where(Event.kind == Kind.SPLIT).count() == 0


def test_an_application_is_not_merged_with_itself_or_with_none(robin: Reader) -> None:
    mail = story.mail(story.mailbox(robin.user), "acknowledgment", DAY)
    path = f"{_page(mail)}/merge"
    assert robin.post(path, other=mail.application_id).status_code == 400
    assert "choose the one that is the same" in robin.post(path).text


def test_erasing_one_of_two_mailboxes_leaves_the_other_half_of_a_merge(robin: Reader) -> None:
    first, second = story.mailbox(robin.user), story.mailbox(robin.user, "second@example.com")
    stays = story.mail(first, "acknowledgment", 3 * DAY, company="Umbrella")
    goes = story.mail(second, "rejection", 2 * DAY, company="Parasol")
    _merge(robin, stays, goes)
    with database.atomic():
        erase_mail(second)
    assert _statuses() == {"Umbrella": "applied"}
    assert Event.select().where(Event.kind == Kind.MERGE).count() == 0
    assert "You said that" not in robin.read(_page(stays))


def test_taking_out_the_mail_that_began_an_application_leaves_its_page_where_it_is(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    first = story.mail(box, "acknowledgment", 3 * DAY)
    second = story.mail(box, "offer", 2 * DAY)
    page = _page(first)
    robin.post(f"/events/{first.id}/undo")
    assert _page(second) == page
    robin.post(f"/events/{Event.get(Event.kind == Kind.UNDO).id}/undo")
    assert (_page(first), _page(second)) == (page, page)
