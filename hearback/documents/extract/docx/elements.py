"""What the elements of a .docx hold: cells, text boxes, backgrounds, what links lead to."""

from collections.abc import Iterator

from lxml import etree

from hearback.documents.extract.docx.names import child, local, value


def targets(rels: etree._Element | None) -> dict[str, str]:
    """What the ids of links lead to."""
    found = rels if rels is not None else ()
    return {
        str(rel.get("Id")): str(rel.get("Target", "")) for rel in found if rel.get("TargetMode") == "External"
    }


def inner(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name, also those in content controls and marks of changes."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found in ("sdt", "sdtContent", "customXml", "ins", "smartTag"):
            yield from inner(element, name)


def is_short(cell: etree._Element) -> bool:
    """Whether a cell holds at most one paragraph with text, and nothing else."""
    filled = 0
    for element in cell.iter():
        name = local(element)
        if name in ("tbl", "txbxContent"):
            return False
        if name == "p":
            filled += any(local(one) == "t" and (one.text or "").strip() for one in element.iter())
    return filled <= 1


def boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of text boxes under an element, without those that are there twice for older programs."""
    for one in element:
        name = local(one)
        if name == "txbxContent":
            yield one
        elif name != "Fallback":
            yield from boxes(one)


def is_shaded(element: etree._Element) -> bool:
    """Whether the element's own properties give it a background other than white."""
    for properties in element:
        if local(properties) in ("pPr", "tcPr", "tblPr", "trPr", "rPr"):
            fill = value(child(properties, "shd"), "fill")
            if fill and fill.upper() not in ("AUTO", "FFFFFF"):
                return True
            if child(properties, "highlight") is not None or value(child(properties, "shd"), "themeFill"):
                return True
    return False


def indent(properties: etree._Element | None) -> float:
    """Where the paragraph begins, in points from the margin; Word counts in twentieths."""
    indent = child(properties, "ind")
    text = value(indent, "left") or value(indent, "start") or "0"
    try:
        return round(float(text) / 20, 1)
    except ValueError:
        return 0.0
