"""Secrets in compose files: names of settings, their values, and passwords that images set up.

Sources: what real compose files say (2026-11-22), and the images' documentation on Docker Hub.
"""

from dlint import regex
from dlint.knowledge.secrets import HARMLESS_WORDS, SECRET_NAMES, SECRET_WORDS

# Words that name passwords in what servers read, beside those above.
PASSWORD_WORDS = frozenset({"password", "passwd", "pword", "pass", "pwd"})
# Words that make a variable of a service harmless, beside those above.
HARMLESS_SETTING_WORDS = frozenset({
    "user", "username", "users", "email", "region", "bucket", "expiry", "expiration", "expires", "lifetime", "age",
    "days", "hours", "minutes", "seconds", "interval", "rotation", "converter", "serializer", "deserializer", "class",
    "driver", "plugin", "plugins", "store", "exchange", "routing", "column", "field", "namespace", "mapping", "types",
    "role", "roles", "domain", "domains", "strategy", "policy", "policies", "policyfile", "label", "budget", "retries",
    "random", "empty", "ttl", "duration", "site", "database", "dbname", "partition", "chunk", "usage",
})  # fmt: skip
# Those of them that say nothing in the name of a password: whose it is.
_BEFORE_PASSWORDS = frozenset({"user", "database", "store", "label", "site", "domain", "role", "namespace"})
# Passwords that an image sets up from the environment, with the variable that names a file instead, if it has one.
# Source: the images' documentation on Docker Hub (2026-11-22).
SERVER_PASSWORDS: dict[str, str | None] = {
    "POSTGRES_PASSWORD": "POSTGRES_PASSWORD_FILE",
    "MYSQL_ROOT_PASSWORD": "MYSQL_ROOT_PASSWORD_FILE", "MYSQL_PASSWORD": "MYSQL_PASSWORD_FILE",
    "MARIADB_ROOT_PASSWORD": "MARIADB_ROOT_PASSWORD_FILE", "MARIADB_PASSWORD": "MARIADB_PASSWORD_FILE",
    "MONGO_INITDB_ROOT_PASSWORD": "MONGO_INITDB_ROOT_PASSWORD_FILE",
    "MINIO_ROOT_PASSWORD": "MINIO_ROOT_PASSWORD_FILE", "MINIO_SECRET_KEY": "MINIO_SECRET_KEY_FILE",
    "GF_SECURITY_ADMIN_PASSWORD": "GF_SECURITY_ADMIN_PASSWORD__FILE",
    "PGADMIN_DEFAULT_PASSWORD": "PGADMIN_DEFAULT_PASSWORD_FILE", "WORDPRESS_DB_PASSWORD": "WORDPRESS_DB_PASSWORD_FILE",
    "RABBITMQ_DEFAULT_PASS": None, "NEO4J_AUTH": None, "ELASTIC_PASSWORD": None, "REDIS_PASSWORD": None,
    "OPENSEARCH_INITIAL_ADMIN_PASSWORD": None, "CLICKHOUSE_PASSWORD": None, "JUPYTER_TOKEN": None,
}  # fmt: skip
# Options of servers that set a password, without the words above in their names.
SECRET_OPTIONS = frozenset({"requirepass", "masterauth", "masterpass"})
# Values of settings that are no secrets: switches, numbers, paths, addresses, ways to log in, and what stands
# where a secret will be.
HARMLESS_SETTING = (
    r"(?i)(?:|true|false|yes|no|on|off|none|null|nil|n/?a|auto|enabled?|disabled?|empty|required|optional"
    r"|\d{1,5}|\.{0,2}/[\w./-]*|[a-z]:[\\/].*|[a-z][a-z+]{1,20}://[^@]*"
    r"|basic|bearer|jwt|md5|plain|ldap|oauth2?|saml|token|trust|scram-sha-\d+"
    r"|[a-z_]\w*(?:\.\w+){2,9}"
    r"|dummy|fake|mock|x{3,}|.{0,20}xxx.*|\*+|placeholder|not[-_]?(?:needed|required|used|set)|.{0,9}no[-_]?key.*"
    r"|token[-_]abc123|.{0,9}your[-_. ].*|.{0,9}your\W*|<.*>|\[.*\]|\{\{.*\}\}|todo|fixme|replace.{0,9}me|insert[-_ ].*"
    r"|ollama|lm[-_]?studio|vllm|local|unused|ignored?)\Z"
)
# Values of passwords that are tried first.
GUESSED_FIRST = frozenset({
    "password", "passwd", "pass", "admin", "root", "secret", "example", "changeme", "change-me", "change_me", "test",
    "guest", "user", "demo", "default", "postgres", "mysql", "mariadb", "mongo", "mongodb", "redis", "minio",
    "minioadmin", "minio123", "minio_admin", "grafana", "rabbitmq", "airflow", "mlflow", "label-studio", "jupyter",
    "123", "1234", "12345", "123456", "12345678", "123456789", "password1", "password123", "admin123", "root123",
    "passw0rd", "p@ssw0rd", "p@ssword", "pa55word", "qwerty", "letmein", "elastic", "neo4j", "neo4j/password",
    "guest:guest", "admin:admin", "mysecretpassword", "supersecret", "examplepass", "docker", "sa",
})  # fmt: skip
# An address with a password; the password, or what is taken where a variable is not set, are the groups.
SERVICE_ADDRESS = (
    r"\b[a-z][a-z0-9+.-]{1,30}://"
    r"(?:[^\s/:@'\"$<{}\[\]]|\$\{\w{1,60}(?::?[-?][^{}]{0,60})?\}|\$\w{1,60}){0,80}"
    r":(?:([^\s/:@'\"<{}%$]{1,200})|\$\{(\w{1,60}):?-([^{}$\s]{1,200})\})@[\w.\[$-]"
)


def names_secret(name: str) -> str | None:
    """Return what the name of a service's variable or option says it holds: ``password``, ``key``, ``auth`` or None.

    ``auth`` may be a way to log in as well.
    """
    words = set(regex.sub(r"[^a-z0-9]+", "_", name.lower()).split("_"))
    if name.upper() in SERVER_PASSWORDS or name in SECRET_OPTIONS:
        return "password"
    if not words.isdisjoint(HARMLESS_WORDS) and name.upper() not in SECRET_NAMES:
        return None
    if not words.isdisjoint(PASSWORD_WORDS):
        return "password" if words.isdisjoint(HARMLESS_SETTING_WORDS - _BEFORE_PASSWORDS) else None
    if name.upper() in SECRET_NAMES:
        return "key"
    if not words.isdisjoint(HARMLESS_SETTING_WORDS):
        return None
    found = words & SECRET_WORDS
    return None if not found else "auth" if found == {"auth"} else "key"
