"""What a set page looks like to those who print it, search it, read it by ear or go on writing in it."""

import copy
import io
import json
from datetime import date
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest

from hearback.documents.render import DESIGNS, Format, Look, Paper, letter, render
from hearback.documents.render.words import language_of, words_of
from tests.documents.test_render import CV, LETTER, words

SAMPLES = {path.stem: json.loads(path.read_text()) for path in Path(__file__).parent.glob("samples/*.json")}
SIZES = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("paper", Paper)
def test_a_page_is_as_large_as_its_paper(design: str, paper: Paper) -> None:
    for data in (
        render(CV, Look(design=design, paper=paper)),
        letter(LETTER, Look(design=design, paper=paper)),
    ):
        width, height = pdfium.PdfDocument(data)[0].get_size()
        assert (round(width), round(height)) == SIZES[paper]
    made = docx.Document(io.BytesIO(render(CV, Look(Format.DOCX, design, paper)))).sections[0]
    assert made.page_width and made.page_height
    assert (round(made.page_width.pt), round(made.page_height.pt)) == SIZES[paper]


@pytest.mark.parametrize("design", DESIGNS)
def test_a_pdf_says_what_it_is_and_is_tagged(design: str) -> None:
    made = pdfium.PdfDocument(render(SAMPLES["german"], Look(design=design)))
    assert made.get_metadata_value("Title") == "Jörg Müller-Lüdenscheidt – Lebenslauf"
    assert made.get_metadata_value("Author") == "Jörg Müller-Lüdenscheidt"
    assert pdfium.raw.FPDFCatalog_IsTagged(made)
    tree = pdfium.raw.FPDF_StructTree_GetForPage(made[0])
    assert pdfium.raw.FPDF_StructTree_CountChildren(tree) > 0


@pytest.mark.parametrize("design", DESIGNS)
def test_a_reading_machine_meets_each_entry_in_order(design: str) -> None:
    seen = words(render(CV, Look(design=design)), Format.PDF)
    order = [
        "Amara Nwosu",
        "Registered Nurse",
        "Leeds",
        "Glad to teach",
        "Staff Nurse",
        "Aire Valley Hospital",
    ]
    order += ["Care for up to eight", "Brought falls", "Taught 12"]
    places = [seen.find(one) for one in order]
    assert places == sorted(places)
    assert places[4] < seen.find("Sep 2019 – Present") < places[6]


@pytest.mark.parametrize("design", DESIGNS)
def test_no_heading_stands_alone_at_the_foot_of_a_page(design: str) -> None:
    heads = {*words_of("en").headings.values(), "Post 1", "Post 2", "Employer Ltd", "Jan 2020 – Present"}
    # However much stands above, so that each head comes to stand at the foot once.
    for above in range(1, 60, 3):
        cv = {
            "basics": {"name": "Ola", "summary": "\n".join(f"Line {n}" for n in range(above))},
            "work": [
                {
                    "position": f"Post {n}",
                    "name": "Employer Ltd",
                    "startDate": "2020-01",
                    "highlights": ["done"] * 4,
                }
                for n in (1, 2)
            ],
            "skills": [{"name": "Kind", "keywords": ["a"]}],
        }
        for page in pdfium.PdfDocument(render(cv, Look(design=design))):
            lines = page.get_textpage().get_text_range().strip().splitlines()
            assert [line.strip() for line in lines if "Page" not in line][-1] not in heads


@pytest.mark.parametrize("design", DESIGNS)
def test_no_line_ends_with_the_hyphen_of_a_word(design: str) -> None:
    # Reading machines take such a hyphen for one of a word parted at the line's end, and write `longterm`.
    cv = {
        "basics": {"name": "Ola", "summary": "A well-known long-term full-time on-call part-time post. " * 30}
    }
    for page in pdfium.PdfDocument(render(cv, Look(design=design))):
        assert "\ufffe" not in page.get_textpage().get_text_range()
        assert not [line for line in page.get_textpage().get_text_range().splitlines() if line.endswith("-")]


def test_a_few_lines_take_no_page_of_their_own() -> None:
    basics = {"name": "Ola", "summary": "\n".join(f"Line {number}" for number in range(47))}
    lines = 47
    while len(pdfium.PdfDocument(render({"basics": basics}, Look()))) == 1:
        lines += 1
        basics["summary"] += f"\nLine {lines}"
    # The same text without the step down in size holds fewer lines on its first page.
    made = pdfium.PdfDocument(render({"basics": basics}, Look()))
    first = made[0].get_textpage().get_text_range().count("Line")
    assert first < lines - 1


