"""Kyrgyz words: stems by grammar, the parse chosen by what a corpus attests, and case forms."""

from kb.language.kyrgyz.cases import decline, doubtful
from kb.language.kyrgyz.fitting import Fitted, fit, restore
from kb.language.kyrgyz.stemmer import stem

__all__ = ["Fitted", "decline", "doubtful", "fit", "restore", "stem"]
