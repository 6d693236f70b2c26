"""``consult analyse``: from a file to its five results, all of them or none."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.cli import main

SAID = [
    ("h1", "Plus de police et moins de poubelles par terre", "Nord"),
    ("h2", "securite", "Nord"),
    ("h3", "RAS", "Sud"),
    ("h4", "", "Sud"),
    ("h5", "=1+1 des bus le dimanche", "Sud"),
    ("h6", "Mme Benali crie, tel 06 39 98 14 27", "Nord"),
    ("-7", "-des médecins", "Nord"),
    ("h1", "un parc pour les enfants", "Nord"),
]
OUTPUTS = {"codings.csv", "themes.csv", "synthesis.json", "copil.pptx", "index.html"}

TWICE = b"themes: [{id: a, label: A}, {id: a, label: B}]"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "réponses.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("id", "réponse", "quartier"), *SAID])
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["analyse", *map(str, arguments)])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def made(answers: Path, tmp_path: Path) -> Path:
    out = tmp_path / "sortie"
    result = run(answers, "--text", "réponse", "--id", "id", "--quartier", "quartier", "--out", out)
    assert result.exit_code == 0, result.output
    return out


def test_every_result_is_written_and_every_id_is_in_the_codings(made: Path) -> None:
    assert {file.name for file in made.iterdir()} == OUTPUTS
    codings = rows(made / "codings.csv")
    assert list(codings[0]) == ["id", "idea", "start", "end", "text", "theme_id", "theme", "score", "status"]
    assert {row["id"] for row in codings} == {identifier for identifier, _, _ in SAID}
    assert {row["status"] for row in codings} <= {"coded", "no_opinion", "unclassified"}
    assert {row["status"] for row in codings if row["id"] in {"h3", "h4"}} == {"no_opinion"}
    ideas = [row["idea"] for row in codings if row["id"] == "h1"]
    assert len(set(ideas)) == 3


def test_nothing_personal_and_no_formula_leaves(made: Path) -> None:
    written = (made / "codings.csv").read_text("utf-8-sig") + (made / "themes.csv").read_text("utf-8-sig")
    assert "Benali" not in written + (made / "index.html").read_text("utf-8")
    assert "06 39" not in written
    cells = [cell for row in rows(made / "codings.csv") for name, cell in row.items() if name != "id"]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


def test_the_synthesis_says_how_it_was_made(made: Path) -> None:
    told = json.loads((made / "synthesis.json").read_text("utf-8"))
    assert told["counts"]["contributions"] == len(SAID)
    assert told["counts"]["respondents"] == len(SAID) - 1
    assert told["counts"]["contributions_masked"] == 1
    assert told["parameters"]["codebook"] == "politique-de-la-ville"
    assert told["peak_memory_mb"] > 0
    assert all(seconds >= 0 for seconds in told["seconds"].values())


def test_the_same_file_gives_the_same_bytes_again(answers: Path, made: Path, tmp_path: Path) -> None:
    again = tmp_path / "encore"
    run(answers, "--text", "réponse", "--id", "id", "--quartier", "quartier", "--out", again)
    for name in ("codings.csv", "themes.csv", "index.html", "copil.pptx"):
        assert (again / name).read_bytes() == (made / name).read_bytes(), name


def test_a_plan_of_ones_own_is_followed(answers: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("themes:\n  - {id: s, label: Sécurité}\n  - {id: t, label: Transports en commun}\n", "utf-8")
    out = tmp_path / "sortie"
    assert run(answers, "--text", "réponse", "--codebook", plan, "--out", out).exit_code == 0
    assert {row["theme_id"] for row in rows(out / "codings.csv")} <= {"", "s", "t"}
    assert {row["id"] for row in rows(out / "codings.csv")} == {str(rank) for rank in range(2, 2 + len(SAID))}


def test_themes_are_found_when_asked(tmp_path: Path) -> None:
    said = ["les transports en commun", "des pistes cyclables", "plus de bus"]
    texts = [f"{text} {place}" for text in said for place in ("ici", "au nord", "partout", "le soir", "en ville")]
    path = tmp_path / "a.csv"
    path.write_text("texte\n" + "\n".join(texts) + "\n", "utf-8")
    out = tmp_path / "sortie"
    result = run(path, "--text", "texte", "--discover", "--out", out)
    assert result.exit_code == 0, result.output
    assert any(row["theme"] for row in rows(out / "codings.csv"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent.csv", "--text", "t"], "introuvable"),
        (["{file}", "--text", "texte"], "colonnes du fichier : id, réponse, quartier"),
        (["{file}", "--text", "réponse", "--id", "identifiant"], "« identifiant » n’existe pas"),
        (["{empty}", "--text", "t"], "est vide"),
        (["{headers}", "--text", "a"], "aucune réponse"),
        (["{broken}", "--text", "b"], "Ligne 3"),
        (["{file}", "--text", "réponse", "--codebook", "absent.yaml"], "absent.yaml"),
        (["{file}", "--text", "réponse", "--codebook", "{plan}"], "deux thèmes"),
        (["{file}", "--text", "réponse", "--codebook", "{plan}", "--discover"], "Choisissez"),
        (["{file}", "--text", "réponse", "--out", "{file}"], "indiquez un dossier"),
        (["{file}", "--text", "réponse", "--out", "/proc/sortie"], "Impossible d’écrire"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_leaves_nothing(
    answers: Path, tmp_path: Path, arguments: Sequence[str], said: str
) -> None:
    files = {
        "empty": b"",
        "headers": b"a;b\n",
        "broken": b'a;b\n1;x\n2;"y\n',
        "plan": b"themes: [{id: a, label: A}, {id: a, label: B}]",
    }
    places = {"file": str(answers)}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        places[name] = str(tmp_path / name)
    before = {path.name for path in tmp_path.iterdir()}
    out = [] if "--out" in arguments else ["--out", str(tmp_path / "sortie")]
    result = run(*(argument.format(**places) for argument in arguments), *out)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
    assert {path.name for path in tmp_path.iterdir()} == before


def test_nothing_is_left_when_the_work_fails(answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("analysis.report.themes_csv.write", full)
    before = {path.name for path in tmp_path.iterdir()}
    result = run(answers, "--text", "réponse", "--out", tmp_path / "sortie")
    assert result.exit_code == 2
    assert {path.name for path in tmp_path.iterdir()} == before
