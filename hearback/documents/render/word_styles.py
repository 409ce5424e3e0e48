"""The empty Word document that sheets are set in: paper, margins, styles and core properties."""

from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from hearback.documents.render.letter import LetterSheet
from hearback.documents.render.look import DESIGNS, Design, Look, Paper
from hearback.documents.render.sheet import Sheet

SIZES = {Paper.A4: (Mm(210), Mm(297)), Paper.LETTER: (Mm(215.9), Mm(279.4))}
MARGIN = Mm(20)
# A document says when it was made; the same CV shall give the same bytes.
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
# The styles that Word does not bring.
OWN = frozenset({"Contacts", "Entry", "Employer", "Letter"})
# Fonts that Word and its like have everywhere.
SERIF, SANS = "Georgia", "Calibri"


def document(sheet: Sheet | LetterSheet, look: Look) -> WordDocument:
    """An empty document for the sheet, in the design and on the paper of the look."""
    made = Document()
    width, height = SIZES[look.paper]
    section = made.sections[0]
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    properties = made.core_properties
    properties.title, properties.author = sheet.title[:255], sheet.name[:255]
    properties.language = sheet.language
    properties.comments, properties.created, properties.modified = "", MADE, MADE
    _styles(made, DESIGNS[look.design], sheet.language, Length(width - 2 * MARGIN))
    if sheet.direction == "rtl":
        _turned(made)
    return made


def _styles(made: WordDocument, design: Design, language: str, width: Length) -> None:
    accent = RGBColor.from_string(design.accent.upper())
    normal = _style(made, "Normal", design, size=design.size, after=2)
    _language(normal, language)
    _style(made, "Title", design, size=design.size * 2.2, after=2, bold=not design.serif, colour=accent)
    _style(made, "Subtitle", design, size=design.size * 1.15, after=3)
    _style(made, "Contacts", design, size=design.size, after=6)
    _style(made, "Heading 1", design, size=design.size * 1.25, before=11, after=4, bold=True, colour=accent)
    _style(made, "List Bullet", design, size=design.size, after=1)
    entry = _style(made, "Entry", design, size=design.size, before=5, bold=True)
    entry.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    employer = _style(made, "Employer", design, size=design.size, italic=design.serif)
    _style(made, "Letter", design, size=max(design.size, 10.5), after=10)
    # The head of an entry never stands at the foot of a page alone.
    entry.paragraph_format.keep_with_next = employer.paragraph_format.keep_with_next = True


def _style(
    made: WordDocument,
    name: str,
    design: Design,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    italic: bool = False,
    colour: RGBColor | None = None,
) -> ParagraphStyle:
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if name in OWN else made.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is no style of paragraphs")
    font = style.font
    font.name, font.size, font.bold, font.italic = (
        SERIF if design.serif else SANS,
        Pt(round(size * 2) / 2),
        bold,
        italic,
    )
    font.color.rgb = colour or RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.1
    _own_font(style, font.name)
    _unadorned(style)
    return style


def _turned(made: WordDocument) -> None:
    """Let every paragraph begin on the right."""
    for style in made.styles:
        if isinstance(style, ParagraphStyle):
            style.element.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _own_font(style: ParagraphStyle, name: str) -> None:
    """Take the theme's fonts out of a style: Word prefers them to the one that is named."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _unadorned(style: ParagraphStyle) -> None:
    """Take away the blue line below the built-in Title and the wide letters of the built-in Subtitle."""
    form, letters = style.element.get_or_add_pPr(), style.element.get_or_add_rPr()
    for properties, name in ((form, "w:pBdr"), (letters, "w:spacing")):
        for found in properties.findall(qn(name)):
            properties.remove(found)


def _language(style: ParagraphStyle, language: str) -> None:
    """Say the language for the spelling checker."""
    found = OxmlElement("w:lang")
    found.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(found)
