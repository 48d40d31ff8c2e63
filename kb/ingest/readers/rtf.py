"""Reader of RTF: groups, code pages by font, tables, raised characters, printed list numbers."""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from kb.documents import Doubt, SpanKind
from kb.docx.symbols import UNKNOWN, symbol
from kb.errors import Damaged, Empty, NotADocument
from kb.ingest.blocks import Reading
from kb.ingest.limits import ReadLimits
from kb.ingest.readers.folding import Clock, FontWatch, check_size, counted, gather_drawn
from kb.ingest.readers.rtf_about import About
from kb.ingest.readers.rtf_flow import Flow
from kb.ingest.readers.rtf_fonts import Font, Fonts, code_page, is_misread
from kb.ingest.readers.rtf_state import SETTERS, Goal, State
from kb.ingest.readers.rtf_words import CHARACTERS, SKIPPED, STARRED, TOKEN

_MAX_DEPTH = 5_000
_CHECK_EVERY = 4_096
_LONGEST_CODE = 100
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?=\{\\rt)")
_HEADING = re.compile(r"(?:heading|заголовок) ?([1-9])", re.IGNORECASE)

# Membership in a tuple goes by identity, which an enumeration's hash is far slower than.
_NOT_TEXT = (Goal.SKIP, Goal.QUIET, Goal.INFO)
_SHOWN = (Goal.TEXT, Goal.LABEL)
#: Words that end a line, cell or row: no stand-in for a character given by ``\u`` reaches over them.
_ENDS = frozenset({"par", "sect", "cell", "row", "nestcell", "nestrow", "line", "page", "pard", "trowd"})


def read(content: bytes, limits: ReadLimits) -> Reading:
    """Read an RTF file.

    The numbers of lists that the file has as text (``{\\listtext 1.\\tab}``) are in ``Look.label``. A footnote is a
    paragraph of its own behind the block that refers to it; ``[1]`` stands raised at the reference and at its start.
    A file cut off is refused unless it counts its characters and nearly all are there.

    Raises:
        InputRefused: it cannot be read to its end, or holds no text.
    """
    check_size(content, limits)
    start = _START.match(content)
    if start is None:
        raise NotADocument(format="rtf")
    clock = Clock(limits)
    parser = Parser(clock)
    parser.parse(content, start.end())
    if is_misread("".join(parser.fonts.accented)[:20_000], least=20):
        # Old Russian files name no code page, or the Western one, and mean the one of the machine they were written on.
        parser = Parser(clock, Fonts("cp1251"))
        parser.parse(content, start.end())
        parser.doubts.append(Doubt("encoding_guessed", {"encoding": "cp1251"}))
    return parser.reading()


