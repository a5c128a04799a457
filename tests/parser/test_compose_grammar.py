"""Variables, .env files and merge keys; the values are those of Compose 2.40 (tests/docker compares them)."""

import pytest

from dlint.parser.compose.dotenv import read_dotenv
from dlint.parser.compose.entries import split_entry
from dlint.parser.compose.kinds import kind_of
from dlint.parser.compose.merge_keys import resolve_merge_keys
from dlint.parser.compose.merging import Merger
from dlint.parser.compose.variables import InvalidError, Value, expand
from dlint.parser.yaml import read_yaml
from dlint.text import Source

VALUES = {"A": Value("1"), "E": Value(""), "Q": Value("", is_known=False)}


@pytest.mark.parametrize(
    ("text", "value", "is_known"),
    [
        ("$A", "1", True),
        ("${A}$A", "11", True),
        ("$ $1 a$ $(date) $A.b {$A}", "$ $1 a$ $(date) 1.b {1}", True),
        ("$$A$$$A$$$$", "$A$1$$", True),
        ("${E:-d}${E-d}", "d", True),
        ("${U-d}", "d", True),
        ("x${E:+r}${E+r}${A:+r$A}", "xrr1", True),
        ("${U:-${V:-w}}", "w", True),
        ("${U:-a}b}", "ab}", True),
        ("${U:-${A}}c${A}}", "1c1}", True),
        ("${U:-a:-b}", "a:-b", True),
        ("${U-a?b}", "a?b", True),
        ("${A:+${U:-q}}", "q", True),
        ('${U:-{"a":"$A"}}', '{"a":"1"}', True),
        ("${U-}${U+a:-b}", "", True),
        ("é$A", "é1", True),
        ("$U", "", False),
        ("x${U}y", "xy", False),
        ("${U:-$V}", "", False),
        ("${A:-$V}", "1", True),
        ("${U:?why}", "", False),
        ("${E:?}", "", False),
        ("${E?}", "", True),
        ("$Q", "", False),
    ],
)
def test_variables(text, value, is_known):
    assert expand(text, VALUES)[::2] == (value, is_known)


@pytest.mark.parametrize(
    "text",
    ["${1}", "${A", "${}", "${A-b", "${A!}", "${A:}", "${a.b}", "${A }", "${A:0:1}", "${A/x/y}", "${Á}", "${U:=x}",
     "${A?${U:-x}", "${U:-${}}", "${U:-" * 30 + "}" * 30],
)  # fmt: skip
def test_variables_that_compose_refuses(text):
    with pytest.raises(InvalidError):
        expand(text, VALUES)


def test_what_stands_in_a_text():
    _, variables, _ = expand("$A ${B:-x$C} ${D:?no}", VALUES)
    assert [(one.name, one.operator, one.word, one.has_default, one.is_required) for one in variables] == [
        ("A", "", "", False, False),
        ("B", ":-", "x$C", True, False),
        ("C", "", "", False, False),
        ("D", ":?", "no", False, True),
    ]
    assert variables[0].value.text == "1"
    assert variables[1].value is None


def test_a_value_that_grows():
    values = {"A": Value("x" * 90_000)}
    with pytest.raises(InvalidError):
        expand("$A$A", values)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=1", "1"),
        ("export A=two words # inline", "two words"),
        (r"A='sing $B \n q' # c", r"sing $B \n q"),
        (r'A="dou $B \n \t \" $$ \$B q"', 'dou b \n \t " $ $B q'),
        ("A=un$B-${UN:-d}", "unb-d"),
        ("A=", ""),
        ("A = spaced", "spaced"),
        ("A: yaml", "yaml"),
        ('A="multi\nline"', "multi\nline"),
        ("A=a#b", "a#b"),
        ("A=a #b", "a"),
        ("A= #c", "#c"),
        (r"A=back\n", r"back\n"),
        (r"A='it\'s'", "it's"),
        (r"A='x\\'", r"x\\"),
        (r'A="a\\b\z"', r"a\b\z"),
        ("A=a=b=c", "a=b=c"),
        ("A=x'y'z", "x'y'z"),
        ('A={"a":"b"}', '{"a":"b"}'),
        ("\ufeffA=1", "1"),
        ("A=1\nA=2", "2"),
    ],
)
def test_env_files(line, value):
    source = Source(f"B=b\n{line}\n" if not line.startswith("\ufeff") else line)
    entries, error = read_dotenv(source)
    assert error is None
    assert entries[-1].name == "A"
    assert entries[-1].value.text == value
    assert source.text[slice(*entries[-1].span)] == "A"


