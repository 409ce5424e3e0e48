"""Skills of many trades by one name each, so that a CV and a posting mean the same by different words."""

from hearback.skills.find import Hit, find, named
from hearback.skills.table import canonical, implied, proven, same

__all__ = ["Hit", "canonical", "find", "implied", "named", "proven", "same"]
