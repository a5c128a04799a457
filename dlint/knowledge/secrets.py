"""Names that hold secrets, and those that only sound like it.

Sources: BuildKit's SecretsUsedInArgOrEnv (moby/buildkit, validations.go) for the words; the
exceptions are names seen in real files (2026-11-22).
"""

# One of these as a word between underscores makes a name secret.
SECRET_WORDS = frozenset({
    "apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token",
})  # fmt: skip

# One of these words makes it harmless.
HARMLESS_WORDS = frozenset({
    "public", "file", "version", "path", "dir", "url", "uri", "id", "name", "type", "endpoint", "host", "port",
    "enabled", "disable", "disabled", "anonymous", "authorization", "parallelism", "tokenizers", "tokenizer",
    "tiktoken",
    "max", "min", "count", "length", "limit", "size", "header", "algorithm", "method", "mode", "provider", "backend",
    "fingerprint", "server", "timeout", "expire", "ttl", "sock", "issuer", "audience", "scheme", "realm", "gpg",
    "layout",
    "keyring", "format", "prefix", "suffix", "sha", "sha256", "checksum", "required", "only", "use", "allow", "skip",
    "sort", "primary", "foreign", "cache",
    # Tokens of language models.
    "eos", "bos", "pad", "mask", "sep", "unk", "cls", "special", "stop", "end", "start", "per", "ids",
})  # fmt: skip

# Names that are secret whatever their words are.
SECRET_NAMES = frozenset({
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "GITHUB_TOKEN", "GH_TOKEN", "HF_TOKEN",
    "HUGGING_FACE_HUB_TOKEN", "HUGGINGFACE_TOKEN", "HUGGINGFACEHUB_API_TOKEN", "WANDB_API_KEY", "KAGGLE_KEY",
    "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "COMET_API_KEY", "NEPTUNE_API_TOKEN", "NGC_API_KEY", "REPLICATE_API_TOKEN",
    "COHERE_API_KEY", "PINECONE_API_KEY", "LANGCHAIN_API_KEY", "DATABRICKS_TOKEN", "ROBOFLOW_API_KEY", "CIVITAI_TOKEN",
    "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN", "CLEARML_API_SECRET_KEY", "CLEARML_API_ACCESS_KEY",
    "POSTGRES_PASSWORD", "MYSQL_ROOT_PASSWORD", "MINIO_ROOT_PASSWORD", "MINIO_SECRET_KEY", "NPM_TOKEN", "PYPI_TOKEN",
    "TWINE_PASSWORD", "AZURE_CLIENT_SECRET", "AZURE_STORAGE_KEY", "GITLAB_TOKEN", "CI_JOB_TOKEN",
})  # fmt: skip


def is_secret_name(name: str) -> bool:
    """Whether a variable of this name holds a secret."""
    if name.upper() in SECRET_NAMES:
        return True
    words = set(name.lower().split("_"))
    return not words.isdisjoint(SECRET_WORDS) and words.isdisjoint(HARMLESS_WORDS)
