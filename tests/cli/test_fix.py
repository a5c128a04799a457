"""--fix, --diff, --add-ignore and their neighbours, as people call them."""

import os
import stat

import pytest
from goldens import assert_golden
from helpers import run, write

DOCKERFILE = """\
# syntax=docker/dockerfile:1
FROM python:3.13.1-slim
WORKDIR /app
ENV A 1
RUN apt-get update && apt-get install -y \\
    curl \\
    && rm -rf /var/lib/apt/lists/*
RUN pip install torch==2.9.1
EXPOSE 80:8080
USER 1000
CMD ["python", "-u", "app.py"]
"""
COMPOSE = "version: '3'\nservices:\n  web:\n    image: nginx  # the proxy\n    ports:\n      - '80:80'\n"
TODAY = ("--today", "2026-11-22")


@pytest.fixture
def project(tmp_path):
    write(tmp_path, Dockerfile=DOCKERFILE, **{"compose.yaml": COMPOSE})
    os.mkdir(tmp_path / ".git")
    return tmp_path


def check(*arguments, cwd, **more):
    return run("check", *TODAY, *arguments, cwd=cwd, **more)


def told(name, ran):
    assert_golden(f"fix/{name}.txt", f"$ exit {ran.returncode}\n{ran.stdout}{ran.stderr}")


def contents(folder):
    return {name: (folder / name).read_bytes() for name in ("Dockerfile", "compose.yaml")}


def test_diff(project):
    """Prints what --fix writes, and writes nothing."""
    before = contents(project)
    told("diff", check("--diff", cwd=project))
    told("diff-unsafe", check("--diff", "--unsafe-fixes", "--show-fixes", cwd=project))
    assert contents(project) == before
    ran = check("--diff", cwd=project)
    check("--fix", cwd=project)
    after = contents(project)
    write(project, **{name: data for name, data in before.items()})
    import subprocess

    subprocess.run(["patch", "-p0"], input=ran.stdout, text=True, cwd=project, check=True, capture_output=True)
    assert contents(project) == after
    assert check("--diff", cwd=project).returncode == 0


def test_fix(project):
    told("fix", check("--fix", "--output-format", "concise", cwd=project))
    assert b"ENV A=1\n" in (project / "Dockerfile").read_bytes()
    before = contents(project)
    told("fix-again", check("--fix", "--output-format", "concise", cwd=project))
    assert contents(project) == before
    assert os.listdir(project / ".git") == []


def test_show_fixes(project):
    told("show-fixes", check("--fix", "--unsafe-fixes", "--show-fixes", "--output-format", "concise", cwd=project))


def test_fix_only(project):
    ran = check("--fix-only", cwd=project)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "Fixed 4 findings in 2 files." in ran.stderr
    assert check("--fix-only", "--exit-non-zero-on-fix", cwd=project).returncode == 0


def test_exit_non_zero_on_fix(project):
    write(project, Dockerfile="FROM python:3.13.1-slim\nENV A 1\nUSER 1000\n", **{"compose.yaml": "services: {}\n"})
    assert check("--fix", "--exit-non-zero-on-fix", cwd=project).returncode == 1
    assert check("--fix", "--exit-non-zero-on-fix", cwd=project).returncode == 0


def test_the_summary_says_what_can_be_fixed(project):
    ran = check("Dockerfile", cwd=project)
    assert ran.stderr.strip().endswith("3 fixable with --fix, 1 more with --unsafe-fixes.")
    assert check("--fix", "Dockerfile", cwd=project).stderr.strip().endswith("1 fixable with --fix --unsafe-fixes.")
    assert "fixable" not in check("--unfixable", "all", "Dockerfile", cwd=project).stderr


def test_fixable_and_unfixable(project):
    def changed(*options):
        before = contents(project)
        check("--fix", *options, "Dockerfile", cwd=project)
        after = (project / "Dockerfile").read_text()
        write(project, **before)
        return [word for word in ("ENV A=1", "--no-cache-dir", "EXPOSE 8080", "--no-install") if word in after]

    assert changed() == ["ENV A=1", "--no-cache-dir", "EXPOSE 8080"]
    assert changed("--fixable", "size") == ["--no-cache-dir"]
    assert changed("--unfixable", "syntax,DL3042") == []
    assert changed("--unfixable", "syntax", "--fixable", "all,legacy-key-value") == ["ENV A=1", "--no-cache-dir"]
    assert changed("--unsafe-fixes", "--fixable", "DL3015") == ["--no-install"]
    write(project, **{"dlint.toml": "[check]\nunfixable = ['pip-cache-in-layer']\n"})
    assert changed() == ["ENV A=1", "EXPOSE 8080"]
    assert changed("--unfixable", "syntax") == ["--no-cache-dir"]
    wrong = check("--fixable", "pip-cache", cwd=project)
    assert (wrong.returncode, "did you mean pip-cache-in-layer?" in wrong.stderr) == (2, True)
    write(project, **{"dlint.toml": "[check]\nfixable = ['pip-cache']\n"})
    wrong = check(cwd=project)
    assert (wrong.returncode, "did you mean `pip-cache-in-layer`?" in wrong.stderr) == (2, True)


