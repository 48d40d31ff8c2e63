"""Words of RTF: code pages, destinations, characters (Rich Text Format 1.9.1)."""

from __future__ import annotations

import re

#: One token: control word with number, byte by its digits, control symbol, brace, text; a line end is none of them.
TOKEN = re.compile(
    rb"\\(?:([A-Za-z]+)(-?[0-9]+)? ?|'([0-9A-Fa-f]{2})|([^A-Za-z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)

_SKIPPED = """
    colortbl filetbl listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping latentstyles
    datastore xmlnstbl mmathPr pgptbl header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc
    ftncn aftnsep aftnsepc aftncn annotation atnid atnauthor atntime atndate atnicn atnref atrfstart atrfend
    bkmkstart bkmkend xe rxe txe tc tcn nonesttables nonshppict shprslt mmathPict objdata objclass objname
    pnseclvl pn template operator author subject keywords comment doccomm manager company category hlinkbase
    userprops docvar listpicture picprop blipuid blipuid sp wgrffmtfilter fontemb fontfile falt panose ctrlPr
    private passwordhash background
"""
#: Destinations whose text is none of the document's, or is there twice.
SKIPPED = frozenset(_SKIPPED.split())

_STARRED = """
    fldinst shpinst shptxt shppict ud do dptxbxtext moMath moMathPara nesttableprops footnote listtext pntext pict
"""
#: Destinations marked as "ignore if unknown" that hold text of the document or lead to it.
STARRED = frozenset(_STARRED.split())

#: Characters with a word or symbol of their own.
CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "softline": "", "emdash": "—", "endash": "–",
    "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "zwbo": "", "zwnbo": "", "zwj": "", "zwnj": "", "~": "\u00a0", "_": "\u2011", "-": "\u00ad",
    "{": "{", "}": "}", "\\": "\\", "\t": "\t",
}  # fmt: skip
