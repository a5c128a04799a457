"""Files of the context that a container starts, and what their text says."""

import pytest
from helpers import build_of, source_of, write_file

from dlint.model.hub import hub_downloads, is_hub_name
from dlint.model.programs import entry_script, python_program
from dlint.model.python_text import health_route, started_server
from dlint.model.users import find_home, is_made_writable

BASE = "FROM python:3.13-slim\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('COPY run.sh /run.sh\nCMD ["/run.sh"]', "run.sh"),
        ('COPY run.sh /usr/local/bin/\nENTRYPOINT ["run.sh"]', "run.sh"),
        ('WORKDIR /a\nCOPY . .\nENTRYPOINT ["bash", "./run.sh"]\nCMD ["x"]', "run.sh"),
        ('COPY --from=b run.sh /run.sh\nCMD ["/run.sh"]', None),
        ('CMD ["/run.sh"]', None),
        ('COPY run.sh /run.sh\nCMD ["python", "x.py"]', None),
    ],
)  # fmt: skip
def test_entry_script(text, expected, tmp_path):
    write_file(tmp_path, "run.sh", "#!/bin/sh\nset -e\nexec uvicorn a:b\n")
    found = entry_script(build_of(f"{BASE}{text}\n", context=str(tmp_path)))
    assert expected == (found.source.path.rpartition("/")[2] if found else None)
    if found:
        assert [command.name for command in found.commands] == ["set", "uvicorn"]


@pytest.mark.parametrize(
    ("command", "is_found"),
    [
        ('["python", "src/app.py"]', True), ('["python", "-u", "src/app.py"]', True), ('["uvicorn", "src.app:app"]', True),
        ('["uvicorn", "--host", "0.0.0.0", "src.app:app"]', True), ('["src/app.py"]', True), ("python src/app.py", True),
        ('["gunicorn", "--chdir", "src", "app:app"]', False), ('["python", "-m", "src.app"]', False),
        ('["python"]', False), ('["uvicorn", "${APP}"]', False), ('["uvicorn"]', False), ('["python", "other.py"]', False),
    ],
)  # fmt: skip
def test_python_program(command, is_found, tmp_path):
    write_file(tmp_path, "src/app.py", "app = None\n")
    build = build_of(f"{BASE}WORKDIR /app\nCOPY . .\nCMD {command}\n", context=str(tmp_path))
    assert is_found == (python_program(build) is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("app = Flask(x)\napp.run()\n", ("Flask", "127.0.0.1", 5000)),
        ("app = Flask(x)\napp.run(port=80)\n", ("Flask", "127.0.0.1", 80)),
        ("app = Flask(x)\napp.run(host='0.0.0.0')\n", ("Flask", None, 5000)),
        ("app = Flask(x)\napp.run(port=int(os.environ.get('P', 1)))\n", ("Flask", "127.0.0.1", None)),
        ("app = Flask(x)\napp.run(*options)\n", ("Flask", None, 5000)),
        ("import uvicorn\nuvicorn.run(app)\n", ("uvicorn", "127.0.0.1", 8000)),
        ("import uvicorn\n    uvicorn.run(\n  app,\n  host=HOST)\n", ("uvicorn", None, 8000)),
        ("import gradio as gr\ndemo.launch()\n", ("Gradio", "127.0.0.1", 7860)),
        ("import gradio as gr\ndemo.launch(share=True)\n", ("Gradio", None, 7860)),
        ("import gradio as gr\ndemo.launch(server_name=x)\n", ("Gradio", None, 7860)),
        ("app.run()\n", None),
        ("app = Flask(x)\n# app.run()\n", None),
        ("app = Flask(x)\napp.run()\napp.run(host=x)\n", None),
        ("import uvicorn\nuvicorn.run(" + "(" * 2000, None),
        ("import uvicorn\n" + "uvicorn.run(" * 5000, None),
        ("", None),
    ],
)  # fmt: skip
def test_started_server(text, expected):
    found = started_server(source_of(text, "app.py"))
    assert expected == ((found.name, found.host, found.port) if found else None)


