"""Verdicts from reading the findings on real files a second time."""

SILENT = [
    # The user is there already, or whoever uses it fails.
    ("heredoc-without-errexit", "RUN <<EOF\nuseradd -m vscode\ngroupadd docker\nusermod -aG docker vscode\nEOF\n"),
    ("heredoc-without-errexit", "RUN <<EOF\naddgroup -S docker\nadduser -S --ingroup docker vscode\nEOF\n"),
    # What is fetched is needed by a command whose failure is noticed.
    ("heredoc-without-errexit", "RUN <<EOF\ngit clone https://github.com/x/y\ncd y && make\nEOF\n"),
    ("heredoc-without-errexit", 'RUN <<EOF\nif [ "$A" ]; then\n  curl -fo p.zip https://e.org/a\nfi\nunzip p.zip && rm p.zip\nEOF\n'),
    # Sources that do not build where they are fetched.
    ("install-failure-masked", "FROM golang:1.16\nRUN go get example.org/x || true && cd /go/src/example.org/x && go build ./cmd/x\n"),
    # The shell forgets it at once.
    ("tls-verification-disabled", "RUN export PIP_TRUSTED_HOST=pypi.example.org\n"),
    ("tls-verification-disabled", "RUN apt-get update && export NODE_TLS_REJECT_UNAUTHORIZED=0\n"),
    # The container compiles, or nothing compiles.
    ("build-tools-in-final-image", 'RUN apt-get update && apt-get install -y gcc\nCMD ["bash", "-c", "/src/build.sh"]\n'),
    ("build-tools-in-final-image", 'RUN apt-get update && apt-get install -y gcc\nENTRYPOINT ["make", "all"]\nCMD make all\n'),
    ("build-tools-in-final-image",
     'RUN apt-get update && apt-get install -y gcc-12\nENV CC=/usr/bin/gcc-12\nENTRYPOINT ["python", "-m", "server"]\n'),
    ("build-tools-in-final-image", 'RUN apt-get update && apt-get install -y gcc\nCMD ["php", "-a"]\n'),
    ("build-tools-in-final-image", 'RUN apt-get update && apt-get install -y gcc\nCMD ["/bin/bash"]\n'),
    ("build-tools-in-final-image", 'RUN apt-get update && apt-get install -y make git\nCMD ["python", "app.py"]\n'),
    # deprecated-distribution says that it has to go.
    ("ml-framework-unpinned", "RUN pip install tensorflow-gpu\n"),
    # missing-system-library gives the same advice.
    ("opencv-gui-build", 'RUN pip install opencv-python==4.12.0.88\nCMD ["uvicorn", "app:app"]\n'),
    # The models are in the image, and everybody can read them.
    ("hf-cache-not-writable",
     "ENV HF_HOME=/models\nRUN pip install transformers && hf download a/b\nUSER 1000\nCMD python serve.py\n"),
]  # fmt: skip

REPORTED = [
    ("hf-cache-not-writable", "ENV HF_HOME=/models\nRUN pip install transformers\nUSER 1000\nCMD python serve.py\n", None),
    ("hf-cache-not-writable", "ENV HF_HOME=/root/m\nRUN pip install transformers && hf download a/b\nUSER 1000\nCMD python serve.py\n", None),
    ("opencv-gui-build", 'FROM python:3.13\nRUN pip install opencv-python==4.12.0.88\nCMD ["uvicorn", "app:app"]\n', None),
    ("ml-framework-unpinned", "RUN pip install tensorflow-gpu torch\n",
     "torch is not pinned: every rebuild takes the newest release"),
    ("build-tools-in-final-image", 'RUN apt-get update && apt-get install -y make gcc\nCMD ["python", "app.py"]\n',
     "make, gcc stay in the image that ships"),
    ("tls-verification-disabled", "RUN export PIP_TRUSTED_HOST=pypi.example.org && pip install a\n", None),
    ("tls-verification-disabled", "RUN uv pip install --index-url http://e.org/simple --trusted-host e.org a\n",
     "uv takes packages from e.org over plain HTTP"),
    ("tls-verification-disabled", "RUN pip install -i https://e.org/simple --trusted-host e.org a\n",
     "pip takes packages from e.org without checking its certificate"),
    ("heredoc-without-errexit", "RUN <<EOF\ngit clone https://github.com/x/y\ncd z && make\nEOF\n",
     "this script goes on when git fails, and so does the build"),
    ("heredoc-without-errexit", "RUN <<EOF\ngit clone https://github.com/x/y /y\ncd /y && make\necho done\nEOF\n",
     "this script goes on when git or make fails, and so does the build"),
    ("heredoc-without-errexit", "RUN <<EOF\ngit clone https://github.com/x/torch\npip install torch\nEOF\n", None),
]  # fmt: skip