# Standard input ----------------------------------------------------------------------------


def test_standard_input(project):
    """The text goes to standard output, all else beside it."""
    data = DOCKERFILE.replace("\n", "\r\n").encode() + b"LABEL x=\xff\r\n"
    ran = check("--fix", "-", cwd=project, stdin=data, text=False)
    assert ran.returncode == 0
    expected = (
        data.replace(b"ENV A 1", b"ENV A=1")
        .replace(b"80:8080", b"8080")
        .replace(b"install torch", b"install --no-cache-dir torch")
    )
    assert ran.stdout == expected
    assert b"apt-recommends" in ran.stderr
    assert b"Fixed 3 findings" in ran.stderr


def test_standard_input_without_findings_or_text(project):
    for data in (b"FROM python:3.13.1-slim\nUSER 1000\n", b"", b"not a\nDockerfile"):
        assert check("--fix", "-", cwd=project, stdin=data, text=False).stdout == data
    assert check("--fix", "-", cwd=project, stdin=b"\x00\x00", text=False).returncode == 2


def test_standard_input_as_diff_and_with_ignores(project):
    ran = check("--diff", "--stdin-filename", "compose.yaml", "-", cwd=project, stdin=COMPOSE)
    assert (ran.returncode, ran.stdout.splitlines()[-4:-1]) == (1, ["-version: '3'", " services:", "   web:"])
    ran = check("--add-ignore", "--stdin-filename", "compose.yaml", "-", cwd=project, stdin=COMPOSE)
    assert ran.stdout.startswith("# dlint: ignore[compose-version-key]\nversion: '3'\nservices:\n")
    assert (project / "compose.yaml").read_text() == COMPOSE


# Files that are not changed ------------------------------------------------------------------


def test_a_read_only_file(project):
    os.chmod(project / "Dockerfile", 0o444)
    ran = check("--fix", cwd=project)
    assert "warning: Dockerfile is read-only; its fixes are not made\n" in ran.stderr
    assert (project / "Dockerfile").read_text() == DOCKERFILE
    assert "version" not in (project / "compose.yaml").read_text()
    assert "legacy-key-value" in ran.stdout


def test_mode_and_links_stay(project):
    os.chmod(project / "Dockerfile", 0o640)
    os.symlink("Dockerfile", project / "api.Dockerfile")
    ran = check("--fix", "api.Dockerfile", cwd=project)
    assert ran.returncode == 0
    assert os.readlink(project / "api.Dockerfile") == "Dockerfile"
    assert b"ENV A=1" in (project / "Dockerfile").read_bytes()
    assert stat.S_IMODE(os.stat(project / "Dockerfile").st_mode) == 0o640
    assert sorted(os.listdir(project)) == [".git", "Dockerfile", "api.Dockerfile", "compose.yaml"]


def test_two_names_of_one_file(project):
    os.symlink("Dockerfile", project / "api.Dockerfile")
    assert check("--fix", cwd=project).returncode == 1
    assert (project / "Dockerfile").read_text().count("--no-cache-dir") == 1


def test_a_link_out_of_the_project(project, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, Dockerfile=DOCKERFILE)
    os.symlink(elsewhere / "Dockerfile", project / "api.Dockerfile")
    ran = check("--fix", "api.Dockerfile", cwd=project)
    assert "api.Dockerfile is outside of the project" in ran.stderr
    assert (elsewhere / "Dockerfile").read_text() == DOCKERFILE
    # What is named itself may be anywhere.
    assert check("--fix", str(elsewhere / "Dockerfile"), cwd=project).returncode == 0
    assert b"ENV A=1" in (elsewhere / "Dockerfile").read_bytes()


def test_a_file_that_changed_meanwhile(project, monkeypatch, capsys):
    """Nothing is overwritten that was not read."""
    from dlint.cli import fix, main

    original = fix.replace

    def late(path, before, after):
        if path == "Dockerfile":
            write(project, Dockerfile="FROM scratch\n")
        return original(path, before, after)

    monkeypatch.setattr(fix, "replace", late)
    monkeypatch.chdir(project)
    assert main(["check", "--fix", "--isolated", "--shellcheck", "off"]) == 2
    assert (project / "Dockerfile").read_text() == "FROM scratch\n"
    assert "error: Dockerfile: was changed meanwhile; it is left as it is" in capsys.readouterr().err
    assert b"version" not in (project / "compose.yaml").read_bytes()


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_an_interruption_leaves_whole_files(project, monkeypatch, step):
    from dlint.engine import writing

    def interrupt(*_):
        raise KeyboardInterrupt

    before = (project / "Dockerfile").read_bytes()
    monkeypatch.setattr(writing.os, step, interrupt)
    with pytest.raises(KeyboardInterrupt):
        writing.replace(str(project / "Dockerfile"), before, b"FROM scratch\n")
    monkeypatch.undo()
    assert contents(project)["Dockerfile"] == before
    assert sorted(os.listdir(project)) == [".git", "Dockerfile", "compose.yaml"]


