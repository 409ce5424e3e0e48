"""The names of elements and attributes in WordprocessingML, with their name spaces."""

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The stricter form of the standard has names of its own.
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
DC = "http://purl.org/dc/elements/1.1/"
R_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


def local(element: etree._Element) -> str:
    """The name of an element without its name space; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute of Word's own."""
    if element is None:
        return None
    found = element.get(f"{{{W}}}{name}")
    return found if found is not None else element.get(f"{{{STRICT}}}{name}")
