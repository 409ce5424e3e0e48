"""A CV and a letter come out in every format and design, with what they say and nothing that acts."""

import io
import json
from datetime import date

import docx
import pypdfium2 as pdfium
import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from hearback.documents.render import DESIGNS, Format, Letter, Look, Paper, letter, render

CV = {
    "basics": {
        "name": "Amara Nwosu",
        "label": "Registered Nurse",
        "email": "amara.nwosu@example.org",
        "phone": "+44 20 7946 0018",
        "url": "https://amara-nwosu.example.org/",
        "location": {"city": "Leeds", "region": "West Yorkshire", "countryCode": "GB"},
        "summary": "Nurse on surgical wards for six years.\nGlad to teach.",
    },
    "work": [
        {
            "name": "Aire Valley Hospital",
            "position": "Staff Nurse",
            "location": "Leeds",
            "url": "https://airevalley.example.org",
            "startDate": "2019-09-01",
            "summary": "Care for up to eight patients a shift.",
            "highlights": ["Brought falls on the ward down by a third", "Taught 12 students"],
        }
    ],
    "education": [
        {
            "institution": "University of Bradwell",
            "studyType": "Bachelor of Science",
            "area": "Nursing",
            "startDate": "2015-10",
            "endDate": "2018-07",
            "score": "First class",
            "courses": ["Pharmacology", "Wound care"],
        }
    ],
    "skills": [{"name": "Clinical", "level": "Expert", "keywords": ["Triage", "IV therapy"]}],
    "languages": [{"language": "Igbo", "fluency": "Native"}, {"language": "English"}],
}
SAID = [
    *(
        "Amara Nwosu",
        "Registered Nurse",
        "amara.nwosu@example.org",
        "+44 20 7946 0018",
        "Leeds, West Yorkshire, GB",
    ),
    *("Glad to teach.", "Staff Nurse", "Aire Valley Hospital", "Sep 2019 – Present", "Taught 12 students"),
    *("Bachelor of Science in Nursing", "University of Bradwell", "Oct 2015 – Jul 2018", "First class"),
    *("Pharmacology, Wound care", "Clinical (Expert)", "Triage, IV therapy", "Igbo: Native"),
]
LETTER = Letter(
    basics=CV["basics"],
    day=date(2026, 11, 24),
    subject="Staff Nurse, Ward 7",
    greeting="Dear Ms Hartley,",
    paragraphs=("Your ward asks for a nurse who likes to teach.\nI do.", "I could begin in March."),
    closing="Kind regards,",
    company="Calder Royal Infirmary",
    person="Ms Ruth Hartley",
    place="Halifax",
)
READABLE = [one for one in Format if one is not Format.JSON]


def words(data: bytes, kind: Format) -> str:
    """What a reader sees, on one line."""
    return " ".join(_seen(data, kind).split())


def _seen(data: bytes, kind: Format) -> str:
    if kind is Format.PDF:
        return "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data))
    if kind is Format.DOCX:
        made = docx.Document(io.BytesIO(data))
        return "\n".join(paragraph.text for paragraph in made.paragraphs)
    text = data.decode()
    if kind is Format.MARKDOWN:
        text = MarkdownIt().render(text)
    if kind in (Format.MARKDOWN, Format.HTML):
        body = LexborHTMLParser(text).body
        assert body
        return body.text(separator=" ")
    return text


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("kind", READABLE)
@pytest.mark.parametrize("paper", Paper)
def test_every_format_says_all_of_the_cv(design: str, kind: Format, paper: Paper) -> None:
    seen = words(render(CV, Look(kind, design, paper)), kind)
    assert [one for one in SAID if one not in seen] == []


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("kind", READABLE)
def test_every_format_says_all_of_the_letter(design: str, kind: Format) -> None:
    seen = words(letter(LETTER, Look(kind, design)), kind)
    said = ["Amara Nwosu", "Ms Ruth Hartley", "Calder Royal Infirmary", "Halifax", "24 November 2026"]
    said += [
        "Staff Nurse, Ward 7",
        "Dear Ms Hartley,",
        "likes to teach. I do.",
        "I could begin",
        "Kind regards,",
    ]
    assert [seen.find(one) for one in said] == sorted(seen.find(one) for one in said)
    assert seen.endswith("Kind regards, Amara Nwosu")


def test_json_is_the_cv_itself() -> None:
    assert json.loads(render(CV, Look(Format.JSON))) == CV


def test_a_letter_has_no_form_in_json() -> None:
    with pytest.raises(ValueError, match="no form"):
        letter(LETTER, Look(Format.JSON))
