"""Commands that only a shell would understand, and commands that name what the image starts anyway."""

CUT = "compose-command-cut-off"


def api(*lines, image="registry.example.com/api:1.4"):
    """Return a compose file of one service with lines of keys."""
    return f"services:\n  api:\n    image: {image}\n" + "".join(f"    {line}\n" for line in lines)


SILENT = [
    (CUT, api("command: python app.py &")),
    (CUT, api("command: python app.py ;")),
    (CUT, api("command: python app.py 'a && b' \"c; d\" e\\;f")),
    (CUT, api("command: [python, -c, 'print(`$$(a)` && $$HOME)']")),
    (CUT, api("command: ${COMMAND:?a && b}")),
    (CUT, api("command: '${COMMAND}'", "entrypoint: sh -c")),
    (CUT, api("command: [jq, '|', x]")),
    (CUT, api("command: [python, x.py, --sep, '|', --op, '>', '-e', ';']")),
    (CUT, api("command: ['exec python x.py && y']", "entrypoint: [bash, -ec]")),
    (CUT, api('command: ["bash", "-c", "python x.py $$0", "a"]')),
    (CUT, api('command: [bash, run.sh, "&&", x]')),
    (CUT, api("command: [sh, -c, python x.py, sh]")),
    (CUT, api("command: [python, x.py, $$UNKNOWN, '^a$$', 'a$$b', $$1, '$$SYS/#']", "environment: {A: 1}")),
    (CUT, api("command: [start.sh, $$HOME]")),
    (CUT, api("command: [nginx, '-g', 'daemon off;']")),
    (CUT, api("command: python x.py --port ${PORT}", "environment: ['PORT=${PORT}']")),
    (CUT, api("command: python x.py --port ${PORT}", "environment: [PORT]")),
    (CUT, api("command: python x.py --port ${PORT:-8000}", "environment: [PORT=1]")),
    (CUT, api("command: {a: b}", "entrypoint: 3")),
    (CUT, api("command: [{a: b}, [c], '&&']")),
    (CUT, api("command: ''", "entrypoint: []")),
    (CUT, api("healthcheck: {test: a && b}")),
    (CUT, api("command: --config=/etc/x.yml --flag", image="prom/prometheus:v3.5.0")),
]

REPORTED = [
    (CUT, api("command: python a.py && python b.py"),
     "Compose runs python a.py and nothing more: no shell reads this, and && ends the command"),
    (CUT, api("entrypoint: cd /app;python b.py"),
     "Compose runs cd /app and nothing more: no shell reads this, and ; ends the command"),
    (CUT, api("command: cat x | python b.py"),
     "Compose runs cat x and nothing more: no shell reads this, and | ends the command"),
    (CUT, api('command: "> log"'),
     "Compose finds no command here: no shell reads this, and > ends the command"),
    (CUT, api("command: curl http://x/?a=1&b=2"),
     "Compose reads no further than curl http://x/?a=1: without quotes, & ends the command"),
    (CUT, api("command: pip install 'a' torch>=2 x"),
     "Compose reads no further than pip install 'a' torch: without quotes, > ends the command"),
    (CUT, api("command: a || b"), "Compose runs a and nothing more: no shell reads this, and || ends the command"),
    (CUT, api("command: [python, a.py, '2>&1', '|', tee, log]"),
     "2>&1 is an argument of python: a list runs without a shell"),
    (CUT, api("command: a '&&' b"), "&& is an argument of a: a list runs without a shell"),
    (CUT, api("command: [x, '&&', y]", "entrypoint: [python, a.py]"),
     "&& is an argument of python: a list runs without a shell"),
    (CUT, api("command: python a.py --out x", "entrypoint: /bin/bash -c"),
     "the shell runs python alone: behind -c it takes one word, and a.py is none of it"),
    (CUT, api("command: [sh, -c, 'python a.py', '&&', b]"),
     "the shell runs python a.py alone: behind -c it takes one word, and && is none of it"),
    (CUT, api("command: [celery, worker, -n, w@$$HOSTNAME]"),
     "celery gets the text $HOSTNAME: no shell puts in what it holds"),
    (CUT, api("command: [python, a.py, --workers, '$$(nproc)']"),
     "python gets $(nproc) as it is written: no shell runs what is in it"),
    (CUT, api("command: sh -c 'python x.py --port $PORT'", "environment: {PORT: 80}"),
     "Compose puts in $PORT itself, which has no value where it is run: the PORT of api is set in the container only"),
    (CUT, api("command: echo `a && b` x"), "echo gets `a && b` as it is written: no shell runs what is in it"),
    (CUT, api("command: ${COMMAND:-a && b}"),
     "Compose runs a and nothing more: no shell reads this, and && ends the command"),
    (CUT, api("pre_stop: [{command: a; b}]"),
     "Compose runs a and nothing more: no shell reads this, and ; ends the command"),
    (CUT, ("services:\n  api:\n    build:\n      dockerfile_inline: |\n        FROM python:3.13-slim\n"
     '        ENTRYPOINT ["sh", "-c"]\n    command: python x.py\n'),
     "the shell runs python alone: behind -c it takes one word, and x.py is none of it"),
]  # fmt: skip

ADVICE = [
    (CUT, api("command: cd /app && python b.py --x 1"),
     'give it to a shell: command: sh -c "cd /app && exec python b.py --x 1"'),
    (CUT, api("command: cat x | python b.py"), 'give it to a shell: command: sh -c "cat x | python b.py"'),
    (CUT, api("entrypoint: python a.py; cd x"), 'give it to a shell: entrypoint: sh -c "python a.py; cd x"'),
    (CUT, api("command: python b.py > /logs/b.log 2>&1"),
     'give it to a shell: command: sh -c "exec python b.py > /logs/b.log 2>&1"'),
    (CUT, api('command: echo "a" && b'),
     'give it to a shell: command: ["sh", "-c", "…"], with the whole line as one text'),
    (CUT, api("command: pip install torch>=2 x"), "put the word in quotes of its own: 'torch>=2'"),
    (CUT, api("command: python a && python b", "entrypoint: [sh, -c]"),
     "write the line as the one item of a list, which the shell of the entrypoint gets whole"),
    (CUT, api("command: --model x > log", image="vllm/vllm-openai:v0.11.0"),
     'give it to a shell: entrypoint: sh -c "exec vllm serve --model x > log"'),
]  # fmt: skip
