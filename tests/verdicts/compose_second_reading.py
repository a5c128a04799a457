"""What a second reading of real compose files found: names, dates, quotes, and servers that were taken for none."""

EOL = "base-eol"
UNPINNED = "base-image-unpinned"
AWAITED = "dependency-not-awaited"
QUOTED = "environment-value-quoted"
PORT = "sensitive-port-published"
STATE = "state-not-persisted"


def image(name, *lines):
    return f"services:\n  db:\n    image: {name}\n" + "".join(f"    {line}\n" for line in lines)


def variables(*items):
    return image("registry.example.com/api:1", "environment:", *[f"  - {item}" for item in items])


API = "  api:\n    image: registry.example.com/api:1\n    depends_on: [db]\n"

SILENT = [
    (EOL, image("mysql:8.4.9")),
    (EOL, image("mysql:8")),
    (EOL, image("mysql:9.7")),
    (EOL, image("mariadb:11.8")),
    (EOL, image("mariadb:10")),
    (EOL, image("mongo:8.0.19")),
    (EOL, image("elasticsearch:9.2.0")),
    (EOL, image("redis:7")),
    (EOL, image("registry.example.com/mysql:5.6")),
    (UNPINNED, image("nextcloud:31-apache")),
    (UNPINNED, image("registry.example.com/site:apache")),
    (UNPINNED, image("espocrm:9.2.4")),
    (AWAITED, image("mariadb:11.8", "command: [mariadb-upgrade]", "restart: 'no'") + API),
    (QUOTED, variables("A=b", "A=", 'A="b" "c"', "'A=\"b\"'", 'A={"b":"c"}', "A", 'A="', '"A=b"', 'A=b"c"')),
    (QUOTED, image("x:1", 'environment: {A: "b"}')),
    (QUOTED, image("x:1", 'labels: [A="b"]')),
    (QUOTED, image("x:1", "environment: 3")),
    (PORT, image("redislabs/redismod:edge", "ports: ['127.0.0.1:6379:6379']")),
    ("port-without-host-address", image("x:1", "network_mode: host", "ports: ['80:80']")),
    (STATE, image("percona:8.4", "volumes: [data:/var/lib/mysql]") + "volumes: {data: {}}\n"),
]

REPORTED = [
    (EOL, image("mysql:5.6"), "MySQL 5.6 has had no security fixes since 2021-02-28"),
    (EOL, image("mysql:5"), "MySQL 5 has had no security fixes since 2023-10-31"),
    (EOL, image("mariadb:10.9"), "MariaDB 10.9 has had no security fixes since 2023-08-22"),
    (EOL, image("mongo:4.2.0"), "MongoDB 4.2 has had no security fixes since 2023-04-30"),
    (EOL, image("mongo:4"), "MongoDB 4 has had no security fixes since 2024-02-29"),
    (EOL, image("kibana:7.16.1"), "Kibana 7 has had no security fixes since 2026-01-15"),
    (EOL, image("redis:5-alpine"), "Redis 5 has had no security fixes since 2022-04-27"),
    (EOL, image("postgres:9.6"), "PostgreSQL 9.6 is long out of support"),
    (UNPINNED, image("mongo"), "mongo has no tag, so it is whatever latest means on the day it is pulled"),
    (UNPINNED, "FROM mongo\n", "mongo has no tag, so it is whatever latest means on the day of the build"),
    (UNPINNED, image("nextcloud:apache"), "the tag apache moves from one image to the next"),
    (UNPINNED, image("php:fpm-alpine"), "the tag fpm-alpine moves from one image to the next"),
    (UNPINNED, image("espocrm:latest"), "the tag latest moves from one image to the next"),
    (AWAITED, image("mariadb:11.8", "command: --max-connections=9") + API,
     ("api starts as soon as db (MariaDB) does, before it answers: db has no healthcheck here that Compose could wait "
      "for")),
    (QUOTED, variables('A="b"'), "db gets A with quotes: in a list, they are part of the value"),
    (QUOTED, variables('A="${B}"', "C='d'", "E=f"), "db gets A and C with quotes: in a list, they are part of the values"),
    (PORT, image("redislabs/redismod", "ports: ['6379:6379']"),
     "whoever reaches port 6379 of this host is let in: Redis asks for no password here"),
    (STATE, image("percona:8.4", "environment: {MYSQL_ROOT_PASSWORD: '${P}'}"), None),
]  # fmt: skip
