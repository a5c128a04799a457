"""Commands that only a shell would understand, and commands that name what the image starts anyway."""

CUT = "command-cut-off"
NEEDS = "command-needs-shell"
TWICE = "command-repeats-entrypoint"
SERVICE_TWICE = "compose-command-repeats-entrypoint"
OLLAMA = "ollama/ollama:0.13.0"
VLLM = "vllm/vllm-openai:v0.11.0"


def api(*lines, image="registry.example.com/api:1.4"):
    """Return a compose file of one service with lines of keys."""
    return f"services:\n  api:\n    image: {image}\n" + "".join(f"    {line}\n" for line in lines)


SILENT = [
    *[
        (CUT, api(text))
        for text in (
            "command: python app.py &",
            "command: python app.py ;",
            "command: ${COMMAND:?a && b}",
            "command: '${COMMAND}'",
            "command: python app.py 'a && b' \"c; d\" e\\;f",
            "healthcheck: {test: a && b}",
            "command: [{a: b}, [c], '&&']",
        )
    ],
    (NEEDS, api("command: python app.py &")),
    (NEEDS, api("command: python app.py ;")),
    (NEEDS, api("command: python app.py 'a && b' \"c; d\" e\\;f")),
    (NEEDS, api("command: [python, -c, 'print(`$$(a)` && $$HOME)']")),
    (NEEDS, api("command: ${COMMAND:?a && b}")),
    (NEEDS, api("command: '${COMMAND}'", "entrypoint: sh -c")),
    (NEEDS, api("command: [jq, '|', x]")),
    (NEEDS, api("command: [python, x.py, --sep, '|', --op, '>', '-e', ';']")),
    (NEEDS, api("command: ['exec python x.py && y']", "entrypoint: [bash, -ec]")),
    (NEEDS, api('command: ["bash", "-c", "python x.py $$0", "a"]')),
    (NEEDS, api('command: [bash, run.sh, "&&", x]')),
    (NEEDS, api("command: [sh, -c, python x.py, sh]")),
    (NEEDS, api("command: [python, x.py, $$UNKNOWN, '^a$$', 'a$$b', $$1, '$$SYS/#']", "environment: {A: 1}")),
    (NEEDS, api("command: [start.sh, $$HOME]")),
    (NEEDS, api("command: [/app/model.llamafile, --port, $$PORT]", "environment: {PORT: 80}")),
    (NEEDS, api("command: [nginx, '-g', 'daemon off;']")),
    (NEEDS, api("command: {a: b}", "entrypoint: 3")),
    (NEEDS, api("command: [{a: b}, [c], '&&']")),
    (NEEDS, api("command: ''", "entrypoint: []")),
    (NEEDS, api("healthcheck: {test: a && b}")),
    (NEEDS, api("command: --config=/etc/x.yml --flag", image="prom/prometheus:v3.5.0")),
    (TWICE, f'FROM {OLLAMA}\nCMD ["serve"]\n'),
    (TWICE, f'FROM {OLLAMA}\nENTRYPOINT []\nCMD ["ollama", "serve"]\n'),
    (TWICE, f'FROM {OLLAMA}\nENTRYPOINT ollama serve\nCMD ["ollama"]\n'),
    (TWICE, f'FROM {OLLAMA} AS a\nFROM python:3.13-slim\nCMD ["ollama", "serve"]\n'),
    (TWICE, 'FROM ghcr.io/ggml-org/llama.cpp:full\nCMD ["llama-server"]\n'),
    (TWICE, 'FROM minio/minio:RELEASE.2025-09-07T16-13-09Z\nCMD ["minio", "server", "/data"]\n'),
    (TWICE, 'FROM postgres:17\nCMD ["postgres", "-c", "x=1"]\n'),
    (TWICE, 'FROM grafana/grafana:12.1.0\nCMD ["grafana", "server"]\n'),
    (TWICE, 'ENTRYPOINT ["/start"]\nCMD ["/start", "x"]\n'),
    (TWICE, 'ENTRYPOINT ["python", "-m", "launch"]\nCMD ["python", "x.py"]\n'),
    (TWICE, 'ENTRYPOINT ["python"]\nCMD python x.py\n'),
    (TWICE, 'ENTRYPOINT ["python"]\nCMD []\n'),
    (SERVICE_TWICE, api("command: serve", image=OLLAMA)),
    (SERVICE_TWICE, api("command: ollama serve", "entrypoint: ''", image=OLLAMA)),
    (SERVICE_TWICE, api("command: ollama serve", image="registry.example.com/ollama/ollama:1")),
    (SERVICE_TWICE, api("command: ${COMMAND} serve", image=OLLAMA)),
    (SERVICE_TWICE, api("command: []", image=VLLM)),
    (SERVICE_TWICE, api("command: redis-server --save 60 1", image="redis:8.2")),
    (SERVICE_TWICE, api("command: traefik --ping", image="traefik:v3.5")),
    (SERVICE_TWICE, api("command: {a: b}", image=VLLM)),
    (SERVICE_TWICE, api("command: Qwen/Qwen3-8B --served-model-name vllm", image=VLLM)),
    (SERVICE_TWICE, api("command: [python, a.py]", "entrypoint: [tini, --]")),
]

