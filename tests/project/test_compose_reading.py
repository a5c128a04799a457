"""Which files make a compose project, and what is wrong with them."""

import os
import time

import pytest
from compose_cases import cases, plain, problems, project_of, write_project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlint.project.compose import read_project
from dlint.project.compose.loading import MAX_FILES
from dlint.text import Source

BAD = list(cases("refused.txt"))
GOOD = list(cases("merging.txt"))


@pytest.mark.parametrize(("name", "said", "files"), BAD, ids=[case[0] for case in BAD])
def test_refused(tmp_path, name, said, files):
    write_project(tmp_path, files)
    found = problems(project_of(tmp_path), tmp_path)
    assert len(found) == len(said) == 1
    place, _, words = said[0].partition(" ")
    assert found[0].startswith(f"{place} ")
    assert words in found[0]


def roles(project):
    return [(os.path.basename(file.path), file.role) for file in project.files]


def make(folder, **files):
    write_project(folder, {name.replace("__", "/"): text for name, text in files.items()})


BASE = "services: {a: {image: x, ports: ['80:80']}}\n"


@pytest.mark.parametrize(
    ("name", "files", "expected"),
    [
        ("compose.yaml", {"compose.override.yml": BASE}, [("compose.override.yml", "override")]),
        ("compose.yaml", {"docker-compose.override.yaml": BASE}, [("docker-compose.override.yaml", "override")]),
        ("docker-compose.yml", {"compose.override.yml": BASE}, [("compose.override.yml", "override")]),
        # Compose takes compose.yaml, so this one is only read by name, and then alone.
        ("docker-compose.yml", {"compose.yaml": BASE, "compose.override.yml": BASE}, []),
        ("compose.prod.yaml", {"compose.override.yml": BASE, "compose.yaml": BASE}, []),
    ],
)
def test_override_beside(tmp_path, name, files, expected):
    write_project(tmp_path, {name: BASE, **files})
    assert roles(project_of(tmp_path, name)) == [(name, "main"), *expected]


def test_a_file_that_cannot_stand_alone_is_read_over_its_base(tmp_path):
    gpu = "services: {a: {deploy: {replicas: 2}, command: over}}\n"
    write_project(tmp_path, {"docker-compose.yml": BASE, "docker-compose.gpu.yml": gpu, "compose.yaml": gpu})
    project = project_of(tmp_path, "docker-compose.gpu.yml")
    assert roles(project) == [("docker-compose.gpu.yml", "main"), ("docker-compose.yml", "base")]
    assert project.source.path.endswith("gpu.yml")
    assert plain(project.root)["services"]["a"] == {
        "image": "x", "ports": ["80:80"], "deploy": {"replicas": "2"}, "command": "over",
    }  # fmt: skip


def test_an_override_file_is_read_over_its_base(tmp_path):
    write_project(tmp_path, {"compose.yaml": BASE, "compose.override.yaml": "services: {b: {image: y}}\n"})
    project = project_of(tmp_path, "compose.override.yaml")
    assert roles(project) == [("compose.override.yaml", "main"), ("compose.yaml", "base")]
    assert list(project.services) == ["a", "b"]


def test_a_base_that_does_not_help_is_not_read(tmp_path):
    write_project(tmp_path, {"compose.yaml": BASE, "compose.x.yaml": "services: {other: {command: x}}\n"})
    project = project_of(tmp_path, "compose.x.yaml")
    assert roles(project) == [("compose.x.yaml", "main")]
    assert list(project.services) == ["other"]


def test_places_and_folders_of_other_files(tmp_path):
    make(
        tmp_path,
        **{
            "compose.yaml": "include: [inc/c.yaml]\nservices: {a: {extends: {file: ext/e.yaml, service: e}}}\n",
            "inc/c.yaml": "services: {c: {build: ./c}}\n",
            "ext/e.yaml": "services: {e: {build: ./e}}\n",
        },
    )
    project = project_of(tmp_path)
    assert project.problems == ()
    for service, folder, service_folder in (("a", "ext", "e"), ("c", "inc", "c")):
        node = project.services[service].get("build")
        assert node.written == f"./{service_folder}"
        assert project.folder_of(node) == str(tmp_path / folder)
    assert project.folder_of(project.root) == str(tmp_path)
    assert [file.role for file in project.files] == ["main", "extends", "include"]


