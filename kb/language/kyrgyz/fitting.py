"""Stems chosen by what a corpus attests: a reading is as likely as its stem is in other words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from kb.language.kyrgyz.exceptions import STEMS
from kb.language.kyrgyz.grammar import NAMES
from kb.language.kyrgyz.parse import Reading, readings, spell

_ROUNDS = 8
#: Share of a letter in the likelihood of a stem that no other word has.
_LETTER = 0.25
#: Weight of that likelihood against the other words.
_ALPHA = 0.5
#: What a reading loses for each letter that its stem is too short.
_LACKING = 1.5


def fit(types: Iterable[str]):
    words = sorted({spell(word) for word in types})
    found = [readings(word) for word in words]
    stems = {}
    for rs in found:
        for r in rs: stems.setdefault(STEMS.get(r[0], r[0]), len(stems))
    table = [[(stems[STEMS.get(r[0], r[0])], r[1], r[2], len(r[0])) for r in rs] for rs in found]
    n = len(NAMES)
    weight = [1.0 / 40] * n
    stop = 0.5
    # start
    post = [[1 / len(rs)] * len(rs) for rs in table]
    for round_ in range(_ROUNDS):
        support = [0.0] * len(stems)
        names = [0.1] * n
        total = 0.1 * n
        for rs, ps in zip(table, post):
            for r, p in zip(rs, ps):
                support[r[0]] += p
                for name in r[1]:
                    names[name] += p; total += p
        bare = len(table)
        w = [math.log(x / (total)) for x in names]
        new = []
        for rs, ps in zip(table, post):
            own = {}
            for r, p in zip(rs, ps): own[r[0]] = own.get(r[0], 0) + p
            sc = []
            for r in rs:
                s = support[r[0]] - own[r[0]]
                sc.append(math.log(s + _ALPHA * _LETTER ** (r[3]-2) ) + SUF * sum(w[x] for x in r[1]) - _LACKING * (r[2] if r[2] < 9 else 3))
            m = max(sc); e = [math.exp(x - m) for x in sc]; t = sum(e)
            new.append([x / t for x in e])
        post = new
    inv = list(stems)
    keys = {}
    for word, rs, ps in zip(words, table, post):
        d = {}
        for r, p in zip(rs, ps): d[r[0]] = d.get(r[0], 0) + p
        keys[word] = inv[max(d, key=lambda i: (d[i], -i))]
    return lambda w: STEMS.get(spell(w)) or keys.get(spell(w)) 
SUF = 0.3
