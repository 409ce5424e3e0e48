"""Opens packed documents (.docx, .odt) within bounds: what would unpack to too much is refused unseen."""

import io
import zipfile
from functools import cached_property

from lxml import etree

from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import BAD_ARCHIVE

MOST_FILES = 3000
# All files within, unpacked. Pictures are packed already, so a CV of 10 MB unpacks to little more.
MOST_UNPACKED = 120 * 1024 * 1024
# Text of 20 MB in XML is some thousand pages.
MOST_XML = 20 * 1024 * 1024
# XML packs to a tenth; what packs to a thousandth is made to burst.
MOST_RATIO = 250
_ENCRYPTED = 0x1


class Packed:
    """The files in a packed document. Raises DocumentFault where it is damaged or made to burst."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except BAD_ARCHIVE:
            raise DocumentFault(Fault.CORRUPT) from None
        entries = self._archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_FILES or unpacked > MOST_UNPACKED:
            raise DocumentFault(Fault.TOO_HEAVY)
        for entry in entries:
            if entry.file_size > 1024 * 1024 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
                raise DocumentFault(Fault.TOO_HEAVY)
            if entry.flag_bits & _ENCRYPTED:
                raise DocumentFault(Fault.LOCKED)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the files within, in their order."""
        return tuple(self._archive.namelist())

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML file within, or None where there is no such file."""
        if name not in self.names:
            return None
        content = self._read(name)
        # No document of these formats has a DTD, and only a DTD declares entities.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            raise DocumentFault(Fault.CORRUPT) from None
        if root.getroottree().docinfo.doctype:
            raise DocumentFault(Fault.CORRUPT)
        return root

    def _read(self, name: str) -> bytes:
        try:
            with self._archive.open(name) as file:
                # The directory may lie about sizes.
                content = file.read(MOST_XML + 1)
        except BAD_ARCHIVE:
            raise DocumentFault(Fault.CORRUPT) from None
        if len(content) > MOST_XML:
            raise DocumentFault(Fault.TOO_HEAVY)
        return content
