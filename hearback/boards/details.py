"""Adds to the rows of a list what a board tells only on each job's own page."""

from collections.abc import Callable

from hearback.boards.faults import BoardFault, Fault

# As many as a visit bears, with the pause between calls that boards are owed.
MOST = 120
# So many failures in a row mean that no more will come.
_PATIENCE = 3
KEY = "_detail"


def add_details(
    rows: list[object],
    ask: Callable[[dict[str, object]], object],
    useful: Callable[[dict[str, object]], bool],
    needed: Callable[[dict[str, object]], bool] = lambda row: True,
) -> tuple[list[object], tuple[str, ...]]:
    """The rows, each that `needed` it with the board's answer under KEY, and what to tell of failures.

    An answer counts where it is an object that is `useful`. No failure loses a row: it stays as the list
    gave it.
    """
    whole: list[object] = []
    asked = missed = failed_in_a_row = 0
    for row in rows:
        if not isinstance(row, dict) or not needed(row):
            whole.append(row)
            continue
        found = None
        if asked < MOST and failed_in_a_row < _PATIENCE:
            asked += 1
            try:
                answer = ask(row)
            except BoardFault as fault:
                answer = None
                failed_in_a_row = _PATIENCE if fault.kind is Fault.LIMITED else failed_in_a_row
            found = answer if isinstance(answer, dict) and useful(answer) else None
            failed_in_a_row = 0 if found else failed_in_a_row + 1
        missed += found is None
        whole.append({**row, KEY: found} if found else row)
    note = f"{missed} of {len(rows)} jobs are without the details of their own page."
    return whole, (note,) if missed else ()
