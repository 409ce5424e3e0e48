"""Messages as they come: wrong labels, broken encodings, deep nesting, missing headers."""

import base64
import encodings.aliases

import pytest

from hearback.mail.parse import UnreadableMail, from_fields, parse


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "latin-1"),
        ("iso-8859-1", "utf-8"),
        ("us-ascii", "cp1252"),
        ("utf-8", "cp1252"),
        ("no-such-charset", "utf-8"),
        ("rot13", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_text_is_read_whatever_its_label_says(label: str, codec: str) -> None:
    body = "Grüße aus München, wir haben Ihre Bewerbung erhalten."
    head = f"Subject: x\nContent-Type: text/plain; charset={label}\n\n".encode()
    assert parse(head + body.encode(codec)).text == body


# Words that an employer writes, of which each charset of Python can hold at least one.
WORDS = ("Grüße aus München", "Zażółć gęślą", "Ваша заявка", "応募ありがとうございます", "申请已收到", "已收到申請",
         "지원해 주셔서", "תודה על פנייתך", "شكرا لتقديمك", "Η αίτησή σας", "ขอบคุณที่สมัคร", "Your application")  # fmt: skip
NOT_FOR_TEXT = {
    "base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec", "zlib_codec", "mbcs",
}  # fmt: skip


@pytest.mark.parametrize("charset", sorted(set(encodings.aliases.aliases.values()) - NOT_FOR_TEXT))
def test_every_charset_of_python_is_read_by_its_label(charset: str) -> None:
    held = 0
    for words in WORDS:
        try:
            encoded = words.encode(charset)
        except UnicodeEncodeError:
            continue
        held += 1
        label = charset.replace("_", "-")
        head = f"Subject: x\nContent-Type: text/plain; charset={label}\nContent-Transfer-Encoding: base64\n\n"
        assert parse(head.encode() + base64.encodebytes(encoded)).text == words
        word = f"=?{label}?B?{base64.b64encode(encoded).decode()}?="
        assert parse(f"Subject: {word}\n\nx".encode()).subject == words
    assert held


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("gb2312", "gb18030", "申请已收到 €"),
        ("ks_c_5601-1987", "cp949", "지원해 주셔서 똠"),
        ("shift_jis", "cp932", "応募①"),
        ("windows-1252", "utf-8", "Grüße 👋"),
        ("gbk", "utf-8", "申请已收到"),
        ("euc-kr", "utf-8", "지원해 주셔서"),
        ("utf-16", "utf-8", "Grüße"),
        ("utf-8", "utf-16", "Grüße"),
        ("x-sjis", "cp932", "応募"),
        ("iso-8859-8-i", "iso8859-8", "תודה"),
        ("win-1251", "cp1251", "Ваша заявка"),
        ("utf8mb4", "utf-8", "Grüße"),
        ("iso-8859-1", "cp1252", "“Grüße” – 5 €"),
        ("unknown-8bit", "cp1252", "“Grüße”"),
    ],
)
def test_labels_that_mean_another_charset_are_understood(label: str, codec: str, words: str) -> None:
    head = f"Subject: x\nContent-Type: text/plain; charset={label}\nContent-Transfer-Encoding: base64\n\n"
    assert parse(head.encode() + base64.encodebytes(words.encode(codec))).text == words


def test_a_page_without_label_tells_its_own_charset() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><p>Заявка</p>'
    assert parse(b"Subject: x\nContent-Type: text/html\n\n" + page.encode("cp1251")).text == "Заявка"


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 5])
def test_broken_base64_is_read_as_far_as_it_goes(cut: int) -> None:
    encoded = base64.encodebytes(b"We have received your application. " * 4)
    head = b"Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    text = parse(head + encoded[: len(encoded) - 1 - cut] + b"\n*!*\n").text
    assert text.startswith("We have received your application.")


@pytest.mark.parametrize("letter", ["Wir prüfen sie.", "Wir prüfen sie.."])
@pytest.mark.parametrize("size", [1, 7])
def test_a_plain_footer_below_base64_ruins_no_letter(letter: str, size: int) -> None:
    head = b"Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    coded = base64.encodebytes("\n".join([letter] * size).encode())
    text = parse(head + coded + b"-- \nThis message was scanned for viruses and may be confidential.\n").text
    assert text == "\n".join([letter] * size)


@pytest.mark.parametrize("start", ["=====", "Link:\nhttps://fernhill.example/status?id=12"])
def test_plain_words_labelled_base64_may_begin_with_a_sign_of_its_padding(start: str) -> None:
    letter = f"{start}\nWe have received your application."
    head = "Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    assert parse(f"{head}{letter}\n".encode()).text == letter


