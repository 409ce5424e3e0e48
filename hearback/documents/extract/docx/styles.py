"""What Word's styles and lists say of a paragraph and of the runs in it."""

from dataclasses import dataclass, replace

from lxml import etree

from hearback.documents.extract.docx.names import child, local, value

# A style may rest on another, and that on a third; a circle must end.
DEEPEST = 12


@dataclass(frozen=True)
class Look:
    """How a run or a paragraph looks. `size` is points; `heading` 1 to 6, or 0; `number` is its list."""

    bold: bool = False
    italic: bool = False
    size: float = 10.0
    hidden: bool = False
    white: bool = False
    heading: int = 0
    number: str = ""
    level: int = 0


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = [one for one in root if local(one) == "style"] if root is not None else []
        self._styles = {value(one, "styleId") or "": one for one in styles}
        self._done: dict[str, Look] = {}
        defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
        self.plain = with_run(Look(), defaults)
        for one in styles:
            if value(one, "type") == "paragraph" and value(one, "default") in ("1", "true"):
                self.plain = self._own(self.plain, one)

    def look(self, name: str | None, under: Look | None = None) -> Look:
        """How text in this style looks; that of a run is laid over its paragraph's."""
        if not name or name not in self._styles:
            return under or self.plain
        if under is not None:
            return self._own(under, self._styles[name])
        if name not in self._done:
            self._done[name] = self._resolved(name)
        return self._done[name]

    def _resolved(self, name: str) -> Look:
        chain: list[etree._Element] = []
        known: str | None = name
        while known in self._styles and len(chain) < DEEPEST:
            chain.append(self._styles[known or ""])
            known = value(child(chain[-1], "basedOn"))
        look = self.plain
        for style in reversed(chain):
            look = self._own(look, style)
        return look

    def _own(self, look: Look, style: etree._Element) -> Look:
        look = with_run(look, child(style, "rPr"))
        look = with_paragraph(look, child(style, "pPr"))
        title = (value(child(style, "name")) or "").lower()
        if title.startswith("heading ") and title[8:].isdigit():
            look = replace(look, heading=min(int(title[8:]), 6))
        return look


def lists_of(root: etree._Element | None) -> frozenset[str]:
    """The numbers that paragraphs of lists have; 0 takes a style's list off a paragraph, so it is none."""
    numbers = (one for one in root if local(one) == "num") if root is not None else ()
    return frozenset(value(one, "numId") or "" for one in numbers) - {"0"}


def with_run(look: Look, properties: etree._Element | None) -> Look:
    """The look with the properties of a run laid over it."""
    for one in properties if properties is not None else ():
        match local(one):
            case "b":
                look = replace(look, bold=_on(one))
            case "i":
                look = replace(look, italic=_on(one))
            case "vanish" | "specVanish" | "webHidden":
                look = replace(look, hidden=_on(one))
            case "sz":
                look = replace(look, size=_number(value(one)) / 2 or look.size)
            case "color":
                look = replace(look, white=(value(one) or "").upper() in ("FFFFFF", "FEFEFE", "FDFDFD"))
    return look


def with_paragraph(look: Look, properties: etree._Element | None) -> Look:
    """The look with the properties of a paragraph laid over it."""
    outline = value(child(properties, "outlineLvl"))
    if outline is not None and outline.isdigit():
        look = replace(look, heading=int(outline) + 1 if int(outline) < 6 else 0)
    numbers = child(properties, "numPr")
    if numbers is not None:
        number, level = value(child(numbers, "numId")), value(child(numbers, "ilvl"))
        look = replace(
            look,
            number=look.number if number is None else number,
            level=int(_number(level)) if level else look.level,
        )
    return look


def _on(element: etree._Element) -> bool:
    return (value(element) or "1").lower() not in ("0", "false", "off")


def _number(text: str | None) -> float:
    try:
        return max(0.0, min(float(text or 0), 3000.0))
    except ValueError:
        return 0.0
