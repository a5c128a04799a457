"""Files by their names: model weights, data, secrets, and what should not travel into a build.

Source: the formats' own documentation (facts collected 2026-11-22).
"""

WEIGHT_SUFFIXES = (
    ".pt", ".pth", ".ckpt", ".safetensors", ".gguf", ".ggml", ".h5", ".hdf5", ".keras", ".onnx", ".onnx_data",
    ".tflite",
    ".mlmodel", ".engine", ".plan", ".trt", ".pkl", ".pickle", ".joblib", ".cbm", ".ubj", ".bst", ".caffemodel",
    ".pdparams", ".mar", ".nemo", ".llamafile", ".t7", ".bin", ".model", ".pb", ".params", ".index",
)  # fmt: skip
# Those that stand for nothing else, and hardly for small files.
SURE_WEIGHT_SUFFIXES = (
    ".pt", ".pth", ".ckpt", ".safetensors", ".gguf", ".ggml", ".onnx", ".onnx_data", ".nemo", ".llamafile", ".engine",
    ".trt", ".pdparams",
)  # fmt: skip
DATA_SUFFIXES = (
    ".csv", ".tsv", ".parquet", ".feather", ".arrow", ".orc", ".avro", ".jsonl", ".tfrecord", ".lmdb", ".mdb", ".npy",
    ".npz", ".mat", ".wav", ".flac", ".mp4", ".tar", ".zip", ".zst", ".sqlite", ".sqlite3", ".db", ".duckdb", ".h5ad",
    ".tar.gz", ".tgz", ".7z",
)  # fmt: skip
LARGE_FILE_BYTES = 50_000_000

HISTORY = "the repository's history"
ENVIRONMENT = "a virtual environment"
# Folders that a build does not need; the value says what they are.
HEAVY_FOLDERS: dict[str, str] = {
    ".git": HISTORY, ".venv": ENVIRONMENT, "venv": ENVIRONMENT,
    ".conda": "a conda environment", "node_modules": "installed packages", "__pycache__": "bytecode",
    ".pytest_cache": "a test cache", ".mypy_cache": "a type checker's cache", ".ruff_cache": "a linter's cache",
    ".ipynb_checkpoints": "notebook checkpoints", "wandb": "experiment logs", "mlruns": "experiment logs",
    "mlartifacts": "experiment artifacts", "lightning_logs": "experiment logs", "tb_logs": "experiment logs",
    "checkpoints": "training checkpoints", "ckpts": "training checkpoints", "data": "data", "datasets": "data",
    "dataset": "data", "raw": "data", "outputs": "outputs of runs", "multirun": "outputs of runs",
    "runs": "outputs of runs",
    ".neptune": "experiment logs", ".aim": "experiment logs", ".clearml": "experiment logs",
    "catboost_info": "training logs", ".tox": "test environments", ".nox": "test environments",
    ".terraform": "provider binaries",
}  # fmt: skip
# A folder that holds one of these is an environment, whatever it is called.
ENVIRONMENT_MARKERS = frozenset({"pyvenv.cfg", "conda-meta"})
ENVIRONMENT_FOLDERS = (".venv", "venv", "env", "node_modules")

# What takes a project's version from the repository, in its pyproject.toml, setup.py or setup.cfg.
VERSIONS_FROM_HISTORY = (
    "setuptools_scm", "setuptools-scm", "hatch-vcs", "hatch_vcs", "versioneer", "versioningit", "pbr",
    "dynamic-versioning", "dunamai", "poetry-git-version", "setuptools-git-versioning",
)  # fmt: skip
# Subcommands of git that read the repository they stand in.
READ_HISTORY = frozenset({"describe", "rev-parse", "log", "submodule", "show", "status", "lfs", "diff", "tag"})

# Patterns that are meant for every folder but match only in the root of a .dockerignore.
EVERYWHERE_PATTERNS = frozenset({
    "__pycache__", "*.pyc", "*.pyo", "*.py[cod]", "*.py[co]", "*.pyd", ".ipynb_checkpoints", ".DS_Store", "*.egg-info",
    "node_modules", ".env", ".venv", "*$py.class", ".pytest_cache", ".mypy_cache", "*.swp", "Thumbs.db",
})  # fmt: skip

SECRET_NAMES = frozenset({
    ".env", "kaggle.json", ".netrc", "_netrc", ".pypirc", ".npmrc", ".git-credentials", "id_rsa", "id_ed25519",
    "id_ecdsa",
    "id_dsa", "credentials.json", "service-account.json", "service_account.json", "secrets.toml", "secrets.yml",
    "secrets.yaml", ".htpasswd", ".vault-token", ".dockercfg", "config.local",
})  # fmt: skip
SECRET_SUFFIXES = (".p12", ".pfx", ".keystore", ".jks", ".ppk")
KEY_SUFFIXES = (".pem", ".key")
SECRET_FOLDERS = frozenset({".ssh", ".aws", ".azure", ".gnupg", ".kube"})
# Settings of package managers that may hold a token, and mostly do not.
SECRETS_BY_CONTENT = frozenset({".npmrc", ".pypirc"})
# Keys below these folders are there to test with.
TEST_FOLDERS = frozenset({"test", "tests", "testdata", "test_data", "fixtures", "examples", "testing"})
EXAMPLE_WORDS = ("example", "sample", "template", "dist", "default", "test", "schema", "defaults")

LFS_HEAD = "version https://git-lfs.github.com/spec/"
LFS_MAX_BYTES = 1024


def is_weights(name: str) -> bool:
    """Whether a file name is one of model weights; ``.pth`` and ``.bin`` may be other things too."""
    return name.lower().endswith(WEIGHT_SUFFIXES)


def is_surely_weights(name: str) -> bool:
    """Whether a file name can only be one of model weights, whatever the file's size."""
    return name.lower().endswith(SURE_WEIGHT_SUFFIXES)


def is_data(name: str) -> bool:
    """Whether a file name is one of data."""
    return name.lower().endswith(DATA_SUFFIXES)


def is_secret_file(path: str) -> bool:
    """Whether a path names a file that holds secrets."""
    *folders, name = path.split("/")
    lower = name.lower()
    if not TEST_FOLDERS.isdisjoint(folders):
        return False
    if any(
        word in lower.split(".") or lower.endswith(f"-{word}") or lower.startswith(f"{word}.") for word in EXAMPLE_WORDS
    ):
        return False
    if not SECRET_FOLDERS.isdisjoint(folders):
        return not lower.endswith((".pub", "known_hosts", "config"))
    if lower.startswith(".env.") or lower in SECRET_NAMES or lower.endswith(SECRET_SUFFIXES):
        return True
    return ("service-account" in lower or "serviceaccount" in lower) and lower.endswith(".json")