def test_headers_are_decoded() -> None:
    mail = parse(
        b"From: =?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <Jurgen@Fernhill.Example>\n"
        b'To: "R, R" <r@x.example>, s@x.example\n'
        b"Subject: =?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?B?IPCfkYs=?=\nMessage-ID: <1@x>\nIn-Reply-To: <0@x>\n"
        b"References: <a@x> <b@x>\nDate: Mon, 4 May 2026 09:00:00 +0200\n\nHi\n"
    )
    assert (mail.sender_name, mail.sender_address) == ("Jürgen Müller", "jurgen@fernhill.example")
    assert mail.recipients == ("r@x.example", "s@x.example")
    assert mail.subject == "Grüße 👋"
    assert (mail.message_id, mail.in_reply_to, mail.references) == ("<1@x>", "<0@x>", ("<a@x>", "<b@x>"))
    assert mail.date is not None and mail.date.isoformat() == "2026-05-04T09:00:00+02:00"


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("=?utf-8?Q?Your_application?= at =?utf-8?Q?Fernhill?=", "Your application at Fernhill"),
        ('"=?utf-8?Q?Gr=C3=BC=C3=9Fe?="', '"Grüße"'),
        ("=?nonsense?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?Q?open", "=?utf-8?Q?open"),
        ("Why =?= what?", "Why =?= what?"),
    ],
)
def test_encoded_words_are_read_however_they_were_cut(header: str, subject: str) -> None:
    assert parse(f"Subject: {header}\n\nx".encode()).subject == subject


def test_html_is_read_as_it_is_seen() -> None:
    mail = from_fields(
        None,
        None,
        None,
        "<html><head><title>t</title><style>p{}</style></head><body>"
        '<div style="display:none">Your offer is ready</div><p>Hello&nbsp;<b>Robin</b>,</p>'
        '<p>Please <a href="https://x.example/book">pick a time</a>.</p><script>1</script>'
        '<div class="gmail_quote">On Monday Kim wrote:<blockquote>We regret</blockquote></div></body></html>',
    )
    assert mail.fresh == "Hello Robin,\n\nPlease pick a time."
    assert mail.links == (("https://x.example/book", "pick a time"),)


def test_the_html_part_is_read_where_the_plain_one_says_nothing() -> None:
    mail = parse(
        b"Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nSee HTML\n"
        b"--b\nContent-Type: text/html\n\n<p>We have received your application for Data Analyst.</p>\n--b--\n"
    )
    assert mail.text == "We have received your application for Data Analyst."


def test_attachments_are_named_and_not_read() -> None:
    mail = parse(
        b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nSee attached.\n"
        b"--b\nContent-Type: text/plain\n"
        b'Content-Disposition: attachment; filename="offer.txt"\n\nWe regret\n--b--\n'
    )
    assert (mail.text, mail.attachments) == ("See attached.", ("offer.txt",))


@pytest.mark.parametrize("depth", [5, 39, 500, 20_000])
def test_deep_nesting_is_bounded(depth: int) -> None:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(depth))
    assert parse(b"Subject: nested\n" + parts + b"\nhello\n").subject == "nested"


def test_deep_html_is_read_without_its_tags() -> None:
    assert from_fields(None, None, None, "<html>" + "<div>" * 50_000 + "hello").text == "hello"


def test_large_bodies_are_cut() -> None:
    mail = parse(b"Subject: x\n\n" + b"We have received your application. \n" * 150_000)
    assert 100_000 < len(mail.text) <= 400_000


@pytest.mark.parametrize("raw", [b"", b"  \r\n\t\n"])
def test_nothing_is_unreadable(raw: bytes) -> None:
    with pytest.raises(UnreadableMail):
        parse(raw)


def test_a_body_without_headers_is_read() -> None:
    assert parse(b"\nWe have received your application.\n").text == "We have received your application."


def test_one_mail_has_one_hash_however_it_came() -> None:
    head = b"From: Kim <kim@x.example>\nSubject: Hi\nDate: Mon, 04 May 2026 09:00:00 +0000\n\n"
    gmail = parse(head.replace(b"\n", b"\r\n") + b"Hello\r\nFrom here on\r\n")
    mbox = parse(
        b"From kim Mon May  4 09:00:00 2026\nX-Gmail-Labels: Inbox\n" + head + b"Hello\n>From here on\n\n"
    )
    assert gmail.content_hash == mbox.content_hash
    assert gmail.content_hash != parse(head + b"Hello\nFrom there on\n").content_hash


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        ("Hi\n\n-- \nKim\nFernhill", "Hi"),
        ("Hi\n\nSent from my iPhone", "Hi"),
        ("Hi\n> old\nand so\n> older", "Hi\nand so"),
        ("Hi\n\nBegin forwarded message:\n\nFrom: x\nBye", "Hi"),
        ("On Friday I wrote: this is not a quote\nHi", "On Friday I wrote: this is not a quote\nHi"),
        ("From: Monday to: Friday we work.\nHi", "From: Monday to: Friday we work.\nHi"),
    ],
)
def test_only_the_new_text_is_fresh(text: str, fresh: str) -> None:
    assert from_fields(None, None, None, text).fresh == fresh