REPORTED = [
    (CUT, api("command: ${COMMAND:-a && b}"),
     "Compose leaves '&& b' out of the command of service api: no shell reads it, and && ends it"),
    (CUT, api('command: "> log"'), None),
    (CUT, api("pre_stop: [{command: a; b}]"),
     "Compose leaves '; b' out of the command of service api: no shell reads it, and ; ends it"),
    (NEEDS, api("command: [python, a.py, '2>&1', '|', tee, log]"),
     "2>&1 is an argument of python: no shell runs the command of api"),
    (NEEDS, api("command: a '&&' b"), "&& is an argument of a: no shell runs the command of api"),
    (NEEDS, api("command: [x, '&&', y]", "entrypoint: [python, a.py]"),
     "&& is an argument of python: no shell runs the command of api"),
    (NEEDS, api("command: python a.py --out x", "entrypoint: /bin/bash -c"),
     "the shell runs python alone: behind -c it takes one word, and a.py is none of it"),
    (NEEDS, api("command: [sh, -c, 'python a.py', '&&', b]"),
     "the shell runs python a.py alone: behind -c it takes one word, and && is none of it"),
    (NEEDS, api("command: [celery, worker, -n, w@$$HOSTNAME]"),
     "celery gets the text $HOSTNAME: no shell puts in what it holds"),
    (NEEDS, api("command: [python, a.py, --workers, '$$(nproc)']"),
     "python gets $(nproc) as it is written: no shell runs what is in it"),
    (NEEDS, api("command: echo `a && b` x", image="python:3.13-slim"), "echo gets `a && b` as it is written: no shell runs what is in it"),
    (TWICE, f'FROM {OLLAMA}\nCMD ["/bin/ollama", "serve"]\n',
     "the ENTRYPOINT of ollama/ollama:0.13.0 is ollama, so this runs ollama /bin/ollama serve"),
    (TWICE, f'FROM {OLLAMA} AS base\nFROM base\nCMD ["ollama", "run", "llama3", "x"]\n',
     "the ENTRYPOINT of ollama/ollama:0.13.0 is ollama, so this runs ollama ollama run …"),
    (TWICE, f'FROM {VLLM}\nCMD ["serve", "x"]\n',
     "the ENTRYPOINT of vllm/vllm-openai:v0.11.0 is vllm serve, so this runs vllm serve serve x"),
    (TWICE, 'FROM ghcr.io/ggml-org/llama.cpp:server-cuda\nCMD ["llama-server", "-m", "x"]\n', None),
    (TWICE, f"FROM {VLLM}\nCMD vllm serve x\n",
     "the ENTRYPOINT of vllm/vllm-openai:v0.11.0 is vllm serve: it gets /bin/sh as an argument, and no shell runs"),
    (TWICE, 'ENTRYPOINT ["python3", "app.py"]\nCMD ["python3", "app.py", "--x"]\n',
     "the ENTRYPOINT has it already, so this runs python3 app.py python3 app.py --x"),
    (TWICE, 'ENTRYPOINT ["tini", "--", "uvicorn"]\nCMD ["uvicorn", "app:app"]\n', None),
    (SERVICE_TWICE, api("command: prometheus --config.file=/x.yml", image="prom/prometheus:v3.5.0"),
     "the ENTRYPOINT of prom/prometheus:v3.5.0 is prometheus, so this runs prometheus prometheus --config.file=/x.yml"),
    (SERVICE_TWICE, api("command: [text-embeddings-router, --model-id, BAAI/bge-m3]",
     image="ghcr.io/huggingface/text-embeddings-inference:1.8"),
     ("the ENTRYPOINT of ghcr.io/huggingface/text-embeddings-inference:1.8 is text-embeddings-router, so this runs "
      "text-embeddings-router text-embeddings-router --model-id …")),
    (SERVICE_TWICE, api("command: ollama", image=OLLAMA), None),
    (SERVICE_TWICE, api("command: bash -c 'vllm serve x'", image=VLLM),
     "the ENTRYPOINT of vllm/vllm-openai:v0.11.0 is vllm serve: it gets bash as an argument, and no shell runs"),
    (SERVICE_TWICE, api("command: [python, x.py]", "entrypoint: [/usr/bin/python3]"),
     "the ENTRYPOINT of api is /usr/bin/python3, so this runs /usr/bin/python3 python x.py"),
    (SERVICE_TWICE, ("services:\n  api:\n    build:\n      dockerfile_inline: |\n        FROM ollama/ollama:0.13.0\n"
     "    command: ollama serve\n"),
     "the ENTRYPOINT of ollama/ollama:0.13.0 is ollama, so this runs ollama ollama serve"),
    (NEEDS, ("services:\n  api:\n    build:\n      dockerfile_inline: |\n        FROM python:3.13-slim\n"
     '        ENTRYPOINT ["sh", "-c"]\n    command: python x.py\n'),
     "the shell runs python alone: behind -c it takes one word, and x.py is none of it"),
]  # fmt: skip