@pytest.mark.parametrize(
    ("line", "place"),
    [("A b=1", 0), ("A!=1", 1), ('A="x', 2), ('A=""""', 4), ("A=${X", 2), ("A/B=1", 1), ("$A=1", 0)],
)
def test_env_files_that_compose_refuses(line, place):
    entries, error = read_dotenv(Source(f"Z=1\n{line}\n"))
    assert error is not None
    assert error.span.start == place + 4
    assert entries[0].name == "Z"


def test_env_files_stay_small():
    doubling = "A0=xxxxxxxxxx\n" + "".join(f"A{n}=$A{n - 1}$A{n - 1}\n" for n in range(1, 40))
    assert read_dotenv(Source(doubling))[1] is not None
    many = f"A={'x' * 90_000}\n" + "".join(f"B{n}=$A\n" for n in range(1000))
    assert read_dotenv(Source(many))[1].is_limit


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "null"), ("~", "null"), ("null", "null"), ("true", "boolean"), ("False", "boolean"), ("yes", "string"),
        ("on", "string"), ("22:22", "string"), ("1", "integer"), ("0x1F", "integer"), ("0o17", "integer"),
        ("1_000", "integer"), ("-5", "integer"), ("1.5", "number"), (".5", "number"), ("1e3", "integer"), (".inf", "number"),
        ("1.2.3", "string"), ("'1'", "string"), ("!!str 1", "string"), ("8G", "string"), ("2001-01-01", "date"),
    ],
)  # fmt: skip
def test_scalars(text, kind):
    assert kind_of(read_yaml(Source(f"a: {text}\n")).get("a")) == kind


def test_merge_keys_keep_their_places():
    source = Source("x: &x {a: 1, b: 2}\ny: &y {b: 3, c: {<<: *x}}\nz:\n  <<: [*y, *x]\n  a: 4\n")
    root = read_yaml(source)
    assert resolve_merge_keys(root) == []
    merged = root.get("z")
    assert [(key.text, value.written) for key, value in merged.pairs if value.kind == "text"] == [
        ("a", "4"),
        ("b", "3"),
    ]
    assert [key.text for key, _ in merged.get("c").pairs] == ["a", "b"]
    assert source.position(merged.get("b").span.start).line == 2


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("A=b", "A", "b"),
        ("'A=b=c'", "A", "b=c"),
        ("A", "A", None),
        ("A=", "A", ""),
        ('"A\\x3db"', '"A\\x3db"', '"A\\x3db"'),
    ],
)
def test_list_entries(text, key, value):
    item = read_yaml(Source(f"- {text}\n")).items[0]
    name, held = split_entry(item)
    assert name.text == "A"
    assert name.written == key
    assert held.is_null == (value is None)
    assert held.written == (value or "")


def test_merging_changes_nothing_of_its_own():
    base = read_yaml(Source("services: {a: {image: x, ports: [1], environment: {A: 1}}}"))
    over = read_yaml(Source("services: {a: {image: y, ports: [2], environment: [B=1]}}"))
    before = [[key.text for key, _ in root.get("services").pairs[0][1].pairs] for root in (base, over)]
    merged = Merger().merge(base, over).get("services").get("a")
    assert [item.text for item in merged.get("ports").items] == ["1", "2"]
    assert [key.text for key, _ in merged.get("environment").pairs] == ["A", "B"]
    assert [[key.text for key, _ in root.get("services").pairs[0][1].pairs] for root in (base, over)] == before
    assert len(base.get("services").get("a").get("ports").items) == 1
