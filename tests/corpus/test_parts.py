"""The split of the corpus keeps what is alike together and leaves enough to measure with."""

from collections import defaultdict

from corpus.mails import CATEGORIES, read
from corpus.parts import Part, part

ALL = read()


def test_mails_under_one_sender_and_subject_are_in_one_part() -> None:
    parts = defaultdict(set)
    for mail in ALL:
        if any(word.isalpha() and len(word) > 4 for word in mail.subject.split()):
            parts[mail.sender, mail.subject].add(part(mail))
    assert all(len(found) == 1 for found in parts.values())


def test_each_part_holds_every_category_and_language() -> None:
    languages = {mail.language for mail in ALL}
    for wanted in Part:
        mails = [mail for mail in ALL if part(mail) is wanted]
        assert {mail.category for mail in mails} == CATEGORIES
        assert {mail.language for mail in mails} == languages
        assert len(mails) >= 0.08 * len(ALL)