@dataclass(slots=True)
class Parser:
    """Goes through an RTF file once.

    Attributes:
        clock: time that it may take.
        fonts: its fonts and code pages.
        doubts: what a person should look at.
        state: formatting in force.
    """

    clock: Clock
    fonts: Fonts = field(default_factory=Fonts)
    doubts: list[Doubt] = field(default_factory=list)
    state: State = field(default_factory=State)
    _groups: list[State] = field(default_factory=list)
    _flows: list[Flow] = field(default_factory=list)
    _notes_at: list[int] = field(default_factory=list)  # depths of groups that are notes or text boxes
    _fields_at: list[int] = field(default_factory=list)  # depths of groups that are fields
    _codes: list[str] = field(default_factory=list)  # codes of these fields
    _outlines: dict[int, int] = field(default_factory=dict)
    _bytes: bytearray = field(default_factory=bytearray)
    _name: list[str] = field(default_factory=list)  # name of a font or style, or a label, as far as read
    _skip: int = 0
    _high: int | None = None
    _starred: bool = False
    _about: About = field(default_factory=About)
    _notes: int = 0
    _mark: str = ""
    _pictures: int = 0
    _met: Counter[str] = field(default_factory=Counter)
    _watch: FontWatch = field(default_factory=FontWatch)
    _truncated: bool = False

    def parse(self, content: bytes, at: int) -> None:
        """Read ``content`` from the brace at ``at``.

        Raises:
            Damaged: text follows the end of the document, or groups are nested without measure.
            TooLarge: time is up.
        """
        self._flows = [Flow(self._outlines)]
        count = 0
        while (token := TOKEN.match(content, at)) is not None:
            at = token.end()
            count += 1
            if count % _CHECK_EVERY == 0:
                self.clock.check()
            word, number, digits, sign, brace, text = token.groups()
            if text is not None:
                self._raw(text)
            elif digits is not None:
                self._raw(bytes.fromhex(digits.decode()))
            elif word == b"bin":
                at += max(int((number or b"0")[:10]), 0)
            elif word is not None:
                self._word(word.decode(), int(number[:10]) if number else None)
            elif sign is not None:
                self._symbol(sign.decode("latin-1"))
            elif brace == b"{":
                self._open()
            elif brace == b"}":
                self._close()
                if not self._groups:
                    break
        self._flush()
        self._end(content[at:])

    def _end(self, rest: bytes) -> None:
        if self._groups:
            self._truncated = True
            while self._groups:
                self._close()
        elif rb"\par" in rest:
            raise Damaged(format="rtf", problem="unbalanced")

    def reading(self) -> Reading:
        """What was read.

        Raises:
            Damaged: the file is cut off and does not tell that nearly all is there.
            Empty: there is no text.
        """
        main = self._flows[0]
        blocks = main.finish(self.state)
        if not blocks:
            raise Empty
        there = sum(len("".join(block.block.text.split())) for block in blocks)
        self.doubts += self._about.missing(there, truncated=self._truncated)
        self._met["numbering_unread"] += main.lost_labels
        met = [doubt for code, times in sorted(self._met.items()) for doubt in counted(code, times)]
        return Reading(
            blocks=tuple(gather_drawn(blocks)),
            properties=self._about.properties(),
            pictures=self._pictures,
            doubts=(*self.doubts, *met, *self._watch.doubts()),
        )

    # Groups

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._groups) >= _MAX_DEPTH:
            raise Damaged(format="rtf", problem="depth")
        self._groups.append(self.state)
        self.state = copy.copy(self.state)
        self._starred = False

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        self._starred = False
        depth = len(self._groups)
        around = self._groups.pop()
        if self.state.goal is Goal.LABEL and around.goal is not Goal.LABEL:
            self._flows[-1].set_label("".join(self._name))
            self._name = []
        if self._notes_at and self._notes_at[-1] == depth:
            self._notes_at.pop()
            done = self._flows.pop()
            self._met["numbering_unread"] += done.lost_labels
            self._flows[-1].follow(done.finish(self.state))
        if self._fields_at and self._fields_at[-1] == depth:
            self._fields_at.pop()
            self._codes.pop()
        self.state = around

    def _begin_flow(self, mark: str) -> None:
        """This group is a note or text box."""
        ordinal = self._flows[0].here(self.state) if len(self._flows) == 1 else self._flows[-1].ordinal
        SETTERS["pard"](self.state, None)
        self.state.goal = Goal.TEXT
        self._notes_at.append(len(self._groups))
        self._flows.append(Flow(self._outlines, ordinal=ordinal, mark=mark))

    # Text

    def _raw(self, data: bytes) -> None:
        self._starred = False
        if self.state.goal in _NOT_TEXT:
            return
        if self._skip:
            cut = min(self._skip, len(data))
            self._skip -= cut
            data = data[cut:]
        self._bytes += data

    def _flush(self) -> None:
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        font = self._font()
        if font is not None and font.draws_signs:
            for code in data:
                self._sign(code, font)
            return
        text = self.fonts.decode(data, font)
        self._met["broken_characters"] += text.count(UNKNOWN)
        self._put(text)

    def _font(self) -> Font | None:
        """Font of the text being read; names in tables are in none."""
        return self.fonts.font(self.state.font) if self.state.goal in _SHOWN else None

    def _sign(self, code: int, font: Font | None) -> None:
        sign = " " if code == 0x20 else symbol(code, font.name if font else None)
        self._met["unknown_symbol"] += sign == UNKNOWN
        self._put(sign)

    def _put(self, text: str) -> None:
        match self.state.goal:
            case Goal.TEXT:
                self._show(text)
            case Goal.LABEL:
                if not self.state.hidden and not self.state.deleted:
                    self._name.append(text)
            case Goal.TITLE:
                self._about.title.append(text)
            case Goal.CODE if self._codes and len(self._codes[-1]) < _LONGEST_CODE:
                self._codes[-1] += text
            case Goal.FONTS | Goal.STYLES:
                self._name.append(text)
                if ";" in text:
                    self._end_name()
            case _:
                pass

    def _show(self, text: str) -> None:
        if self.state.deleted:
            self._met["tracked_changes"] += 1
            return
        if self.state.hidden:
            return
        font = self._font()
        if font is not None:
            self._watch.note(font.name, text)
        self._met["struck_text"] += self.state.struck and not text.isspace()
        self._flows[-1].add(text, self.state)

    def _end_name(self) -> None:
        """A semicolon ends the entry of a font or style."""
        name, self._name = "".join(self._name).partition(";")[0].strip(), []
        if self.state.goal is Goal.FONTS:
            self.fonts.entry(self.state.font).name = name
        elif (found := _HEADING.fullmatch(name)) and self.state.style is not None:
            self._outlines.setdefault(self.state.style, int(found.group(1)))

    def _symbol(self, sign: str) -> None:
        if sign == "*":
            self._flush()
            self._starred = True
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in CHARACTERS:
            self._word(sign, None)

    def _unicode(self, number: int) -> None:
        code = number % 0x10000
        self._skip = self.state.uc
        high, self._high = self._high, None
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            self._put(UNKNOWN if high is None else chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))
            self._met["broken_characters"] += high is None
        elif 0xF000 <= code <= 0xF0FF:
            self._sign(code, self._font())
        elif code:
            self._put(chr(code))

    # Words

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if self.state.goal is Goal.SKIP:
            return
        if self._skip and word in CHARACTERS and word not in _ENDS:
            self._skip -= 1
            return
        if word in _ENDS:
            self._skip = 0
        self._flush()
        if word == "u":
            self._unicode(number or 0)
        elif word in CHARACTERS:
            self._put(CHARACTERS[word])
        elif word in SKIPPED or (starred and word not in STARRED):
            self.state.goal = Goal.SKIP
        elif word in SETTERS:
            SETTERS[word](self.state, number)
            if self.state.goal is Goal.STYLES and word == "outlinelevel" and self.state.outline:
                self._outlines[self.state.style or 0] = self.state.outline
        elif self.state.goal is Goal.INFO:
            self.state.goal = self._about.note(word, number)
        elif not self._enter(word):
            self._act(word, number)

    def _enter(self, word: str) -> bool:
        """Whether ``word`` begins a destination, which is then entered."""
        state = self.state
        match word:
            case "fonttbl" | "stylesheet" | "info":
                state.goal = {"fonttbl": Goal.FONTS, "stylesheet": Goal.STYLES, "info": Goal.INFO}[word]
            case "listtext" | "pntext":
                self._name = []
                state.goal = Goal.LABEL
            case "field":
                self._fields_at.append(len(self._groups))
                self._codes.append("")
            case "fldinst":
                state.goal = Goal.CODE
            case "fldrslt":
                state.contents = state.contents or any(code.split()[:1] == ["TOC"] for code in self._codes)
            case "upr":
                state.outer, state.goal = state.goal, Goal.QUIET
            case "ud":
                state.goal = state.outer
            case "shpinst" | "do":
                state.goal = Goal.QUIET
            case "shptxt" | "dptxbxtext":
                self._begin_flow("")
            case "footnote":
                self._begin_flow(self._mark)
                self._mark = ""
            case "pict":
                self._pictures += 1
                state.goal = Goal.SKIP
            case "msup" | "msub":
                state.vertical = SpanKind.SUPERSCRIPT if word == "msup" else SpanKind.SUBSCRIPT
            case _:
                return False
        return True

    def _act(self, word: str, number: int | None) -> None:
        flow = self._flows[-1]
        if self._encoding(word, number) or self.state.goal in _NOT_TEXT:
            return
        match word:
            case "par" | "sect":
                flow.end_paragraph(self.state)
            case "cell" | "nestcell":
                flow.end_cell(self.state, nested=word == "nestcell")
            case "row" | "nestrow":
                flow.end_row(self.state, nested=word == "nestrow")
            case "trowd":
                flow.row_open = True
            case "chftn" if len(self._flows) == 1:
                self._notes += 1
                self._mark = f"[{self._notes}]"
                flow.add(self._mark, replace(self.state, vertical=SpanKind.SUPERSCRIPT))
            case "revised" if number != 0:
                self._met["tracked_changes"] += 1
            case "moMath":
                self._met["formula"] += 1
            case "mden":
                self._put("/")
            case _ if word.startswith("m") and word.endswith("Pr"):
                self.state.goal = Goal.SKIP

    def _encoding(self, word: str, number: int | None) -> bool:
        match word:
            case "ansicpg" | "mac" | "pc" | "pca":
                if not self.fonts.set_own(word, number):
                    self.doubts.append(Doubt("unknown_encoding", {"encoding": number or 0}))
            case "deff":
                self.fonts.default = number or 0
            case "fcharset" if self.state.goal is Goal.FONTS:
                self.fonts.entry(self.state.font).charset = number or 0
            case "cpg" if self.state.goal is Goal.FONTS:
                self.fonts.entry(self.state.font).page = code_page(number or 0)
            case _:
                return False
        return True
