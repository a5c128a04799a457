"""The rules of dclint 3.1.0, which are aliases of dlint's, and what its comments cover.

Source: github.com/zavoloklom/docker-compose-linter, docs/rules.md and docs/configuration-comments.md, 2026-08;
asked by running it, 2026-11.
"""

RULES = (
    "no-build-and-image", "no-duplicate-container-names", "no-duplicate-exported-ports", "no-quotes-in-volumes",
    "no-unbound-port-interfaces", "no-version-field", "require-project-name-field", "require-quotes-in-ports",
    "service-container-name-regex", "service-dependencies-alphabetical-order", "service-image-require-explicit-tag",
    "service-keys-order", "service-ports-alphabetical-order", "services-alphabetical-order",
    "top-level-properties-order",
)  # fmt: skip
# No comment silences these.
ALWAYS = ("invalid-yaml", "invalid-schema")

# Where dclint reports at the key what dlint reports at one of the entries below it.
REPORTED_AT_KEYS = frozenset({
    "no-duplicate-exported-ports", "no-unbound-port-interfaces", "service-dependencies-alphabetical-order",
    "service-ports-alphabetical-order",
})  # fmt: skip