def test_the_page_says_its_number_only_where_there_are_more() -> None:
    assert "Page 1" not in words(render(CV, Look()), Format.PDF)
    long = copy.deepcopy(CV)
    long["work"] *= 12
    made = pdfium.PdfDocument(render(long, Look()))
    assert f"Page 2 / {len(made)}" in made[1].get_textpage().get_text_range()


@pytest.mark.parametrize("kind", Format)
def test_the_same_cv_gives_the_same_file(kind: Format) -> None:
    assert render(CV, Look(kind)) == render(copy.deepcopy(CV), Look(kind))


@pytest.mark.parametrize("design", DESIGNS)
def test_word_has_real_styles_and_no_tables(design: str) -> None:
    made = docx.Document(io.BytesIO(render(CV, Look(Format.DOCX, design))))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs if paragraph.style]
    assert ("Title", "Amara Nwosu") in styles
    assert ("Heading 1", "Experience") in styles
    assert ("List Bullet", "Taught 12 students") in styles
    assert not made.tables
    assert (made.core_properties.title, made.core_properties.author) == ("Amara Nwosu – CV", "Amara Nwosu")


def test_headings_and_dates_are_in_the_language_of_the_cv() -> None:
    for kind in (Format.PDF, Format.DOCX, Format.HTML, Format.MARKDOWN):
        seen = words(render(SAMPLES["german"], Look(kind)), kind)
        assert "Berufserfahrung" in seen
        assert "März 2018 – heute" in seen
        assert "Okt. 2011 – Feb. 2018" in seen
    assert 'lang="de"' in render(SAMPLES["german"], Look(Format.HTML)).decode()
    assert "Expérience professionnelle" in words(render(CV, Look(language="fr")), Format.PDF)


def test_academics_are_met_with_their_studies_and_papers_first() -> None:
    academic = words(render(SAMPLES["academic"], Look(design="academic")), Format.PDF)
    plain = words(render(SAMPLES["academic"], Look()), Format.PDF)
    assert academic.find("Publications") < academic.find("Experience")
    assert plain.find("Publications") > plain.find("Experience")


def test_graduates_show_their_studies_first() -> None:
    seen = words(render(SAMPLES["graduate"], Look()), Format.PDF)
    assert seen.find("Education") < seen.find("Experience")
    seen = words(render(SAMPLES["engineer"], Look()), Format.PDF)
    assert seen.find("Experience") < seen.find("Education")


def test_what_is_written_from_the_right_begins_there() -> None:
    cv = {"basics": {"name": "ליאת כהן", "summary": "אחות עם ניסיון של שש שנים במחלקה כירורגית."}}
    made = pdfium.PdfDocument(render(cv, Look()))[0]
    text = made.get_textpage()
    name = text.get_charbox(0)
    assert name[0] > made.get_width() / 2
    assert 'dir="rtl"' in render(cv, Look(Format.HTML)).decode()
    assert "w:bidi" in docx.Document(io.BytesIO(render(cv, Look(Format.DOCX)))).styles["Normal"].element.xml
    assert 'dir="ltr"' in render(CV, Look(Format.HTML)).decode()


def test_the_language_is_told_by_the_text() -> None:
    assert {name: language_of(json.dumps(cv, ensure_ascii=False)) for name, cv in SAMPLES.items()} == {
        **dict.fromkeys(SAMPLES, "en"),
        "german": "de",
        "accountant": "es",
        "french": "fr",
        "dutch": "nl",
    }
    assert language_of("Ola Nordmann, 2020") == "en"


@pytest.mark.parametrize(
    ("language", "american", "wanted"),
    [
        ("en", False, "24 November 2026"),
        ("en", True, "November 24, 2026"),
        ("de", True, "24. November 2026"),
        ("fr", False, "24 novembre 2026"),
        ("es", False, "24 de noviembre de 2026"),
        ("pt-BR", False, "24 de novembro de 2026"),
    ],
)
def test_a_day_is_said_as_its_language_says_it(language: str, american: bool, wanted: str) -> None:
    assert words_of(language).whole_day(date(2026, 11, 24), american) == wanted


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2020-01-15", "2021-03", "Jan 2020 – Mar 2021"),
        ("2020", "2021", "2020 – 2021"),
        ("2020-05", "2020-05-30", "May 2020"),
        ("", "2019-12", "Dec 2019"),
        ("2020", "", "2020 – Present"),
        ("", "", ""),
        ("2020-13", "soon", "2020-13 – soon"),
    ],
)
def test_times_are_said_as_a_cv_says_them(start: str, end: str, wanted: str) -> None:
    assert words_of("en").span(start, end) == wanted


def test_text_keeps_to_72_columns() -> None:
    for cv in SAMPLES.values():
        lines = render(cv, Look(Format.TEXT)).decode().splitlines()
        assert [line for line in lines if len(line) > 72 and " " in line.strip()] == []
