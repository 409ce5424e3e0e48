"""The control API: what tests, the demo and benchmarks do to this Google from outside."""

from sandbox.control import accounts, boards, changes, mail, records
from sandbox.control.base import blueprint

# The parts hang their routes on the blueprint when they are imported.
__all__ = ["accounts", "blueprint", "boards", "changes", "mail", "records"]