def test_hub_names():
    assert all(is_hub_name(name) for name in ("Qwen/Qwen3-8B", "BAAI/bge-small-en-v1.5", "o/m_1"))
    assert not any(
        is_hub_name(name) for name in ("bert", "/a/b", "./a", "models/bert", "a/b/c", "a/", "$A/b", "", "é/é")
    )


def test_hub_downloads():
    build = build_of(
        f"{BASE}RUN hf download org/a --revision 1 && hf download org/b x.bin --local-dir /m\n"
        "RUN python -c \"snapshot_download('org/c')\" && python <<EOF\nfrom_pretrained('org/d', revision='1')\nEOF\n"
        "RUN hf download $M && hf download && hf && huggingface-cli download --help\n"
    )
    found = [(each.name, each.has_revision, each.is_local) for each in hub_downloads(build)]
    assert found == [
        ("org/a", True, False), ("org/b", False, True), ("org/c", False, False), ("org/d", True, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "user", "expected"),
    [
        ("", "1000", ("/", True)), ("", "33", None), ("", "nobody", ("/nonexistent", True)), ("", "app", None), ("", "root", None),
        ("RUN useradd app", "app", ("/home/app", True)), ("RUN useradd -m app", "app", ("/home/app", False)),
        ("RUN useradd -rm -d /srv app", "app", ("/srv", False)), ("RUN useradd -d /srv app", "app", ("/srv", True)),
        ("RUN useradd -m -u 1000 app", "1000", None), ("RUN adduser app", "app", ("/home/app", False)),
        ("RUN adduser --no-create-home app", "app", ("/home/app", True)),
        ("RUN adduser --system app", "app", ("/nonexistent", True)),
        ("RUN adduser --system --home /srv app", "app", ("/srv", False)),
        ("RUN test -d /x && true || useradd app", "app", None),
        ("RUN useradd", "app", None),
    ],
)  # fmt: skip
def test_homes(text, user, expected):
    found = find_home(build_of(f"{BASE}{text}\n"), user)
    assert expected == ((found.path, found.is_missing) if found else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False), ("RUN mkdir -p /data/hf", True), ("RUN chown -R app /data", True), ("RUN chown app /other", False),
        ("WORKDIR /data", False), ("WORKDIR /data\nRUN chown -R app .", True), ("VOLUME /data", True),
        ("COPY --chown=app x /data/", True), ("COPY x /data/", False), ("RUN ./setup.sh", True), ("RUN chown app $D", True),
        ("RUN echo /data/hf", False),
    ],
)  # fmt: skip
def test_what_is_made_writable(text, expected):
    assert is_made_writable(build_of(f"{BASE}{text}\n"), "/data/hf") is expected
    assert is_made_writable(build_of(BASE), "/tmp/hf")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('app = FastAPI()\n\n\n@app.get("/healthz")\ndef x():\n    pass\n', "/healthz"),
        ('app: Flask = Flask(__name__)\n@app.route("/ping", methods=["GET"])\ndef x():\n    pass\n', "/ping"),
        ('app = FastAPI()\n@router.get("/health")\ndef x():\n    pass\n', None),
        ('app = FastAPI()\n@app.post("/health")\ndef x():\n    pass\n', None),
        ('app = FastAPI()\n@app.get("/health/{x}")\ndef x():\n    pass\n', None),
        ('app = FastAPI()\n@app.get("/health")\ndef x(user=Depends(me)):\n    pass\n', None),
        ('app = FastAPI(dependencies=[x])\n@app.get("/health")\ndef x():\n    pass\n', None),
        ('app = FastAPI()\napi = FastAPI()\n@api.get("/health")\ndef x():\n    pass\n', None),
        ("app = FastAPI()\n", None),
    ],
)
def test_health_route(text, path):
    assert health_route(source_of(text, "app.py")) == path
