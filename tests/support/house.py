"""The rules of the house, and which of them a tree of Python files breaks."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.support.source_tree import Import, Module, imports_of, read_tree

# Who may import whom: a layer reaches only lower ones, and parts of one layer not each other.
LAYERS = {
    "webapp": 3,
    "scheduler": 3,
    "jobs": 2,
    "hearback.models": 1,
    "hearback.gmail": 1,
    "hearback.mail": 1,
    "hearback.language_model": 1,
    "hearback.boards": 1,
    "hearback.documents": 1,
    "hearback.notify": 1,
    "hearback.charts": 1,
    "hearback.chunks": 0,
    "hearback.config": 0,
    "hearback.levels": 0,
    "hearback.logs": 0,
    "hearback.places": 0,
    "hearback.public": 0,
    "hearback.skills": 0,
    "hearback.words": 0,
    "hearback.zones": 0,
}
# They meet the product over HTTP or start it as a process. Migrations keep frozen copies. What makes the
# table of places must fold their names as those who look them up.
ALONE = {
    "sandbox": frozenset[str](),
    "tools": frozenset({"sandbox.client", "hearback.places.fold"}),
    "migrations": frozenset[str](),
}
FREE = frozenset({"tests", "benchmarks", "corpus"})
FOLDERS = ("hearback", "jobs", "webapp", *ALONE, *sorted(FREE))
LONGEST = 200

# A caught `Exception` hides what nobody thought of.
TOO_BROAD = frozenset({"Exception", "BaseException"})
# Where these calls take the job: enqueue(f), enqueue_at(when, f). Others name it by a keyword.
JOB_ARGUMENT = {
    "enqueue": 0,
    "enqueue_call": 0,
    "prepare_data": 0,
    "enqueue_at": 1,
    "enqueue_in": 1,
    "schedule": 1,
    "cron": 1,
}
DOTTED_NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)+")


def part_of(name: str) -> str:
    """The part of the house that a dotted name belongs to, such as `hearback.mail` or `jobs`."""
    words = name.split(".")
    return ".".join(words[:2]) if words[0] == "hearback" else words[0]


def problems(root: Path, long_files: Mapping[str, str]) -> list[str]:
    """Everything in the tree below `root` that breaks a rule, one sentence each.

    `long_files` names the files that may be longer than LONGEST, each with its reason.
    """
    known = read_tree(root, FOLDERS)
    own = {name.split(".")[0] for name in known}
    found = []
    graph: dict[str, set[str]] = {}
    for module in known.values():
        graph[module.name] = set()
        for used in imports_of(module, known):
            first_party = used.module.split(".")[0] in own
            if first_party and not used.nested:
                graph[module.name].add(used.module)
            found += [
                f"{module.path}:{used.line} {text}" for text in _import_problems(module, used, first_party)
            ]
        found += _code_problems(module)
        found += _length_problems(module, long_files)
    found += [f"{name} is in the table of long files, and is none" for name in _stale(known, long_files)]
    found += [f"import cycle: {' -> '.join(cycle)}" for cycle in _cycles(graph)]
    return sorted(found)


def _import_problems(module: Module, used: Import, first_party: bool) -> Iterator[str]:
    here, there = part_of(module.name), part_of(used.module)
    top = module.name.split(".")[0]
    # Workers import what `jobs` imports, so that what lies below `jobs` counts like it.
    if top in {"jobs", "hearback"} and there.split("_")[0] == "flask":
        yield f"{here} must not import {used.module}"
    if not first_party or top in FREE:
        return
    if used.nested:
        yield f"imports {used.module} inside a function"
    if there in FREE:
        yield f"imports {used.module}, which is not part of the product"
    elif top in ALONE or there in ALONE:
        if here != there and used.module not in ALONE.get(top, frozenset()):
            yield f"{top} and {used.module} must not know each other"
    elif here != there:
        yield from _layer_problems(module, used, here, there)


def _layer_problems(module: Module, used: Import, here: str, there: str) -> Iterator[str]:
    command_line = module.name == "webapp.cli" or module.name.startswith("webapp.cli.")
    if there == "hearback.mail" and here == "webapp" and not command_line:
        yield "a route must not import hearback.mail: pages show what jobs stored"
    unknown = [part for part in (here, there) if part not in LAYERS]
    if unknown:
        yield f"{unknown[0]} has no layer; give it one in tests/support/house.py"
    elif LAYERS[there] >= LAYERS[here]:
        yield f"{here} (layer {LAYERS[here]}) imports {there} (layer {LAYERS[there]})"


def _code_problems(module: Module) -> Iterator[str]:
    if ast.get_docstring(module.tree) is None:
        yield f"{module.path}:1 has no docstring"
    top = module.name.split(".")[0]
    for node in ast.walk(module.tree):
        if top in {"jobs", "hearback"} and _catches_everything(node):
            yield f"{module.path}:{node.lineno} catches every exception"
        if top != "tests" and isinstance(node, ast.Call) and _job_by_name(node):
            yield f"{module.path}:{node.lineno} queues a job by its name, not the function itself"


def _catches_everything(node: ast.AST) -> bool:
    if isinstance(node, ast.ExceptHandler):
        return node.type is None or bool(_names(node.type) & TOO_BROAD)
    if isinstance(node, ast.Call) and _names(node.func) & {"suppress"}:
        return any(_names(argument) & TOO_BROAD for argument in node.args)
    return False


def _names(node: ast.AST) -> set[str]:
    """The last words of all names in an expression: `contextlib.suppress` gives both of its own."""
    plain = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return plain | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def _job_by_name(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in JOB_ARGUMENT:
        return False
    place = JOB_ARGUMENT[call.func.attr]
    candidates = [
        *call.args[place : place + 1],
        *(keyword.value for keyword in call.keywords if keyword.arg in {"f", "func"}),
    ]
    return any(
        isinstance(job, ast.JoinedStr)
        or (isinstance(job, ast.Constant) and DOTTED_NAME.fullmatch(str(job.value)) is not None)
        for job in candidates
    )


def _length_problems(module: Module, long_files: Mapping[str, str]) -> Iterator[str]:
    # Tests are lists of cases, read one by one.
    if module.path.parts[0] == "tests" or module.length <= LONGEST:
        return
    if str(module.path) not in long_files:
        yield f"{module.path} has {module.length} lines; split it or give a reason in the table"


def _stale(known: Mapping[str, Module], long_files: Mapping[str, str]) -> list[str]:
    long = {str(module.path) for module in known.values() if module.length > LONGEST}
    return [name for name in long_files if name not in long]


def _cycles(graph: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Give one walk for each cycle found by a depth-first search."""
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if name in path:
            yield (*path[path.index(name) :], name)
        elif name not in done:
            for used in sorted(graph.get(name, ())):
                if used != name:
                    yield from visit(used, (*path, name))
            done.add(name)

    for name in sorted(graph):
        yield from visit(name, ())
