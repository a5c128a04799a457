"""The server a container runs."""

import pytest
from helpers import build_of

from dlint.model.server import exposed_ports, runtime_variable

BASE = "FROM python:3.13-slim\n"


def server(text):
    return build_of(text if text.startswith("FROM") else f"{BASE}{text}\n").server


@pytest.mark.parametrize(
    ("text", "name", "host", "port"),
    [
        ('CMD ["uvicorn", "a:b"]', "uvicorn", "127.0.0.1", "8000"),
        ('CMD ["uvicorn", "a:b", "--host=0.0.0.0", "--port", "80"]', "uvicorn", "0.0.0.0", "80"),
        ("CMD uvicorn a:b --port $PORT", "uvicorn", "127.0.0.1", None),
        ("ENV PORT=81\nCMD uvicorn a:b --port $PORT", "uvicorn", "127.0.0.1", "81"),
        # A JSON form has no shell that puts variables in; ARG is not there any more.
        ('ENV PORT=81\nCMD ["uvicorn", "a:b", "--port", "$PORT"]', "uvicorn", "127.0.0.1", None),
        ("ARG PORT=81\nCMD uvicorn a:b --port $PORT", "uvicorn", "127.0.0.1", None),
        ("CMD uvicorn a:b --port ${PORT:-80}", "uvicorn", "127.0.0.1", None),
        ("CMD PORT=82 gunicorn a:b", "gunicorn", "0.0.0.0", "82"),
        ("CMD export PORT=83 && exec gunicorn a:b", "gunicorn", "0.0.0.0", "83"),
        ('ENV UVICORN_HOST=0.0.0.0 UVICORN_PORT=80\nCMD ["uvicorn", "a:b"]', "uvicorn", "0.0.0.0", "80"),
        ("CMD uvicorn a:b $OPTIONS", "uvicorn", None, None),
        ('CMD ["uvicorn", "a:b", "--uds", "/x"]', "uvicorn", None, None),
        ('CMD ["python", "-m", "uvicorn", "a:b"]', "uvicorn", "127.0.0.1", "8000"),
        ('CMD ["gunicorn", "a:b"]', "gunicorn", "127.0.0.1", "8000"),
        ('CMD ["gunicorn", "-b", ":80", "a:b"]', "gunicorn", "0.0.0.0", "80"),
        ('CMD ["gunicorn", "-b0.0.0.0:80", "a:b"]', "gunicorn", "0.0.0.0", "80"),
        ('CMD ["gunicorn", "--bind", "[::]:80", "a:b"]', "gunicorn", "0.0.0.0", "80"),
        ('CMD ["gunicorn", "--bind", "0.0.0.0", "a:b"]', "gunicorn", "0.0.0.0", "8000"),
        ('CMD ["gunicorn", "--bind", "unix:/x", "a:b"]', "gunicorn", None, None),
        ('CMD ["gunicorn", "-c", "x.py", "a:b"]', "gunicorn", None, None),
        ('ENV PORT=80\nCMD ["gunicorn", "a:b"]', "gunicorn", "0.0.0.0", "80"),
        ('CMD ["fastapi", "run", "a.py"]', "fastapi run", "0.0.0.0", "8000"),
        ('CMD ["fastapi", "dev", "a.py"]', "fastapi dev", "127.0.0.1", "8000"),
        ('CMD ["python", "manage.py", "runserver"]', "django", "127.0.0.1", "8000"),
        ('CMD ["python", "manage.py", "runserver", "0:80"]', "django", "0.0.0.0", "80"),
        ('ENTRYPOINT ["python3"]\nCMD ["manage.py", "runserver", "0.0.0.0:80"]', "django", "0.0.0.0", "80"),
        ("CMD mlflow ui -h 0.0.0.0 -p 5001", "mlflow", "0.0.0.0", "5001"),
        ('CMD ["tensorboard", "--logdir", "x", "--bind_all"]', "tensorboard", "0.0.0.0", "6006"),
        ('CMD ["streamlit", "run", "a.py", "--server.port=80"]', "streamlit", "0.0.0.0", "80"),
        ("ENV OLLAMA_HOST=0.0.0.0\nCMD ollama serve", "ollama", "0.0.0.0", "11434"),
        ('FROM ollama/ollama\nCMD ["serve"]\n', "ollama", "0.0.0.0", "11434"),
        ('FROM vllm/vllm-openai\nCMD ["--model", "m", "--port", "80"]\n', "vllm", "0.0.0.0", "80"),
        ('FROM ghcr.io/huggingface/text-embeddings-inference:1\nCMD ["--model-id", "m"]\n', "text-embeddings-router", "0.0.0.0", "80"),
        ('FROM corp/base:1\nCMD ["uvicorn", "a:b"]\n', "uvicorn", None, None),
        ("CMD bentoml serve . --reload", "bentoml", "127.0.0.1", "3000"),
        ('CMD ["uvicorn"]', "uvicorn", "127.0.0.1", "8000"),
    ],
)  # fmt: skip
def test_address(text, name, host, port):
    found = server(text)
    assert (name, host, port) == (found.name, found.host.value, found.port.value)


