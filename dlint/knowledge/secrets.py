"""Names that hold secrets and those that only sound like it; what secrets look like.

Sources: BuildKit's SecretsUsedInArgOrEnv (moby/buildkit, validations.go) for the words; the
exceptions are names seen in real files (2026-11-22). The forms of tokens are those that their
issuers document.
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


# What a value is, texts of which one is in it (in lower case), and its form. Where the form has a group, that
# is the secret; else it is all of it.
SECRET_FORMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("a Hugging Face token", ("hf_", "api_org_"), r"\b(?:hf_|api_org_)([A-Za-z]{34})\b"),
    ("a GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
     r"\b(?:gh[pousr]_([0-9A-Za-z]{36})|github_pat_(\w{82}))\b"),
    ("a GitLab token", ("glpat-",), r"\bglpat-([\w-]{20})(?![\w-])"),
    ("an AWS access key", ("a3t", "akia", "asia", "abia", "acca"),
     r"\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)([A-Z2-7]{16})\b"),
    ("an AWS secret key", ("aws_secret", "awssecret"),
     r"(?i)aws_?secret_?(?:access_?)?key\W{1,5}([a-z0-9/+]{40})(?![a-z0-9/+=])"),
    ("an OpenAI key", ("t3blbkfj",), r"\bsk-(?:(?:proj|svcacct|admin)-)?([\w-]{20,90}T3BlbkFJ[\w-]{20,90})(?![\w-])"),
    ("an Anthropic key", ("sk-ant-",), r"\bsk-ant-api03-([\w-]{93}AA)(?![\w-])"),
    ("a Google API key", ("aiza",), r"\bAIza([\w-]{35})(?![\w-])"),
    ("a Weights & Biases key", ("wandb",), r"(?i)\bwandb(?:_api_key\W{1,5}|\s+login\s+(?:--\S+\s+)*)([0-9a-f]{40})\b"),
    ("a Kaggle key", ("kaggle_key",), r"(?i)\bkaggle_key\W{1,5}([0-9a-f]{32})\b"),
    ("a Kaggle key", ("username",), r"\"username\W{1,9}\w{1,60}\W{1,9}key\W{1,9}([0-9a-f]{32})\b"),
    ("a Databricks token", ("dapi",), r"\bdapi([a-f0-9]{32})\b"),
    ("a Perplexity key", ("pplx-",), r"\bpplx-([A-Za-z0-9]{48})\b"),
    ("a Slack token", ("xoxb-", "xoxp-"), r"\bxox[bp]-(\d{10,13}-[\w-]{20,})"),
    ("an npm token", ("npm_",), r"\bnpm_([A-Za-z0-9]{36})\b"),
    ("a PyPI token", ("pypi-",), r"\bpypi-AgEIcHlwaS5vcmc([\w-]{50,})"),
    ("a Stripe key", ("_live_",), r"\b[sr]k_live_([0-9A-Za-z]{24,})\b"),
    ("a DigitalOcean token", ("dop_v1_",), r"\bdop_v1_([a-f0-9]{64})\b"),
    ("a private key", ("private key",),
     r"-----BEGIN (?:[A-Z]{1,12} ){0,3}PRIVATE KEY-----((?:[\s\"'\\]|\\[nr]){0,9}[A-Za-z0-9+/=]{40})"),
)  # fmt: skip
# Addresses with a password: scheme, password, host.
PASSWORD_ADDRESS = (
    r"\b(postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|https?|ftps?)(?:\+\w+)?://"
    r"[^\s/:@'\"$<{]{1,80}:([^\s/@'\"$<{}%]{8,200})@([\w.-]+)"
)
# Texts of which one is in every file with a secret of these forms, in lower case.
SECRET_TRIGGERS = (
    *(text for _, texts, _ in SECRET_FORMS for text in texts),
    "postgres", "mysql", "mariadb", "mongodb", "redis", "amqp", "index_url", "_proxy", "ftp://",
)  # fmt: skip
# What stands where a secret will be.
PLACEHOLDER = (
    r"(?i)x{4,}|example|your|change|placeholder|dummy|sample|fake|redacted|insert|123456|abcdef|deadbeef|\.\.\."
)
# Passwords with these in them are defaults for a test, not secrets.
DEFAULT_PASSWORD = r"(?i)pass|secret|admin|root|test|user|demo|local|guest|docker|postgres|mysql|mongo|redis|minio|dev"
