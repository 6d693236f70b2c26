"""The rules of the house, checked by the tools that know them and by reading the code."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
ROOMS = ("consult", "analysis", "surveys")
LONGEST_MODULE = 250
LONGEST_FUNCTION = 40
# Alembic writes these, one table after the other; they are never edited once released.
GENERATED = ROOT / "surveys" / "migrations" / "versions"

TOOLS = {
    "ruff": ["ruff", "check", "--output-format", "concise", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports"],
    "djlint rules": ["djlint", "consult/templates", "--lint", "--quiet"],
}


@pytest.mark.slow
@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_finds_nothing_to_say(tool: str) -> None:
    name, *arguments = TOOLS[tool]
    run = subprocess.run([str(BIN / name), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


def test_a_module_fits_in_one_reading() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _modules()}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_a_function_fits_on_a_screen() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{function.name}": _length(function)
        for path in _modules()
        for function in _functions(path)
        if _length(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_most_functions_are_much_shorter() -> None:
    lengths = sorted(_length(function) for path in _modules() for function in _functions(path))
    assert lengths[len(lengths) // 2] <= 10


def test_the_analysis_knows_only_the_questions_and_their_words() -> None:
    known = {"surveys.questions", "surveys.words"}
    for path in _modules("analysis"):
        for name in _imported(path):
            if name.split(".")[0] == "surveys":
                assert any(name == allowed or name.startswith(f"{allowed}.") for allowed in known), (path, name)


def test_only_the_edges_commit() -> None:
    """A transaction ends where it was opened: in a view, a command or a task, never in ``surveys``."""
    for path in [*_modules("surveys"), *_modules("analysis")]:
        calls = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
        names = [call.func.attr for call in calls if isinstance(call.func, ast.Attribute)]
        assert "commit" not in names, path


def test_no_page_is_written_around_the_escaping_of_its_template() -> None:
    for path in _modules("consult"):
        text = path.read_text(encoding="utf-8")
        assert "render_template_string" not in text, path
    for path in (ROOT / "consult" / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), path
        assert "{% autoescape" not in text, path
    for path in (ROOT / "static").rglob("*.js"):
        if "vendor" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert "innerHTML" not in text, path
            assert "eval(" not in text, path


def test_nothing_is_left_for_later() -> None:
    words = ("TODO", "FIXME", "XXX", "HACK")
    for path in _modules():
        text = path.read_text(encoding="utf-8")
        assert not [word for word in words if word in text.split()], path


def test_every_installed_package_has_a_reason() -> None:
    """Each dependency that we chose is explained in one line of ``docs/decisions``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    chosen = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    page = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8")
    names = [line.split(">")[0].split("=")[0].split("[")[0].strip() for line in chosen]
    # Type stubs go with the package they describe.
    assert [name for name in names if f"`{name}`" not in page and not name.startswith("types-")] == []


def _modules(*rooms: str) -> list[Path]:
    found = [path for room in rooms or ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    assert found
    return [path for path in found if GENERATED not in path.parents]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
