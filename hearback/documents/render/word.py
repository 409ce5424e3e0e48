"""Sets sheets as Word documents with real styles, so that their owner can go on writing in them."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from hearback.documents.render.clean import listed
from hearback.documents.render.letter import LetterSheet
from hearback.documents.render.look import Look
from hearback.documents.render.sheet import Contact, Entry, Group, Section, Sheet
from hearback.documents.render.word_styles import document


def cv(sheet: Sheet, look: Look) -> bytes:
    """The sheet as DOCX: Title, Heading 1, List Bullet, no tables."""
    made = document(sheet, look)
    _top(made, sheet)
    for section in sheet.sections:
        made.add_heading(section.heading, 1)
        _section(made, section)
    return _bytes(made)


def letter(sheet: LetterSheet, look: Look) -> bytes:
    """The letter as DOCX."""
    made = document(sheet, look)
    _top(made, sheet)
    made.add_paragraph(style="Letter")
    for lines in (sheet.recipient, (sheet.date,)):
        _broken(made.add_paragraph(style="Letter"), lines)
    if sheet.subject:
        made.add_paragraph(style="Letter").add_run(sheet.subject).bold = True
    for lines in ((sheet.greeting,), *sheet.paragraphs, (sheet.closing,), (sheet.name,)):
        if any(lines):
            _broken(made.add_paragraph(style="Letter"), lines)
    return _bytes(made)


def _top(made: WordDocument, sheet: Sheet | LetterSheet) -> None:
    if sheet.name:
        made.add_paragraph(sheet.name, style="Title")
    if sheet.label:
        made.add_paragraph(sheet.label, style="Subtitle")
    if sheet.contacts:
        _contacts(made.add_paragraph(style="Contacts"), sheet.contacts)


def _contacts(paragraph: Paragraph, contacts: Iterable[Contact]) -> None:
    for number, contact in enumerate(contacts):
        if number:
            paragraph.add_run(" | ")
        _linked(paragraph, contact.text, contact.address)


def _section(made: WordDocument, section: Section) -> None:
    for one in section.text:
        made.add_paragraph(one)
    for group in section.groups:
        _group(made.add_paragraph(), group)
    for entry in section.entries:
        _entry(made, entry)


def _group(paragraph: Paragraph, one: Group) -> None:
    if one.name:
        paragraph.add_run(f"{one.name}: " if one.items else one.name).bold = bool(one.items)
    paragraph.add_run(listed(one.items))


def _entry(made: WordDocument, entry: Entry) -> None:
    head = made.add_paragraph(style="Entry")
    second = entry.title and (entry.organisation or entry.place)
    where = made.add_paragraph(style="Employer") if second else head
    if entry.title:
        _linked(head, entry.title, "" if entry.organisation else entry.address)
    if entry.organisation:
        _linked(where, entry.organisation, entry.address)
    if entry.place:
        where.add_run(f", {entry.place}" if entry.organisation else entry.place)
    if entry.dates:
        head.add_run(f"\t{entry.dates}").bold = False
    if entry.shown:
        _linked(made.add_paragraph(), entry.shown, entry.address)
    if entry.about:
        made.add_paragraph().add_run(entry.about).italic = True
    for one in entry.text:
        made.add_paragraph(one)
    for point in entry.points:
        made.add_paragraph(point, style="List Bullet")
    for note in entry.notes:
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{note.name}: ").italic = True
        paragraph.add_run(note.text)


def _linked(paragraph: Paragraph, words: str, address: str) -> None:
    """Words that open an address; python-docx writes no links of its own."""
    run = paragraph.add_run(words)
    if not address:
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    link.append(run._r)


def _broken(paragraph: Paragraph, lines: Iterable[str]) -> None:
    for number, one in enumerate(lines):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(one)


def _bytes(made: WordDocument) -> bytes:
    """The file, the same whenever it is made: a packed file says of each part when it was written."""
    file, steady = BytesIO(), BytesIO()
    made.save(file)
    with ZipFile(file) as written, ZipFile(steady, "w", ZIP_DEFLATED) as packed:
        for entry in written.infolist():
            packed.writestr(ZipInfo(entry.filename), written.read(entry), ZIP_DEFLATED)
    return steady.getvalue()
