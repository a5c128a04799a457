"""Stages, variables and what holds at each instruction."""

import pytest
from helpers import build_of

from dlint.model.cycles import find_cycles
from dlint.parser.dockerfile.expansion import UNKNOWN


def last(text, **known):
    """Return the last step of a text's target."""
    return build_of(text, **known).target.steps[-1]


def test_runtime_chain():
    build = build_of(
        "FROM python:3.12 AS base\nFROM base AS build\nFROM base AS final\nCOPY --from=build /a /a\nFROM scratch AS other\n",
        target="final",
    )
    assert [stage.name for stage in build.runtime_chain] == ["final", "base"]
    assert build.target.root.family == "python"
    assert [(use.step.stage.name, use.stage.name) for use in build.uses] == [("final", "build")]


@pytest.mark.parametrize(
    ("text", "image"),
    [
        ("ARG TAG=3.12\nFROM python:${TAG}\n", "python:3.12"),
        ("ARG TAG\nFROM python:${TAG:-3.11}\n", None),
        ("ARG TAG\nFROM python:${TAG}\n", None),
        ("FROM ${MISSING:-python:3.10}\n", "python:3.10"),
        ("ARG A=python\nARG B=${A}:3.9\nFROM $B\n", "python:3.9"),
    ],
)
def test_images_from_variables(text, image):
    stage = build_of(text).stages[0]
    assert (stage.image.text if stage.image else None) == image
    assert stage.is_unknown == (image is None)


def test_build_arguments_win():
    assert build_of("ARG TAG=1\nFROM a:$TAG\n", build_args={"TAG": "2"}).stages[0].image_text == "a:2"


def test_scopes():
    """Global arguments count in FROM only, until declared again; ENV goes to derived stages."""
    build = build_of(
        "ARG A=1\nFROM scratch AS one\nENV X=$A\nARG A\nENV Y=$A\nARG B=2\nFROM one\nENV Z=$Y$B\nFROM scratch\nENV W=$Y\n"
    )
    one, two, three = build.stages
    assert one.environment.get("X") == ""
    assert one.environment.get("Y") == "1"
    assert two.environment.get("Z") == "12"
    assert three.environment.get("W") == ""


def test_unknown_bases_keep_variables_unknown():
    assert last("FROM somebody/thing\nENV A=${B}/x\n").stage.environment.get("A") == f"{UNKNOWN}/x"
    assert last("FROM scratch\nENV A=${B}/x\n").stage.environment.get("A") == "/x"


def test_an_argument_hides_an_earlier_env():
    """Docker 28 gives B=arg for ENV B=$A here, though the image keeps A=env."""
    assert last("FROM scratch\nENV A=env\nARG A=arg\nLABEL x=$A\n").environment.get("A") == "arg"


@pytest.mark.parametrize(
    ("text", "workdir"),
    [
        ("FROM scratch\nWORKDIR /a\nWORKDIR b\nRUN x\n", "/a/b"),
        ("FROM scratch\nARG D=/d\nWORKDIR $D/e\nRUN x\n", "/d/e"),
        ("FROM scratch\nARG D\nWORKDIR $D\nRUN x\n", None),
        ("FROM somebody/thing\nWORKDIR a\nRUN x\n", None),
        ("FROM scratch AS a\nWORKDIR /a\nFROM a\nRUN x\n", "/a"),
    ],
)
def test_workdir(text, workdir):
    assert last(text).workdir == workdir


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("FROM python:3.12\nRUN x\n", "root"),
        ("FROM python:3.12\nUSER app\nRUN x\n", "app"),
        ("FROM python:3.12\nARG U=1000\nUSER $U:1000\nRUN x\n", "1000:1000"),
        ("FROM python:3.12\nARG U\nUSER $U\nRUN x\n", None),
        ("FROM somebody/thing\nRUN x\n", None),
        ("FROM scratch AS a\nUSER app\nFROM a\nRUN x\n", "app"),
    ],
)
def test_user(text, user):
    assert last(text).user == user


@pytest.mark.parametrize(
    ("text", "has_script"),
    [
        ("FROM a\nRUN x\n", True),
        ('FROM a\nSHELL ["/bin/bash", "-c"]\nRUN x\n', True),
        ('FROM a\nSHELL ["pwsh", "-Command"]\nRUN Get-Item x\n', False),
        ("FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dir\n", False),
        ('FROM a\nSHELL ["conda", "run", "-n", "x", "/bin/bash", "-c"]\nRUN x\n', True),
        ("# hadolint shell=pwsh\nFROM a\nRUN Get-Item x\n", False),
        ("FROM a\n# hadolint shell=powershell\nRUN Get-Item x\n", False),
        ("FROM a\n# hadolint shell=pwsh\nRUN x\n# hadolint shell=/bin/bash\nRUN y\n", True),
    ],
)
def test_shells_that_are_not_sh_stay_unread(text, has_script):
    step = last(text)
    assert (step.script is not None) == has_script
    assert bool(step.commands) == has_script


def test_cycles():
    build = build_of("FROM scratch AS a\nCOPY --from=b /x /x\nFROM scratch AS b\nCOPY --from=a /x /x\n")
    assert len(find_cycles(build)) == 1
    assert find_cycles(build_of("FROM scratch AS a\nFROM a AS b\nCOPY --from=a /x /x\n")) == []


def test_stages_by_index_and_name():
    build = build_of("FROM scratch AS One\nFROM scratch\n")
    assert build.stage_named("0") is build.stage_named("one") is build.stages[0]
    assert build.stage_named("7") is None
    assert build.stage_named("9" * 6000) is None
    assert build.stage_named("²") is None
