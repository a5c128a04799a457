"""Codes of ShellCheck: which are mistakes whatever was meant, and which are the shell's own syntax errors.

Sources: www.shellcheck.net/wiki, and ShellCheck 0.11.0 asked about one script for each code
(fixtures/shellcheck-codes.txt), 2026-11. What is missing here is advice, a matter of taste, or wrong
too often in a Dockerfile: there nobody passes file names with blanks to ``make -j$(nproc)``.
"""

# The shell cannot read the script at all; ShellCheck says so with 1072 and adds these as hints.
SYNTAX = frozenset({
    1009, 1014, 1019, 1020, 1027, 1041, 1042, 1043, 1044, 1045, 1046, 1047, 1048, 1049, 1050, 1051, 1053, 1054, 1055,
    1056, 1057, 1058, 1061, 1062, 1064, 1065, 1069, 1072, 1073, 1075, 1076, 1078, 1079, 1080, 1088, 1089, 1095, 1118,
    1119, 1120, 1121, 1133, 1137, 1139, 1140, 1141, 1142,
})  # fmt: skip
# The one that says where reading ended.
SYNTAX_ERROR = 1072

_WORDS = (
    1026, 1028, 1029,  # brackets inside [ ]
    1033, 1034,  # [[ closed with ], [ with ]]
    1035,  # a missing space
    1036,  # an unescaped (
    1037,  # $10
    1038,  # <<(cmd)
    1063,  # for ... do without a separator
    1077,  # an acute accent for a backquote
    1081,  # If for if
    1086,  # for $i in
    1097,  # == for an assignment
    1101,  # a blank behind the backslash
    1106,  # -lt in (( ))
    1108,  # no space around =
    1109,  # &amp;
    1116,  # x=((1+2))
    1127,  # a // comment
    1131,  # elseif
    1132,  # & in an unquoted address
    1138,  # ( ( in a for loop
)  # fmt: skip
_TESTS = (
    2058,  # an unknown test operator
    2070,  # [ -n $x ] is always true
    2071, 2073,  # > and < in a test redirect
    2072,  # [ 1 -lt 2.5 ]
    2074, 2081,  # =~ and globs need [[ ]]
    2077,  # [ $x=y ] is always true
    2078,  # [ word ] is always true
    2107, 2108, 2109, 2110,  # && and || inside [ ], -a and -o inside [[ ]]
    2158, 2159,  # [ false ] and [ 0 ] are true
    2170, 2309,  # -eq between texts
    2193,  # the two can never be equal
    2195,  # a case pattern that can never match
    2204, 2205,  # if (-f file)
    2252,  # != a || != b is always true
    2265, 2266,  # & and | between tests
    2284,  # $x == y as a command
)  # fmt: skip
_ASSIGNMENTS = (
    2082, 2271, 2296, 2297, 2299, 2300, 2301,  # expansions that are no expansions
    2098,  # X=1 cmd $X
    2121,  # set X=1
    2147,  # a quoted tilde in PATH
    2154,  # used, but assigned nowhere
    2270, 2276, 2281, 2282, 2283, 2285,  # assignments that are commands
    2318,  # declare x=1 y=$x
)  # fmt: skip
_NUMBERS = (
    2079,  # decimals in (( ))
    2080,  # 08 is octal
    2084,  # $((x)) as a command
    2304, 2307,  # expr 2 * 3, expr 1+2
)  # fmt: skip
_COMMANDS = (
    2066,  # a loop over one quoted word
    2067,  # find -exec without its end
    2083, 2287, 2286, 2288, 2289, 2215,  # words that are no commands
    2104, 2105,  # break outside of a loop
    2117,  # su user; command
    2142,  # an alias with arguments
    2146,  # find -o without grouping
    2151, 2241,  # two exit codes
    2168,  # local outside of a function
    2173,  # trap KILL
    2182, 2183,  # printf with the wrong number of arguments
    2216, 2217,  # input for a command that reads none
    2218,  # a function used above its definition
    2224, 2225,  # mv and cp without a destination
    2232,  # sudo cd
    2240,  # . file with arguments
    2253,  # chmod -r for -R
    2258,  # for i in a, b
    2259, 2260, 2261, 2328,  # redirections that take each other's place
    2262,  # an alias used on the line that defines it
    2264,  # a function that calls itself for ever
    2272, 2274, 2275,  # merge conflicts
    2320,  # $? behind echo
    2326,  # ! in a pipeline
)  # fmt: skip
# Not in the /bin/sh that reads it: dash on Debian and Ubuntu, BusyBox on Alpine.
_OTHER_SHELLS = (
    2330, 3001, 3003, 3005, 3006, 3007, 3008, 3009, 3010, 3011, 3014, 3015, 3016, 3017, 3018, 3019, 3020, 3021, 3022,
    3023, 3024, 3025, 3029, 3030, 3032, 3033, 3034, 3036, 3038, 3039, 3044, 3045, 3046, 3047, 3048, 3050, 3053, 3054,
    3055, 3056, 3057, 3059, 3060, 3061,
)  # fmt: skip

MISTAKES = frozenset({*SYNTAX, *_WORDS, *_TESTS, *_ASSIGNMENTS, *_NUMBERS, *_COMMANDS, *_OTHER_SHELLS})
