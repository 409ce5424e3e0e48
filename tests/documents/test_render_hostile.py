"""Whatever a CV says comes out as words: nothing in it is read as markup, opened, or drawn off the page."""

import ctypes
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.documents.render import DESIGNS, Format, Letter, Look, letter, render
from hearback.documents.render.glyphs import COVERED, lost
from tests.documents.test_render import LETTER, words

# Signs that mean something to typst, Markdown, HTML, Jinja or Word.
MARKUP = [
    '#read("/etc/hostname")',
    "#import sys: inputs",
    "$x^2$ *bold* _thin_ `raw` @label <label>",
    "= Head",
    "- item",
    "1. first",
    "// not a remark /* nor this */",
    "~ -- --- ... \\ \\n \\u{41}",
    "\"quoted\" 'single' &amp; &lt;",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} {# remark #}",
    "[words](https://example.org) ![picture](https://example.org/a.png)",
    "| a | b |",
    "w:p </w:t></w:r> ]]>",
    "Fields: C#, C++, .NET, 100% & 3 < 4 > 2",
]
UNSAFE = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "JaVaScRiPt:x",
    "//a b",
    "vbscript:x",
]


def hostile(text: str) -> dict[str, object]:
    entry = {"name": text, "position": text, "location": text, "summary": text, "highlights": [text, text]}
    return {
        "basics": {"name": text, "label": text, "summary": text, "location": {"city": text}},
        "work": [{**entry, "startDate": text, "endDate": text}],
        "education": [
            {"institution": text, "area": text, "studyType": text, "score": text, "courses": [text]}
        ],
        "skills": [{"name": text, "level": text, "keywords": [text]}],
        "languages": [{"language": text, "fluency": text}],
    }


@pytest.mark.parametrize("kind", [Format.PDF, Format.DOCX, Format.HTML, Format.MARKDOWN])
@pytest.mark.parametrize("text", MARKUP)
def test_markup_comes_out_as_it_is(kind: Format, text: str) -> None:
    plain = " ".join(text.split())
    for design in DESIGNS:
        seen = words(render(hostile(text), Look(kind, design)), kind)
        assert seen.replace(" ", "").count(plain.replace(" ", "")) >= 13
    said = Letter(**{**LETTER.__dict__, "subject": text, "paragraphs": (text,), "company": text})
    seen = words(letter(said, Look(kind)), kind)
    assert seen.replace(" ", "").count(plain.replace(" ", "")) >= 3


@pytest.mark.parametrize("address", UNSAFE)
def test_no_address_opens_what_it_must_not(address: str) -> None:
    cv = {
        "basics": {"name": "Ola", "url": address, "email": address, "profiles": [{"url": address}]},
        "work": [{"name": "Acme", "url": address}],
        "projects": [{"name": "Tool", "url": address}],
    }
    assert not list(_links(render(cv, Look(Format.PDF))))
    assert "href" not in render(cv, Look(Format.HTML)).decode()
    assert "](" not in render(cv, Look(Format.MARKDOWN)).decode()
    made = docx.Document(io.BytesIO(render(cv, Look(Format.DOCX))))
    assert not [one for one in made.part.rels.values() if one.is_external]


def test_addresses_are_opened_by_a_click() -> None:
    cv = {
        "basics": {
            "name": "Ola",
            "url": "ola.example.org",
            "email": "ola@example.org",
            "phone": "+47 22 55 01 23",
        },
        "work": [{"name": "Acme", "url": "https://acme.example/über uns".replace(" ", "-")}],
    }
    wanted = {"https://ola.example.org", "mailto:ola@example.org", "tel:+4722550123"}
    wanted.add("https://acme.example/%C3%BCber-uns")
    assert set(_links(render(cv, Look(Format.PDF)))) == wanted
    assert set(re.findall(r'href="([^"]+)"', render(cv, Look(Format.HTML)).decode())) == wanted
    made = docx.Document(io.BytesIO(render(cv, Look(Format.DOCX))))
    assert {one.target_ref for one in made.part.rels.values() if one.is_external} == wanted


def test_a_page_fetches_nothing_and_runs_nothing() -> None:
    page = render(hostile("<script>x</script>"), Look(Format.HTML)).decode()
    assert "<script" not in page
    assert not re.search(r"<(img|link|iframe|object|embed|base|form)\b|@import|url\(", page)


