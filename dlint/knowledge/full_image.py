"""What the full language images have and their slim variants have not.

Source: docker-library/buildpack-deps and docker-library/python Dockerfiles (2026-06); installation pages of the
packages (2026-11).
"""

# Programs; a script may call any of them.
TOOLS = frozenset({
    "bash", "sh", "source", ".",
    "curl", "wget", "git", "hg", "svn", "bzr", "gcc", "g++", "cc", "make", "cmake", "patch", "unzip", "file", "convert",
    "identify", "magick", "ssh", "scp", "ssh-keyscan", "gpg", "gpg2", "dpkg-buildpackage", "autoconf", "automake",
    "bzip2", "xz", "ps", "pkill", "pgrep", "mysql_config", "pg_config", "psql", "dirmngr", "sq",
})  # fmt: skip

# Python packages that are compiled against its headers when they are installed, or look for its libraries.
NEEDS_FULL_IMAGE = frozenset({
    "psycopg2", "mysqlclient", "pygraphviz", "python-magic", "pycairo", "pygobject", "lightgbm", "weasyprint",
    "opencv-python", "opencv-contrib-python", "wand", "pyaudio", "dlib", "pycurl", "lxml-html-clean", "python-ldap",
    "xmlsec", "uwsgi", "gdal", "fiona", "rasterio", "pyodbc", "pymssql", "cartopy", "kaldi-io", "webrtcvad", "hnswlib",
    "fasttext", "annoy", "pyfarmhash", "chroma-hnswlib", "madmom", "crcmod", "gitpython", "dvc", "mlflow",
    "ultralytics",
    "pyicu", "netifaces", "pymesh", "basemap", "pystan", "prophet", "torch-scatter", "pocketsphinx", "demucs",
    "openai-whisper", "pydub", "moviepy", "pdf2image", "pytesseract", "wandb",
})  # fmt: skip
