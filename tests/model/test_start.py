"""What a container starts: ENTRYPOINT and CMD as Docker joins them."""

import pytest
from helpers import build_of

from dlint.model.start import main_command, script_path

BASE = "FROM python:3.13-slim\n"


def started(text):
    """Return the commands that start, each as one line."""
    return [" ".join((command.name, *command.values())) for command in build_of(text).started]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ('CMD ["python", "app.py"]', ["python app.py"]),
        ('ENTRYPOINT ["python"]\nCMD ["train.py"]', ["python train.py"]),
        ('CMD ["app:app", "--port", "80"]\nENTRYPOINT ["uvicorn"]', ["uvicorn app:app --port 80"]),
        ('ENTRYPOINT ["python", "-m"]\nCMD ["http.server"]', ["http.server"]),
        ('ENTRYPOINT ["tini", "--"]\nCMD ["uvicorn", "a:b"]', ["uvicorn a:b"]),
        ('ENTRYPOINT ["tini", "--"]\nCMD uvicorn a:b', ["sh -c uvicorn a:b", "uvicorn a:b"]),
        ('ENTRYPOINT ["conda", "run", "-n", "x"]\nCMD ["python", "a.py"]', ["conda run -n x python a.py", "python a.py"]),
        ('ENTRYPOINT ["sh", "-c"]\nCMD ["cd /x && uvicorn a:b"]', ["sh -c cd /x && uvicorn a:b", "cd /x", "uvicorn a:b"]),
        ('ENTRYPOINT ["/entrypoint.sh"]\nCMD ["gunicorn", "a:b"]', ["entrypoint.sh", "gunicorn a:b"]),
        ('ENTRYPOINT ["/entrypoint.sh"]\nCMD gunicorn a:b', ["entrypoint.sh", "gunicorn a:b"]),
        ('ENTRYPOINT ["/entrypoint.sh"]\nCMD ["--help"]', ["entrypoint.sh --help"]),
        # The shell form takes no arguments; a program gets the words for a shell.
        ('ENTRYPOINT uvicorn a:b\nCMD ["--port", "80"]', ["uvicorn a:b"]),
        ('ENTRYPOINT ["python"]\nCMD uvicorn a:b', ["python /bin/sh -c uvicorn a:b"]),
        ('ENTRYPOINT []\nCMD ["python", "app.py"]', ["python app.py"]),
        ('ENTRYPOINT ["python"]\nCMD []', ["python"]),
        ('CMD ["a"]\nCMD ["b"]', ["b"]),
        ('ENTRYPOINT [""]\nCMD [""]', [" "]),
    ],
)  # fmt: skip
def test_started(text, lines):
    assert started(f"{BASE}{text}\n") == lines


def test_an_entrypoint_takes_back_the_cmd_below():
    assert started(f'{BASE.strip()} AS base\nCMD ["app:app"]\nFROM base\nENTRYPOINT ["uvicorn"]\n') == ["uvicorn"]


def test_the_entrypoint_of_a_known_image():
    assert started('FROM vllm/vllm-openai:v0.27.1\nCMD ["--model", "org/m"]\n') == ["vllm serve --model org/m"]
    assert started('FROM vllm/vllm-openai:v0.27.1\nENTRYPOINT []\nCMD ["bash"]\n') == ["bash"]
    assert started("FROM vllm/vllm-openai:v0.27.1\nCMD bash\n") == ["bash"]


def test_words_stand_where_they_are_written():
    text = f'{BASE}CMD ["app:app", "--port", "80"]\nENTRYPOINT ["uvicorn"]\n'
    (command,) = build_of(text).started
    assert text[slice(*command.program.span)] == '"uvicorn"'
    assert [text[slice(*word.span)] for word in command.arguments] == ['"app:app"', '"--port"', '"80"']
    assert command.head(2).start <= command.head(2).end


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CMD cd /app && uvicorn a:b", "uvicorn"),
        ("CMD exec uvicorn a:b --workers $(nproc)", "uvicorn"),
        ("CMD uvicorn a:b 2>&1 | tee /log", "uvicorn"),
        ("CMD trap 'x' TERM; uvicorn a:b & wait", "uvicorn"),
        ('ENTRYPOINT ["bash", "/entrypoint.sh"]\nCMD ["gunicorn", "a:b"]', "gunicorn"),
        ('ENTRYPOINT ["/entrypoint.sh"]', "entrypoint.sh"),
        ('CMD ["./run.sh"]', "run.sh"),
        ("CMD []", None),
    ],
)
def test_main_command(text, name):
    command = main_command(build_of(f"{BASE}{text}\n"))
    assert name == (command.name if command else None)


def test_scripts():
    def path(text):
        return script_path(build_of(f"{BASE}CMD {text}\n").started[0])

    assert path('["/start.sh", "x"]') == "/start.sh"
    assert path('["bash", "-e", "start.sh"]') == "start.sh"
    assert path('["/docker-entrypoint"]') == "/docker-entrypoint"
    assert path('["bash", "-c", "x"]') is None
    assert path('["python", "start.py"]') is None
