"""How Meilisearch is set up for our index, as code with a version.

Nothing is left to Meilisearch's own analysis: a record holds codes, numbers that stand for its words, phrases and
values, and a request is a filter over these. So no setting of words (typos, stop words, separators, synonyms)
plays a part, nothing a query holds needs escaping, and the records that match are exactly those of the other engine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

#: Grows whenever the same record is kept otherwise.
_ENCODING = 1


def _filter(*names: str, compared: bool) -> dict[str, object]:
    features = {"facetSearch": False, "filter": {"equality": True, "comparison": compared}}
    return {"attributePatterns": list(names), "features": features}


SETTINGS: Mapping[str, object] = {
    "searchableAttributes": [],
    "displayedAttributes": ["*"],
    "filterableAttributes": [
        _filter("has", "kind", "lang", "status", "year", "body", "topic", "official", compared=False),
        _filter("valid_from", "valid_until", "recency", "generation", compared=True),
    ],
    "sortableAttributes": ["recency", "prior"],
    "rankingRules": ["sort"],
    "typoTolerance": {"enabled": False},
    "prefixSearch": "disabled",
    "proximityPrecision": "byAttribute",
    "facetSearch": False,
    "pagination": {"maxTotalHits": 100_000_000},
    "faceting": {"maxValuesPerFacet": 10_000},
    # A search that is cut off would silently be another one; it fails by the client's time limit instead.
    "searchCutoffMs": 60_000,
}


def version(schema: int, analyser: str) -> dict[str, str]:
    """What an index must have been made with to be used: the records' schema, the analyser, these settings."""
    settings = json.dumps(SETTINGS, sort_keys=True).encode()
    return {
        "schema": str(schema),
        "analyser": analyser,
        "settings": f"{_ENCODING}-{hashlib.blake2b(settings, digest_size=6).hexdigest()}",
    }