def test_a_full_disk(project, monkeypatch):
    from dlint.engine import writing

    def full(*_):
        raise OSError(28, "No space left on device")

    before = (project / "Dockerfile").read_bytes()
    monkeypatch.setattr(writing.os, "fsync", full)
    problem = writing.replace(str(project / "Dockerfile"), before, b"x")
    assert problem == "cannot be written: No space left on device"
    assert contents(project)["Dockerfile"] == before


# --add-ignore --------------------------------------------------------------------------------


def test_add_ignore(project):
    ran = check("--add-ignore=known since May", cwd=project)
    assert ran.returncode == 0
    assert_golden("fix/ignored-Dockerfile.txt", (project / "Dockerfile").read_text())
    assert_golden("fix/ignored-compose.txt", (project / "compose.yaml").read_text())
    assert check("--require-reason", cwd=project).stdout == ""


def test_add_ignore_without_a_reason(project):
    assert check("--add-ignore", "Dockerfile", cwd=project).returncode == 0
    assert "# dlint: ignore[legacy-key-value]\nENV A 1\n" in (project / "Dockerfile").read_text()
    assert (project / "compose.yaml").read_text() == COMPOSE
    ran = check("--add-ignore", "--require-reason", "compose.yaml", cwd=project)
    assert (ran.returncode, ran.stderr) == (2, "error: require-reason is set; write --add-ignore=REASON\n")


def test_add_ignore_and_fix_do_not_go_together(project):
    before = contents(project)
    assert check("--add-ignore", "--fix", cwd=project).returncode == 2
    assert check("--add-ignore=a\nb", cwd=project).returncode == 2
    assert contents(project) == before


def test_add_ignore_as_diff(project):
    before = contents(project)
    ran = check("--add-ignore", "--diff", cwd=project)
    assert ran.returncode == 1
    assert "+# dlint: ignore[legacy-key-value]\n" in ran.stdout
    assert contents(project) == before


def test_add_ignore_for_other_files(tmp_path):
    """Where a file has no comments, the Dockerfile has one for the whole of it, below its directives."""
    write(
        tmp_path,
        Dockerfile="# syntax=docker/dockerfile:1\n# escape=\\\nFROM python:3.13.1-slim\nCOPY requirements.txt .\n"
        "RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\nUSER 1000\n",
        **{"requirements.txt": "# ours\ntorch\n"},
    )
    found = check("--context", ".", "--output-format", "concise", cwd=tmp_path).stdout
    assert "requirements.txt:2" in found
    assert check("--context", ".", "--add-ignore=later", cwd=tmp_path).returncode == 0
    assert check("--context", ".", cwd=tmp_path).stdout == ""
    assert (tmp_path / "requirements.txt").read_text().splitlines()[1].startswith("# dlint: ignore[")
    assert (tmp_path / "Dockerfile").read_text().startswith("# syntax=docker/dockerfile:1\n# escape=\\\n")


def test_add_ignore_keeps_what_other_linters_are_told(tmp_path):
    """hadolint looks only directly above an instruction."""
    write(tmp_path, Dockerfile="FROM python:3.13.1-slim\n# hadolint ignore=DL3059\nENV A 1\nUSER 1000\n")
    check("--add-ignore", "Dockerfile", cwd=tmp_path)
    assert (
        "\n# dlint: ignore[legacy-key-value]\n# hadolint ignore=DL3059\nENV A 1\n"
        in (tmp_path / "Dockerfile").read_text()
    )


def test_secrets_are_not_in_a_diff(tmp_path):
    """Lines around a change are shown, but not the secrets in them."""
    key = "AKIA" + "Z7QK3PXW2MNBVC5D"
    write(tmp_path, Dockerfile=f"FROM python:3.13.1-slim\nENV AWS_ACCESS_KEY_ID={key}\nENV A 1\nUSER 1000\n")
    ran = check("--diff", "Dockerfile", cwd=tmp_path)
    assert "+ENV A=1\n" in ran.stdout
    assert key not in ran.stdout + ran.stderr
    check("--fix", "Dockerfile", cwd=tmp_path)
    assert key in (tmp_path / "Dockerfile").read_text()


def test_many_files(tmp_path):
    """Above the number from which processes share the work."""
    write(
        tmp_path, **{f"{number}/Dockerfile": "FROM python:3.13.1-slim\nENV A 1\nUSER 1000\n" for number in range(140)}
    )
    ran = check("--fix", cwd=tmp_path)
    assert (ran.returncode, "Fixed 140 findings in 140 files." in ran.stderr) == (0, True)
    assert all((tmp_path / str(number) / "Dockerfile").read_text().count("A=1") for number in range(140))
