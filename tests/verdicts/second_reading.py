"""Verdicts from reading the findings on real files a second time."""

SILENT = [
    # The user is there already, or whoever uses it fails.
    ("heredoc-without-errexit", "RUN <<EOF\nuseradd -m vscode\ngroupadd docker\nusermod -aG docker vscode\nEOF\n"),
    ("heredoc-without-errexit", "RUN <<EOF\naddgroup -S docker\nadduser -S --ingroup docker vscode\nEOF\n"),
    # What is fetched is needed by a command whose failure is noticed.
    ("heredoc-without-errexit", "RUN <<EOF\ngit clone https://github.com/x/y\ncd y && make\nEOF\n"),
    ("heredoc-without-errexit",
     'RUN <<EOF\nif [ "$A" = 1 ]; then\n  curl -fo p.zip https://e.org/a\nelse\n  curl -fo p.zip https://e.org/b\nfi\n'
     "unzip p.zip && rm p.zip\nEOF\n"),
]  # fmt: skip

REPORTED = [
    ("heredoc-without-errexit", "RUN <<EOF\ngit clone https://github.com/x/y\ncd z && make\nEOF\n",
     "this script goes on when git fails, and so does the build"),
    ("heredoc-without-errexit", "RUN <<EOF\ngit clone https://github.com/x/y /y\ncd /y && make\necho done\nEOF\n",
     "this script goes on when git or make fails, and so does the build"),
    ("heredoc-without-errexit", "RUN <<EOF\ngit clone https://github.com/x/torch\npip install torch\nEOF\n", None),
]  # fmt: skip

ADVICE = [
    ("heredoc-without-errexit", "RUN <<EOF\npip install torch==2.9.1\npip install timm==1.0.22\nEOF\n",
     "begin the script with set -e"),
    # set -e does not stop at a failure in front of &&.
    ("heredoc-without-errexit", "RUN <<EOF\napt-get install -y git && rm -rf /var/lib/apt/lists/*\npip install a\nEOF\n",
     "begin the script with set -e, and write a line for each command: failures before && do not stop it"),
]  # fmt: skip
