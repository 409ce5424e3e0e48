"""The postings in all JSON-LD of a page, with what they refer to, each a job of its own."""

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from hearback.boards import ld_json, ld_tidy
from hearback.boards.ld_tidy import Node
from hearback.boards.normal.build import mark
from hearback.boards.posting import Posting, Skipped


def described(page: LexborHTMLParser) -> tuple[list[Node], list[Skipped], tuple[str, ...]]:
    """The postings in JSON-LD, the blocks that cannot be read, and what to tell of those that break off."""
    nodes: list[Node] = []
    broken: list[Skipped] = []
    known: list[Node] = []
    notes: list[str] = []
    for at, block in enumerate(ld_json.blocks(page), start=1):
        found, whole = ld_json.values(block)
        inside = [node for value in found for node in ld_json.postings(value)]
        known += [node for value in found for node in ld_json.objects(value)]
        # What breaks off before it says what the job is, is no job.
        usable = inside if whole else [node for node in inside if _is_usable(node)]
        if not whole and usable:
            notes.append(f"Block {at} of the page breaks off. Parts of its job may be missing.")
        elif not whole and (not found or "JobPosting" in block):
            broken.append(Skipped(f"block {at}", "is JSON that breaks off or has mistakes"))
        nodes += usable
    named = ld_tidy.described(made for node in known if isinstance(made := ld_tidy.tidy(node), dict))
    return [ld_tidy.followed(node, named) for node in nodes], broken, tuple(notes)


def _is_usable(node: Node) -> bool:
    return bool(node.get("title") and (node.get("description") or node.get("hiringOrganization")))


class Apart:
    """Keeps jobs apart to which a site gives one number, as where it writes its own in place of theirs."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}

    def __call__(self, posting: Posting) -> Posting:
        """The posting, with a number of ours where another job has its own."""
        known = self._titles.setdefault(posting.external_id, posting.title)
        return (
            posting
            if known == posting.title
            else replace(posting, external_id=mark(posting.url, posting.title))
        )
