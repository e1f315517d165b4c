"""The files for other people's workflows: the action, the hooks, and every example of docs/ci.md, run as far as a
machine without those services can."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from ci_readers import github_commands

BIN = Path(sys.executable).parent
HANGS = 900
"""Seconds after which a program is taken to hang, on the busiest machine."""
GOOD = "指标,地区,单位,2019年,2020年,2021年\n植树株数,河湾市,株,110,115,120\n"
BAD = GOOD.replace("115", "1I5")
"""A fictional submission, and the same with a scanned digit."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.csv").write_text(GOOD, "utf-8")
    (tmp_path / "in/bad one.csv").write_text(BAD, "utf-8")
    return tmp_path


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which this interpreter's programs come first and no service is named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI", "IPSTRONG_"))}
    return {**kept, "PATH": f"{BIN}{os.pathsep}{kept['PATH']}", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", **more}


def run(folder: Path, command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment(**more), capture_output=True, encoding="utf-8", timeout=HANGS, check=False
    )


def bash(script: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub runs `shell: bash`."""
    path = folder / "step.sh"
    path.write_text(script, "utf-8")
    return run(folder, ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(path)], **more)


def program(name: str) -> str:
    """Return an installed program, or skip with the reason."""
    found = shutil.which(name, path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def service_schema(name: str) -> Any:
    """Return a service's own JSON Schema as check-jsonschema ships it, or skip with the reason."""
    spec = importlib.util.find_spec("check_jsonschema")
    if spec is None or spec.origin is None:
        pytest.skip("check-jsonschema, which ships the schemas of CI services, is not installed")
    path = Path(spec.origin).parent / "builtin_schemas/vendor" / f"{name}.json"
    return json.loads(path.read_text("utf-8"))


def blocks(root: Path, language: str) -> list[str]:
    """Return the examples of docs/ci.md in a language."""
    return re.findall(rf"```{language}\n(.*?)```", (root / "docs/ci.md").read_text("utf-8"), re.DOTALL)


# --- The action ---------------------------------------------------------------------------------------------------


@pytest.fixture
def action(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text("utf-8"))
    return loaded


def step(action: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(step for step in action["runs"]["steps"] if step["name"] == name)
    return found


def run_action(action: dict[str, Any], folder: Path, files: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the step that validates, with the inputs' defaults and the environment that GitHub gives."""
    given = {name: entry.get("default", "") for name, entry in action["inputs"].items()}
    given |= {
        "files": files,
        "no-plan": "true",
        "lang": "en",
        **{name.replace("_", "-"): value for name, value in inputs.items()},
    }
    variables = {
        name: given[re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)[1]]  # type: ignore[index]  # a KeyError or None fails the test
        for name, value in step(action, "Validate")["env"].items()
    }
    return bash(
        step(action, "Validate")["run"],
        folder,
        GITHUB_ACTIONS="true",
        GITHUB_OUTPUT=str(folder / "output"),
        GITHUB_STEP_SUMMARY=str(folder / "summary.md"),
        **variables,
    )


def test_action_fits_githubs_schema(action: dict[str, Any]) -> None:
    assert [error.message for error in Draft7Validator(service_schema("github-actions")).iter_errors(action)] == []


def test_action_rejects_annotates_and_summarises(action: dict[str, Any], folder: Path) -> None:
    done = run_action(action, folder, "in/*.csv\n", sarif="report.sarif", junit="report.xml")
    assert done.returncode == 1, done.stderr
    assert (folder / "output").read_text("utf-8") == "exit-code=1\n"
    errors = [properties for name, properties, _ in github_commands(done.stdout) if name == "error"]
    assert [(found["file"], found["line"], found["col"]) for found in errors] == [("in/bad one.csv", "2", "5")]
    assert "DATA110" in (folder / "summary.md").read_text("utf-8")
    assert json.loads((folder / "report.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert 'failures="1"' in (folder / "report.xml").read_text("utf-8")


def test_action_accepts_what_is_sound(action: dict[str, Any], folder: Path) -> None:
    done = run_action(action, folder, "\nin/good.csv\n\n")
    assert (done.returncode, (folder / "output").read_text("utf-8")) == (0, "exit-code=0\n"), done.stderr


def test_action_expands_patterns_of_folders(action: dict[str, Any], folder: Path) -> None:
    (folder / "in/deep").mkdir()
    (folder / "in/deep/good.csv").write_text(GOOD, "utf-8")
    done = run_action(action, folder, "in/**/good.csv", junit="r.xml")
    assert done.returncode == 0, done.stderr
    assert re.findall(r'<testsuite name="([^"]+)"', (folder / "r.xml").read_text("utf-8")) == [
        "in/deep/good.csv",
        "in/good.csv",
    ]


def test_action_says_which_file_is_missing(action: dict[str, Any], folder: Path) -> None:
    done = run_action(action, folder, "in/none.xlsx")
    assert done.returncode == 2
    assert "in/none.xlsx" in done.stdout + done.stderr
    assert (folder / "output").read_text("utf-8") == "exit-code=2\n"


@pytest.mark.parametrize(
    "evil", ["$(touch hacked)", '"; touch hacked; "', "`touch hacked`", "-o hacked", "--exit-zero"]
)
def test_text_of_an_input_never_becomes_a_command_or_an_option(action: dict[str, Any], folder: Path, evil: str) -> None:
    done = run_action(action, folder, evil)
    assert done.returncode == 2
    assert not (folder / "hacked").exists()


def test_action_passes_every_input_on(action: dict[str, Any]) -> None:
    used = re.findall(r"inputs\.([a-z-]+)", yaml.safe_dump(action["runs"]))
    assert set(used) == set(action["inputs"])
    for each in action["runs"]["steps"]:
        assert "${{" not in each.get("run", ""), "an expression in a script is an injection"


def test_action_installs_its_own_checkout(action: dict[str, Any], folder: Path) -> None:
    (folder / "bin").mkdir()
    stub = folder / "bin/python"
    stub.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', "utf-8")
    stub.chmod(0o755)
    install = step(action, "Install ipstrong")
    assert install["env"] == {"IPSTRONG_SOURCE": "${{ github.action_path }}"}
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = bash(install["run"], folder, IPSTRONG_SOURCE="/check out", PATH=path)
    assert done.stdout.split("\n")[:3] == ["-m", "pip", "install"]
    assert done.stdout.rstrip("\n").split("\n")[-1] == "/check out"


# --- The hooks ----------------------------------------------------------------------------------------------------


def hooks(root: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return loaded


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    cache = {"PRE_COMMIT_HOME": str(folder / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}
    return run(folder, [program("pre-commit"), *arguments], **cache)


def git(folder: Path, *arguments: str) -> None:
    assert run(folder, [program("git"), *arguments]).returncode == 0


@pytest.fixture
def checkout(folder: Path, root: Path) -> Path:
    """Return a repository whose hooks are ours, run with the installed ipstrong: nothing is downloaded."""
    local = [{**hook, "language": "system"} for hook in hooks(root)]
    local[0]["args"] = ["--no-plan", "--lang", "en"]
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "in", ".pre-commit-config.yaml")
    return folder


def test_hooks_manifest_is_valid(root: Path, tmp_path: Path) -> None:
    done = pre_commit(tmp_path, "validate-manifest", str(root / ".pre-commit-hooks.yaml"))
    assert done.returncode == 0, done.stdout
    assert [hook["id"] for hook in hooks(root)] == ["ipstrong-validate", "ipstrong-plan-lint"]


def test_hook_rejects_a_commit_and_names_the_cell(checkout: Path) -> None:
    done = pre_commit(checkout, "run", "ipstrong-validate", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "in/bad one.csv" in done.stdout
    assert "2:5 error DATA110" in done.stdout


def test_hook_lets_sound_files_and_others_pass(checkout: Path) -> None:
    (checkout / "in/bad one.csv").unlink()
    (checkout / "in/~$good.xlsx").write_text("a lock file", "utf-8")
    (checkout / "in/readme.txt").write_text("no data", "utf-8")
    git(checkout, "add", "-A", "in")
    done = pre_commit(checkout, "run", "ipstrong-validate", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr


def test_hook_lints_the_plan(checkout: Path, root: Path) -> None:
    (checkout / "targets.yaml").write_text((root / "targets.yaml").read_text("utf-8"), "utf-8")
    git(checkout, "add", "targets.yaml")
    assert pre_commit(checkout, "run", "ipstrong-plan-lint", "--all-files").returncode == 0
    (checkout / "targets.yaml").write_text("plan: {idd: x}\n", "utf-8")
    git(checkout, "add", "targets.yaml")
    done = pre_commit(checkout, "run", "ipstrong-plan-lint", "--all-files")
    assert done.returncode == 1
    assert "targets.yaml:1" in done.stdout


# --- The examples of docs/ci.md -----------------------------------------------------------------------------------


def examples(root: Path) -> dict[str, list[str]]:
    """Return the YAML examples by what they are for."""
    kinds: dict[str, list[str]] = {"github": [], "gitlab": [], "pre-commit": []}
    for text in blocks(root, "yaml"):
        loaded = yaml.safe_load(text)
        kinds["github" if "jobs" in loaded else "pre-commit" if "repos" in loaded else "gitlab"].append(text)
    return kinds


def test_examples_fit_the_schemas_of_their_services(root: Path) -> None:
    found = examples(root)
    assert [len(texts) for texts in found.values()] == [2, 1, 1]
    for kind, name in (("github", "github-workflows"), ("gitlab", "gitlab-ci")):
        for text in found[kind]:
            loaded = yaml.load(text, yaml.BaseLoader) if kind == "github" else yaml.safe_load(text)
            assert [error.message for error in Draft7Validator(service_schema(name)).iter_errors(loaded)] == []


def test_workflow_examples_pass_actionlint(root: Path, tmp_path: Path) -> None:
    lint = program("actionlint")
    for number, text in enumerate(examples(root)["github"]):
        path = tmp_path / f"{number}.yml"
        path.write_text(text, "utf-8")
        done = run(tmp_path, [lint, "-no-color", "-shellcheck=", "-pyflakes=", str(path)])
        assert (done.returncode, done.stdout) == (0, "")


def test_workflow_examples_use_inputs_that_the_action_has(root: Path, action: dict[str, Any]) -> None:
    used = set()
    for text in examples(root)["github"]:
        for job in yaml.safe_load(text)["jobs"].values():
            for each in job["steps"]:
                if "ipstrong" in each["uses"]:
                    used |= set(each["with"])
    assert used
    assert used <= set(action["inputs"])


def test_pre_commit_example_is_valid_and_names_our_hooks(root: Path, tmp_path: Path) -> None:
    (text,) = examples(root)["pre-commit"]
    path = tmp_path / "config.yaml"
    path.write_text(text, "utf-8")
    assert pre_commit(tmp_path, "validate-config", str(path)).returncode == 0
    named = {hook["id"] for repo in yaml.safe_load(text)["repos"] for hook in repo["hooks"]}
    assert named == {hook["id"] for hook in hooks(root)}


def test_gitlab_example_runs_as_a_script(root: Path, tmp_path: Path) -> None:
    (text,) = examples(root)["gitlab"]
    job = yaml.safe_load(text)["validate"]
    (tmp_path / "submissions").mkdir()
    make_workbook(tmp_path / "submissions/a.xlsx", "1I5")
    lines = [line for line in job["script"] if "pip install" not in line]
    assert len(lines) == len(job["script"]) - 1
    done = bash("\n".join(lines), tmp_path)
    assert done.returncode == 1, done.stderr
    for name in job["artifacts"]["reports"].values():
        assert (tmp_path / name).stat().st_size > 0
    issues = json.loads((tmp_path / "gl-code-quality-report.json").read_text("utf-8"))
    assert "DATA110" in {issue["check_name"] for issue in issues}


@pytest.mark.parametrize(
    ("value", "status", "said"), [("1I5", 1, "rejected: see marked.xlsx"), (None, 2, "could not be assessed")]
)
def test_shell_example_tells_the_outcomes_apart(
    root: Path, tmp_path: Path, value: str | None, status: int, said: str
) -> None:
    script = next(text for text in blocks(root, "bash") if "case" in text)
    if value is None:
        (tmp_path / "submission.xlsx").write_bytes(b"")
    else:
        make_workbook(tmp_path / "submission.xlsx", value)
    done = bash(script, tmp_path)
    assert (done.returncode, done.stdout.rstrip().splitlines()[-1]) == (status, said), done.stderr
    assert (tmp_path / "report.json").exists()
    assert (tmp_path / "marked.xlsx").exists() is (status == 1)


def test_compare_example_speaks_of_revised_history(root: Path, tmp_path: Path) -> None:
    script = next(text for text in blocks(root, "bash") if "compare" in text)
    make_workbook(tmp_path / "last-year.xlsx", 115)
    make_workbook(tmp_path / "this-year.xlsx", 116)
    assert "history was revised: see changes.xlsx" in bash(script, tmp_path).stdout
    assert (tmp_path / "changes.xlsx").exists()
    make_workbook(tmp_path / "this-year.xlsx", 115)
    assert "history was revised: see" not in bash(script, tmp_path).stdout


def make_workbook(path: Path, value: object) -> None:
    """Write a fictional submission with one value given."""
    from openpyxl import Workbook

    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["指标", "地区", "单位", "2019年", "2020年", "2021年"])
    sheet.append(["有效发明专利拥有量", "深圳", "件", 110, value, 120])
    made.save(path)


def test_no_file_names_a_package_registry(root: Path) -> None:
    hosts = re.compile(r"(?i)pypi\.|pythonhosted|npmjs|registry\.")
    for name in ("action.yml", ".pre-commit-hooks.yaml", "docs/ci.md"):
        assert not hosts.search((root / name).read_text("utf-8")), name