def test_remote_files_are_silent(tmp_path):
    include = "include: ['oci://x/y', 'https://github.com/a/b.git', 'git@github.com:a/b.git', '${NOPE}/c.yaml']\n"
    make(tmp_path, **{"compose.yaml": f"{include}services: {{a: {{image: x}}}}\n"})
    project = project_of(tmp_path)
    assert project.problems == ()
    assert len(project.not_read) == 4


def test_nothing_outside_of_the_repository_is_read(tmp_path):
    make(
        tmp_path,
        **{
            "secret.yaml": "services: {s: {image: secret}}\n",
            "repo/.git/HEAD": "",
            "repo/compose.yaml": "include: [../secret.yaml]\nservices: {a: {extends: {file: /etc/passwd, service: x}}}\n",
        },
    )
    project = project_of(tmp_path / "repo")
    assert project.problems == ()
    assert [node.text for node in project.not_read] == ["/etc/passwd", "../secret.yaml"]
    assert project.services["a"].get("extends") is not None


def test_pipes_and_folders_are_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    make(tmp_path, **{"compose.yaml": "include: [pipe.yaml, folder.yaml]\nservices: {a: {image: x}}\n"})
    assert [problem.message.rpartition("/")[2] for problem in project_of(tmp_path).problems] == [
        "pipe.yaml is no file",
        "folder.yaml is no file",
    ]


def test_the_environment_is_not_looked_at(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_OF_MINE", "42")
    make(tmp_path, **{"compose.yaml": "services: {a: {image: 'x:${SECRET_OF_MINE}', user: '${HOME}'}}\n"})
    project = project_of(tmp_path)
    image = project.services["a"].get("image")
    assert (image.text, image.is_known) == ("x:", False)
    assert [variable.name for variable in project.variables] == ["SECRET_OF_MINE", "HOME"]


def test_standard_input_has_no_files(tmp_path, monkeypatch):
    make(tmp_path, **{".env": "A=1\n", "compose.override.yaml": BASE})
    monkeypatch.chdir(tmp_path)
    text = "services: {a: {image: '${A}', extends: {file: x.yaml, service: y}}}\n"
    project = read_project(Source(text, "<stdin>"), "<stdin>")
    assert project.problems == ()
    assert not project.services["a"].get("image").is_known


def test_many_files_are_bounded(tmp_path):
    files = {
        f"{n}.yaml": f"include: [{n + 1}.yaml, {n + 1}.yaml]\nservices: {{s{n}: {{image: x}}}}\n" for n in range(30)
    }
    write_project(tmp_path, {**files, "compose.yaml": "include: [0.yaml, 0.yaml]\n", "30.yaml": BASE})
    started = time.process_time()
    project = project_of(tmp_path)
    assert time.process_time() - started < 10
    assert len(project.files) <= MAX_FILES
    assert any("levels deep" in problem.message or "more than" in problem.message for problem in project.problems)


def test_long_chains_are_bounded(tmp_path):
    services = "".join(f"  s{n}: {{extends: s{n + 1}}}\n" for n in range(1000))
    make(tmp_path, **{"compose.yaml": f"services:\n{services}  s1000: {{image: x}}\n"})
    started = time.process_time()
    assert any("in a row" in problem.message for problem in project_of(tmp_path).problems)
    assert time.process_time() - started < 10


TEXTS = [text for _, _, files in [*GOOD, *BAD] for path, text in files.items()]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_text_breaks_it(tmp_path, data):
    chosen = data.draw(st.sampled_from(TEXTS))
    start = data.draw(st.integers(0, len(chosen)))
    end = data.draw(st.integers(start, min(len(chosen), start + 20)))
    middle = data.draw(
        st.sampled_from(
            [
                "",
                "$",
                "${",
                "}",
                "[",
                "{",
                "]",
                "<<: ",
                "&a ",
                "*a",
                "!reset ",
                "\t",
                "- ",
                ": ",
                "\0",
                '"',
                "null",
                "\n---\n",
                "é\ud800",
            ]
        )
    )
    broken = chosen[:start] + middle + chosen[end:]
    write_project(tmp_path, {"o.yaml": BASE, "inc/d.yaml": BASE})
    path = str(tmp_path / "compose.yaml")
    project = read_project(Source(broken, path), path)
    for problem in project.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(problem.source.text)
    stack = [project.root]
    while stack:
        node = stack.pop()
        assert 0 <= node.span.start <= node.span.end <= len(node.source.text)
        stack += [*node.items, *(part for pair in node.pairs for part in pair)]
    assert project.variables is not None
    assert project.services is not None