@pytest.mark.parametrize(
    "text",
    [
        'CMD ["python", "app.py"]', 'CMD ["/run_uvicorn.sh"]', 'CMD ["mlflow", "run", "."]', 'CMD ["flask", "db", "upgrade"]',
        'CMD ["jupyter", "nbconvert", "x.ipynb"]', 'CMD ["prefect", "worker", "start"]', 'CMD ["fastapi"]', "CMD []", "",
        'CMD ["python", "manage.py", "migrate"]', "CMD echo uvicorn a:b",
    ],
)  # fmt: skip
def test_no_server(text):
    assert server(text) is None


def test_other_settings():
    found = server('CMD ["uvicorn", "a:b", "--workers", "4", "--reload"]')
    assert found.workers.number == 4
    assert found.development is not None
    assert server("ENV WEB_CONCURRENCY=3\nCMD gunicorn a:b").workers.number == 3
    assert server("CMD gunicorn a:b -w $N").workers.number is None
    assert server("CMD gunicorn a:b").workers is None
    assert server("CMD vllm serve org/m --port 1").model.value == "org/m"
    assert server("CMD vllm serve --port 1 org/m").model.value == "org/m"
    assert server("ENV FLASK_DEBUG=1\nCMD flask run").development is not None
    assert server("ENV FLASK_DEBUG=0\nCMD flask run").development is None


def test_what_stands_in_front():
    assert server("CMD uvicorn a:b").is_alone
    assert not server("CMD service nginx start && uvicorn a:b").is_alone
    assert not server("RUN apt-get install -y nginx\nCMD uvicorn a:b").is_alone
    assert not server("CMD ./proxy & uvicorn a:b").is_alone


def test_exposed_ports():
    def ports(text):
        found, is_complete = exposed_ports(build_of(f"{BASE}{text}\n"))
        return sorted(found), is_complete

    assert ports("EXPOSE 80 443/tcp 53/udp") == ([80, 443], True)
    assert ports("ARG P=1\nEXPOSE $P") == ([1], True)
    assert ports("ARG P\nEXPOSE $P 2") == ([2], False)
    assert ports("EXPOSE 8000-8010") == ([], False)
    assert ports("EXPOSE ٣") == ([], False)


def test_runtime_variables():
    build = build_of(f"{BASE}ARG A=1\nENV B=2 C=$A D=$X\nENV B=3\nCMD E=5 python x.py\n")
    (command,) = build.started

    def value(name):
        found = runtime_variable(build, command, name)
        return found.value if found else "unset"

    assert [value(name) for name in "ABCDE"] == ["unset", "3", "1", "", "5"]