@pytest.mark.parametrize("design", DESIGNS)
def test_nothing_runs_off_the_page(design: str) -> None:
    long = "W" * 400
    cv = hostile(
        f"{long} https://example.org/{'a/' * 10}{'b' * 200} {'mn ' * 200} {'state-of-the-art-' * 30}"
    )
    for page in pdfium.PdfDocument(render(cv, Look(design=design))):
        text, width = page.get_textpage(), page.get_width()
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
        assert all(box[0] >= -1 and box[2] <= width + 1 for box in boxes)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_fonts_show_all_letters_that_they_are_said_to_have(design: str) -> None:
    # A PDF for everybody (PDF/UA) is refused when a letter has no picture in the fonts.
    ranges = (line.split() for line in COVERED.read_text().splitlines())
    known = [chr(n) for ends in ranges for n in range(int(ends[0], 16), int(ends[-1], 16) + 1)]
    pieces = [" ".join(known[start : start + 30]) for start in range(0, len(known), 30)]
    cv = {
        "basics": {"name": "Ola", "summary": "\n".join(pieces)},
        "skills": [{"name": "é", "keywords": known[:600]}],
    }
    assert render(cv, Look(design=design)).startswith(b"%PDF")


def test_letters_of_many_scripts_are_shown() -> None:
    names = [
        "Zoë Łukasz",
        "Nguyễn Thị Ánh",
        "Привет Їжак",
        "Ελένη",
        "李小龙",
        "佐藤 さくら",
        "김철수",
        "שלום",
        "Գևորգ",
    ]
    for design in DESIGNS:
        seen = words(
            render({"basics": {"name": "Ola", "summary": "\n".join(names)}}, Look(design=design)), Format.PDF
        )
        assert [name for name in names if name.replace(" ", "") not in seen.replace(" ", "")] == []
    assert lost(" ".join(names)) == ""


def test_letters_without_a_font_are_shown_plainer_or_told() -> None:
    fancy, rune = "𝐉𝐚𝐧𝐞", "ᚠ"
    cv = {"basics": {"name": fancy, "summary": f"Likes {rune} and cats 🐈."}}
    seen = words(render(cv, Look()), Format.PDF)
    assert "Jane" in seen
    assert "Likes ? and cats ." in seen
    assert lost(json.dumps(cv, ensure_ascii=False)) == rune
    # Word and browsers bring fonts of their own, so that their formats keep everything.
    assert fancy in words(render(cv, Look(Format.DOCX)), Format.DOCX)


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    cv = {"basics": {"name": "O\x00l\ud800a\u202e", "summary": "a\x08b\x1b[31m"}}
    for kind in (Format.PDF, Format.DOCX, Format.HTML, Format.MARKDOWN, Format.TEXT):
        seen = words(render(cv, Look(kind)), kind)
        assert "Ola" in seen
        assert "ab[31m" in seen


def test_a_word_document_holds_no_macros_and_no_pictures() -> None:
    with zipfile.ZipFile(io.BytesIO(render(hostile("x"), Look(Format.DOCX)))) as packed:
        names = packed.namelist()
    assert not [name for name in names if re.search(r"vba|media|embed|\.bin$", name)]


@pytest.mark.parametrize(
    "cv", [{}, {"basics": {}}, {"basics": {"name": "Ola"}}, {"work": [{}]}, {"skills": []}]
)
@pytest.mark.parametrize("kind", Format)
def test_little_is_set_as_well(cv: dict[str, object], kind: Format) -> None:
    for design in DESIGNS:
        assert render(cv, Look(kind, design))


@settings(max_examples=12, deadline=None, derandomize=True)
@given(text=st.text(max_size=60))
def test_any_text_can_be_set(text: str) -> None:
    said = Letter(**{**LETTER.__dict__, "basics": hostile(text)["basics"], "subject": text, "closing": text})
    for kind in (Format.PDF, Format.DOCX, Format.HTML, Format.MARKDOWN, Format.TEXT):
        assert render(hostile(text), Look(kind, "modern"))
        assert letter(said, Look(kind, "classic"))


def _links(data: bytes) -> Iterator[str]:
    """The addresses that a PDF opens."""
    raw = pdfium.raw
    for page in pdfium.PdfDocument(data):
        for number in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, number)
            action = raw.FPDFLink_GetAction(raw.FPDFAnnot_GetLink(annotation))
            size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
            yield buffer.value.decode()


def test_fonts_have_their_licences_beside_them() -> None:
    folder = Path(COVERED).parent
    families = {re.split(r"-|(?<=Noto)", path.stem)[0] for path in folder.glob("*.ttf")}
    assert families == {path.name.split(".")[0] for path in folder.glob("*.LICENSE.txt")} - {"NotoCJK"}


@pytest.mark.parametrize("part", ["name", "label", "email", "phone", "summary"])
def test_an_endless_word_makes_a_document_of_bounded_length(part: str) -> None:
    """An endless name at the foot of each page would make pages without end."""
    made = render({"basics": {"name": "Ida Krol", part: "a" * 50_000}}, Look(Format.PDF, "plain"))
    assert len(pdfium.PdfDocument(made)) < 60