ADVICE = [
    (CUT, api("command: cd /app && python b.py --x 1"),
     'run a shell: command: sh -c "cd /app && exec python b.py --x 1"'),
    (CUT, api("command: cat x | python b.py"), 'run a shell: command: sh -c "cat x | python b.py"'),
    (CUT, api("entrypoint: python a.py; cd x"), 'run a shell: entrypoint: sh -c "python a.py; cd x"'),
    (CUT, api("command: python b.py > /logs/b.log 2>&1"),
     'run a shell: command: sh -c "exec python b.py > /logs/b.log 2>&1"'),
    (CUT, api('command: echo "a" && b'),
     'run a shell: command: ["sh", "-c", "..."], with the whole line as one text'),
    (CUT, api("command: pip install torch>=2 x"),
     'run a shell: command: sh -c "exec pip install torch>=2 x", or quote the >: it is part of a word'),
    (CUT, api("command: python a && python b", "entrypoint: [sh, -c]"),
     "write the line as the one item of a list, which the shell of the entrypoint gets whole"),
    (TWICE, f'FROM {OLLAMA}\nCMD ["ollama", "serve"]\n', 'write CMD ["serve"]'),
    (TWICE, f'FROM {OLLAMA}\nCMD ["ollama"]\n', "delete it: ollama is started anyway"),
    (TWICE, f'FROM {VLLM}\nCMD ["vllm", "serve", "x", "--port", "1"]\n', 'write CMD ["x", …]'),
    (TWICE, f'FROM {VLLM}\nCMD ["bash", "x.sh"]\n', "write ENTRYPOINT instead of CMD"),
    (SERVICE_TWICE, api("command: [vllm, serve, x, --port, '1']", image=VLLM), "begin with x"),
    (CUT, api("command: --model x > log", image="vllm/vllm-openai:v0.11.0"),
     'run a shell: entrypoint: sh -c "exec vllm serve --model x > log"'),
]  # fmt: skip
