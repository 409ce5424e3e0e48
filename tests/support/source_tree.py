"""Reads the project's Python files as syntax trees, so that rules can be checked unexecuted."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Import:
    """One import: the module it names, the line, and whether it stands inside a function."""

    module: str
    line: int
    nested: bool


@dataclass(frozen=True)
class Module:
    """One Python file of the project; `name` is its dotted name, packages without `__init__`."""

    path: Path
    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file as a syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def is_package(self) -> bool:
        """Whether the file is a package's `__init__.py`."""
        return self.path.name == "__init__.py"

    @property
    def length(self) -> int:
        """How many lines the file has."""
        return len(self.text.splitlines())


def read_tree(root: Path, folders: Iterable[str]) -> dict[str, Module]:
    """Read the Python files of `root` itself and all those below `folders`, by dotted name."""
    modules = {}
    files = [*root.glob("*.py"), *(f for folder in folders for f in (root / folder).rglob("*.py"))]
    for path in sorted(files):
        relative = path.relative_to(root)
        parts = relative.parts[:-1] if path.name == "__init__.py" else relative.with_suffix("").parts
        name = ".".join(parts)
        modules[name] = Module(relative, name, path.read_text(encoding="utf-8"))
    return modules


def imports_of(module: Module, known: Mapping[str, Module]) -> Iterator[Import]:
    """Give every import of a module; of `from a import b`, `a.b` where that is a module."""
    for node, nested in _walk(module.tree, inside=False):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, nested)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, module)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield Import(whole if whole in known else base, node.lineno, nested)


def _walk(node: ast.AST, *, inside: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield child, inside
        yield from _walk(child, inside=inside or function)


def _absolute(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    words = module.name.split(".")
    package = words if module.is_package else words[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])