ADVICE = [
    ("prerelease-index", "RUN pip install --pre flash-attn-4\n", "write ==VERSION, or take a release if there is one"),
    ("remote-code-trusted", "RUN python -c \"from transformers import AutoModel as A; A.from_pretrained('a/b', trust_remote_code=True)\"\n",
     'leave it out if the model loads without it; else name the commit you read: revision="COMMIT"'),
    ("remote-code-trusted", 'FROM vllm/vllm-openai:v0.11.0\nCMD ["--model", "a/b", "--trust-remote-code", "--revision", "0123abc"]\n',
     "leave it out if the model loads without it"),
    # Paths that hold where the RUN ends.
    ("git-history-in-image", "FROM python:3.13\nRUN cd /src && git clone https://e.org/x && cd x && pip install .\n",
     "add --depth 1, or end the RUN with rm -rf /src/x/.git"),
    ("git-history-in-image", "FROM python:3.13\nRUN cd $SRC && git clone https://e.org/x && cd x && pip install .\n",
     "add --depth 1, or remove x/.git in the same RUN"),
    ("git-history-in-image", "FROM python:3.13\nRUN git clone https://e.org/x\n",
     "add --depth 1, or end the RUN with rm -rf x/.git"),
    ("go-package-unpinned", "FROM golang:alpine\nRUN go get github.com/x/y\n", "write go install NAME@VERSION"),
    ("go-package-unpinned", "FROM golang:alpine\nRUN go install github.com/x/y@latest\n", "write NAME@VERSION"),
    ("archive-left-in-layer", "RUN wget https://e.org/x.tar.gz && tar xf x.tar.gz\n",
     "remove it in the same RUN; a later one cannot free the bytes"),
    ("archive-left-in-layer", "RUN wget https://e.org/x.tar.gz\nRUN tar xf x.tar.gz\n",
     "download it, unpack it and remove it in one RUN"),
    ("model-weights-in-image", "RUN hf download org/m --revision abc --local-dir /m\n",
     "mount them from a volume, or fetch them when the container starts, unless they belong into the image"),
    ("tls-verification-disabled", "RUN pip install --index-url http://e.org/simple --trusted-host e.org a\n",
     "write https:// in its address, and leave this out"),
    ("heredoc-without-errexit", "RUN <<EOF\npip install torch==2.9.1\npip install timm==1.0.22\nEOF\n",
     "begin the script with set -e"),
    ("install-failure-masked", 'RUN [ "$X" = 1 ] && pip install flash-attn || echo skipped\n',
     "write if …; then …; fi, so that a failed installation stops the build"),
    ("install-failure-masked", "RUN pip install a && twine upload a.whl || echo failed\n",
     "put braces around the command that may fail, { … || …; }: here || answers for all before it"),
    ("install-failure-masked", "RUN apt-get update && apt-get install -y git && make; rm -rf /var/lib/apt/lists/*\n",
     "join the commands with &&"),
    ("install-failure-masked", "RUN apt-get update && apt-get install -y git; rm -rf /var/lib/apt/lists/*\n",
     "join the commands with &&, or begin with set -e"),
    # set -e does not stop at a failure in front of &&.
    ("heredoc-without-errexit", "RUN <<EOF\napt-get install -y git && rm -rf /var/lib/apt/lists/*\npip install a\nEOF\n",
     "begin the script with set -e, and write a line for each command: failures before && do not stop it"),
]  # fmt: skip
