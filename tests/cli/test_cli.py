"""The command line: exit codes, messages in both languages, nothing overwritten, no window."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crm_pilot import i18n
from crm_pilot.cli import main
from crm_pilot.cli.arguments import TEMPLATE_IDS
from crm_pilot.project import Project

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "new",
    "demo",
    "import",
    "export",
    "report",
    "figures",
    "picture",
    "check",
    "copies",
    "warnings",
)


def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "crm_pilot", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def one_sentence(err: str) -> str:
    """The only line on stderr; no traceback."""
    lines = err.strip().splitlines()
    assert len(lines) == 1, err
    assert "Traceback" not in err
    return lines[0]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


# help -----------------------------------------------------------------------------------------


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("usage: crm-pilot")
    for name in COMMANDS:
        assert f"    {name} " in shown


def test_help_is_french_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help", "--lang", "fr"]) == 0
    shown = capsys.readouterr().out
    assert "usage\u202f: crm-pilot [FICHIER]" in shown
    for english_word in ("usage: ", "show this", "options:", "commands", "FILE", "Without"):
        assert english_word not in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_is_french(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "afficher cette aide" in shown
    for english_word in ("usage: ", "positional", " the ", "arguments:", "FILE"):
        assert english_word not in shown


def test_a_wrong_word_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "x.crmp"]) == 2
    sentence = one_sentence(capsys.readouterr().err)
    assert "-o" in sentence
    assert "crm-pilot report --help" in sentence
    assert main(["report", "x.crmp", "-o", "y.pdf", "--level", "all", "--lang", "fr"]) == 2
    assert "valeur inconnue" in one_sentence(capsys.readouterr().err)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("CRM Pilot ")


# new and demo ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("template", TEMPLATE_IDS)
def test_new_makes_a_project(tmp_path: Path, lang: str, template: str) -> None:
    path = tmp_path / "new.crmp"
    words = ["new", str(path), "--template", template, "--lang", lang, "--start", "2026-11-28"]
    assert main(words) == 0
    with Project.open(path, read_only=True) as project:
        value = project.reader.value
        assert value("SELECT language FROM project") == lang
        assert value("SELECT count(*) FROM zone_cell") == 16
        assert value("SELECT count(*) FROM priority_cell") == 9
        assert (value("SELECT count(*) FROM task") > 50) == (template != "empty")


def test_new_takes_name_start_and_country(tmp_path: Path) -> None:
    path = tmp_path / "new.crmp"
    words = ["--name", "Mon CRM", "--start", "2027-02-01", "--country", "be"]
    assert main(["new", str(path), *words]) == 0
    with Project.open(path, read_only=True) as project:
        card = project.reader.one("SELECT name, country, starts_on FROM project")
        assert card == ("Mon CRM", "BE", "2027-02-01")


@pytest.mark.parametrize("command", ["new", "demo"])
def test_a_file_is_never_written_over(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.crmp"
    path.write_bytes(b"mine")
    assert main([command, str(path)]) == 2
    assert "--force" in one_sentence(capsys.readouterr().err)
    assert path.read_bytes() == b"mine"
    assert main([command, str(path), "--force"]) == 0
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_a_country_is_two_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "n.crmp"), "--country", "France"]) == 2
    assert "two letters" in one_sentence(capsys.readouterr().err)


def test_a_country_that_is_not_known_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "n.crmp"
    assert main(["new", str(path), "--country", "XX"]) == 2
    said = one_sentence(capsys.readouterr().err)
    assert "XX" in said and "FR, GB" in said
    assert not path.exists()


def test_new_takes_departments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "n.crmp"
    words = ["--template", "replacement", "--lang", "fr", "--start", "2027-01-11"]
    more = ["--departments", "Ventes=40, Marketing=12:2", "--company", "Aubrac", "--crm", "X"]
    assert main(["new", str(path), *words, *more]) == 0
    assert "jalons" in capsys.readouterr().out
    with Project.open(path, read_only=True) as project:
        assert project.reader.select("SELECT name, wave_id FROM department") == [
            ("Ventes", 1),
            ("Marketing", 2),
        ]
        assert project.reader.one("SELECT company, crm, motivation FROM project") == (
            "Aubrac",
            "X",
            "replacement",
        )


@pytest.mark.parametrize("wrong", ["Ventes", "Ventes=x", "=4", "Ventes=4:b"])
def test_departments_that_cannot_be_read_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    assert main(["new", str(tmp_path / "n.crmp"), "--departments", wrong]) == 2
    assert wrong in one_sentence(capsys.readouterr().err)


def test_new_lists_the_templates(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--list", "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines()] == list(TEMPLATE_IDS)


def test_a_missing_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", str(tmp_path / "no" / "demo.crmp"), "--lang", "fr"]) == 2
    assert "n’existe pas" in one_sentence(capsys.readouterr().err)


# check and figures -----------------------------------------------------------------------------


def test_check_counts_what_is_there(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(demo), "--lang", "fr"]) == 0
    shown = capsys.readouterr().out
    assert "Ventes France" in shown
    assert "300  tickets" in shown


def test_check_says_who_has_the_file_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.crmp"
    assert main(["new", str(path), "--template", "empty"]) == 0
    with Project.open(path, person="Nicolas"):
        assert main(["check", str(path)]) == 0
        assert "open by Nicolas" in capsys.readouterr().out


def test_figures_as_json(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", str(demo), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["as_of"] == "2026-11-21"
    assert found["training"]["trained"] == 301
    assert main(["figures", str(demo), "training", "--json"]) == 0
    assert "adoption" not in json.loads(capsys.readouterr().out)


def test_figures_hide_names_unless_it_is_the_leads_own(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Project.open(demo, read_only=True) as project:
        people = "SELECT name FROM stakeholder WHERE kind = 'person'"
        names = [name for (name,) in project.reader.select(people)]
    assert main(["figures", str(demo), "stakeholders", "--json"]) == 0
    committee = capsys.readouterr().out
    assert main(["figures", str(demo), "stakeholders", "--json", "--level", "own"]) == 0
    own = capsys.readouterr().out
    assert not [name for name in names if name in committee]
    assert [name for name in names if name in own] == names


def test_figures_for_people(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", str(demo), "training", "--lang", "fr"]) == 0
    shown = capsys.readouterr().out
    assert "Itinérants Nord" in shown
    assert "0,73" in shown


def test_figures_compare_two_days_of_the_map(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["figures", str(demo), "stakeholders", "--json"]
    assert main([*words, "--from", "2026-09-30", "--to", "1 nov 2026", "--lang", "fr"]) == 0
    found = json.loads(capsys.readouterr().out)
    told = found["stakeholders"]
    assert (found["as_of"], told["since"]) == ("2026-11-01", "2026-09-30")
    assert (told["movements"]["since"], told["movements"]["until"]) == ("2026-09-30", "2026-11-01")
    cells = told["movements"]["cells"]
    assert sum(cell["headcount"] for cell in cells) == told["headcount_rated"]
    assert "30\u00a0sept. 2026" in told["why"]["movements"]["period"]
    assert main(words) == 0
    now = json.loads(capsys.readouterr().out)["stakeholders"]
    assert now["movements"]["since"] == now["since"] == "2026-10-22"  # the last committee
    south = "Itinérants Sud"
    assert south in {unit["name"] for unit in now["movements"]["allies_left"]["units"]}
    assert south not in {unit["name"] for unit in told["movements"]["allies_left"]["units"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("stakeholders --from 2026-11-02 --to 2026-11-01", "swap them"),
        ("stakeholders --from 2027-11-02", "swap them"),
        ("stakeholders --from soon", "“soon” is not a date"),
        ("stakeholders --to 31/02/2026", "“31/02/2026” is not a date"),
        ("stakeholders --to=", "a date is missing"),
        ("--from 2026-11-01", "write “stakeholders” after the file"),
        ("training --to 2026-11-01", "write “stakeholders” after the file"),
    ],
)
def test_days_that_cannot_be_compared_are_said(
    demo: Path, words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", str(demo), *words.split(), "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


def test_an_unknown_room_is_said(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", str(demo), "kitchen"]) == 2
    assert "kitchen" in one_sentence(capsys.readouterr().err)


# borders ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_missing_project_is_said(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = str(tmp_path / "gone.crmp")
    for words in (["check", gone], ["figures", gone], ["report", gone, "-o", "x.pdf"], [gone]):
        assert main([*words, "--lang", lang]) == 2
        sentence = one_sentence(capsys.readouterr().err)
        assert ("n’existe pas" if lang == "fr" else "does not exist") in sentence


def test_a_bug_leaves_a_log_and_one_sentence(
    demo: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("crm_pilot.figures.collect", broken)
    assert main(["figures", str(demo)]) == 1
    assert "ZeroDivisionError" in one_sentence(capsys.readouterr().err)
    (log,) = (home / "logs").glob("bug-*.log")
    assert "planted" in log.read_text("utf-8")


def test_an_unknown_word_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reprot"]) == 2
    assert "neither a command nor a file" in one_sentence(capsys.readouterr().err)


def test_a_home_that_cannot_be_written_is_said(
    demo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocked = tmp_path / "home"
    blocked.write_text("a file where a folder should be", "utf-8")
    monkeypatch.setenv("CRM_PILOT_HOME", str(blocked))
    assert main(["figures", str(demo)]) == 2
    assert str(blocked) in one_sentence(capsys.readouterr().err)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_a_reader_that_has_seen_enough(demo: Path) -> None:
    words = (
        f"{sys.executable} -m crm_pilot figures {demo} --json | head -1; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", words], cwd=ROOT, capture_output=True, check=False)
    assert done.stdout.decode().split() == ["{", "0"]
    assert done.stderr == b""


def test_without_a_screen_no_window(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("there is always a screen here")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([str(demo)]) == 2
    assert "no screen" in one_sentence(capsys.readouterr().err)


def test_the_language_of_messages_comes_from_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert main(["check", str(tmp_path / "gone.crmp")]) == 2
    assert "n’existe pas" in capsys.readouterr().err
    assert i18n.current().language == "fr"


# in processes of their own ---------------------------------------------------------------------

NO_QT = """
import sys
from crm_pilot.cli import main
code = main(sys.argv[1:])
loaded = [m for m in sys.modules if m.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph")]
assert not loaded, loaded
raise SystemExit(code)
"""


@pytest.mark.parametrize("words", [["figures", "--json"], ["check"], ["--help"]])
def test_no_qt_is_loaded(words: list[str], demo: Path) -> None:
    command = [words[0], str(demo), *words[1:]] if words[0] != "--help" else words
    done = subprocess.run(
        [sys.executable, "-c", NO_QT, *command], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_the_whole_way_in_processes(tmp_path: Path) -> None:
    path = tmp_path / "demo.crmp"
    assert run("demo", path, "--lang", "fr").returncode == 0
    assert run("check", path).returncode == 0
    again = run("demo", path, "--lang", "fr")
    assert again.returncode == 2
    assert "existe déjà" in one_sentence(again.stderr)


def test_output_on_a_terminal_without_narrow_spaces(demo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crm_pilot", "check", str(demo), "--lang", "fr"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "7\u00a0" in done.stdout.decode("cp1252")


def test_the_choices_are_those_of_the_engine() -> None:
    from crm_pilot import figures
    from crm_pilot.cli import arguments
    from crm_pilot.demo.templates import TEMPLATES

    assert tuple(TEMPLATES) == arguments.TEMPLATE_IDS
    assert tuple(level.value for level in figures.Level) == arguments.LEVELS


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "valeur inconnue\u202f: «\u202ffoo\u202f» (au choix\u202f: first-crm, replacement"),
        ("en", "invalid choice: “foo” (choose from first-crm, replacement"),
    ],
)
def test_a_wrong_choice_is_quoted_as_people_quote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    assert main(["new", str(tmp_path / "a.crmp"), "--lang", lang, "--template", "foo"]) == 2
    assert said in capsys.readouterr().err


def test_records_in_a_cell_go_by_their_names(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", str(demo), "planning", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Télévente, Marketing, Itinérants Nord" in said
    assert "{" not in said


def test_a_report_into_a_missing_folder_is_said_in_its_language(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "pack.pdf"
    assert main(["report", str(demo), "--lang", "fr", "-o", str(out)]) == 2
    said = one_sentence(capsys.readouterr().err)
    assert "No such file" not in said
    assert "n’existe pas" in said


def test_reading_commands_do_without_the_mapped_classes(demo: Path, tmp_path: Path) -> None:
    """SQLAlchemy takes a third of a second to load, and only edits need it."""
    words = [["report", str(demo), "-o", str(tmp_path / "r.pdf")], ["figures", str(demo), "--json"]]
    code = (
        "import sys\nfrom crm_pilot.cli import main\n"
        f"assert [main(one) for one in {words!r}] == [0, 0]\n"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
