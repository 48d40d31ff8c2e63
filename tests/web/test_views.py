"""Page contexts are right for hand-built texts."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from kb.documents import Block, Level, Span, SpanKind, Status, Unit, effective_status
from kb.language.model import Language
from kb.usecases.linking import TextLink
from kb.web.views.acts import outline_of
from kb.web.views.parts import cut, part_of
from kb.web.views.text import UnitView, block_html, snippet_html, text_size, unit_tree
from tests.web import documents


@pytest.mark.parametrize(
    ("snippet", "html"),
    [
        ("a <mark>b</mark> c", "a <mark>b</mark> c"),
        ("&lt;b&gt; &amp; <mark>x</mark>", "&lt;b&gt; &amp; <mark>x</mark>"),
        ("<script>x</script><mark>y</mark>", "&lt;script&gt;x&lt;/script&gt;<mark>y</mark>"),
        ("<mark>cut off", "<mark>cut off</mark>"),
        ("", ""),
    ],
)
def test_snippets_hold_marks_only(snippet: str, html: str) -> None:
    assert snippet_html(snippet) == Markup(html)


def test_superscripts_and_line_breaks() -> None:
    block = Block("5 м2 <b>\nконец", spans=(Span(3, 4, SpanKind.SUPERSCRIPT),))
    assert block_html(block) == "5 м<sup>2</sup> &lt;b&gt;<br>конец"


def test_links_stand_around_their_words_and_superscripts() -> None:
    block = Block("По ст. 21 <и>\nст. 3.", spans=(Span(8, 9, SpanKind.SUPERSCRIPT),))
    links = (TextLink(3, 9, "/akn/x/rus@", "art_2-1"), TextLink(14, 19, "/akn/x/rus@", None))
    assert block_html(block, links) == (
        'По <a class="ref" href="/akn/x/rus@/~art_2-1">ст. 2<sup>1</sup></a> &lt;и&gt;<br>'
        '<a class="ref" href="/akn/x/rus@">ст. 3</a>.'
    )


def _flat(views: tuple[UnitView, ...]) -> list[UnitView]:
    return [one for view in views for one in (view, *_flat(view.children))]


def test_tree_keeps_order_and_every_unit() -> None:
    law = documents.law_ru()
    statuses = effective_status(law.units, law.metadata.status)
    views = _flat(unit_tree(law.units, statuses, Language.RU, Language.RU, (), Status.IN_FORCE))
    assert [view.eid for view in views] == [unit.eid for unit in law.units]
    by_eid = {view.eid: view for view in views}
    assert by_eid["art_4"].repealed == "Утратила силу"
    assert by_eid["art_4__point_1"].repealed == "", "said once, at the article"
    assert by_eid["art_1"].repealed == ""
    assert (by_eid["chp_1"].depth, by_eid["art_1"].depth, by_eid["art_2__point_1"].depth) == (2, 3, 0)
    assert by_eid["art_2__point_1"].cite_ru == "пункт 1 статьи 2"
    assert by_eid["art_1"].blocks[1].anchor == "art_1__al_2"


def test_a_paragraphs_anchor_gives_way_to_a_units() -> None:
    first = documents.article("1", "Баш аты", "Биринчи.", "Экинчи.")
    alinea = Unit("art_1__al_2", "art_1__al_2", Level.ALINEA, None, None, (Block("Үчүнчү."),), parent="art_1")
    (view,) = unit_tree((first, alinea), {}, Language.KY, Language.KY)
    assert view.blocks[1].anchor is None


def test_short_texts_stay_whole_and_empty_ones_have_no_part() -> None:
    assert cut(()) == ()
    units = documents.law_ru().units
    assert [(part.start, part.end) for part in cut(units)] == [(0, len(units))]


@pytest.mark.parametrize(("whole", "size"), [(0, 1), (0, 3_000), (10, 20_000), (1000, 40_000)])
def test_parts_join_to_the_whole(whole: int, size: int) -> None:
    for document in documents.all_documents():
        parts = cut(document.units, whole, size)
        joined = [unit for part in parts for unit in document.units[part.start : part.end]]
        assert joined == list(document.units)
        assert all(part.eid == document.units[part.start].eid for part in parts)


def test_a_long_code_is_cut_at_its_chapters() -> None:
    units = documents.long_code().units
    parts = cut(units)
    assert [part.eid for part in parts] == [f"chp_{number}" for number in range(1, 13)]
    assert part_of(parts, units, "art_35") == 3
    assert part_of(parts, units, "art_35__al_2") == 3
    assert part_of(parts, units, "art_999") is None


def test_articles_are_cut_where_there_are_no_chapters() -> None:
    units = [documents.article(str(number), "Правило", "слово " * 200) for number in range(1, 101)]
    parts = cut(units, 10_000, 6_000)
    assert len(parts) > 10
    assert max(text_size(units[part.start : part.end]) for part in parts) <= 6_000


def test_contents_list_headings_and_bare_chapters() -> None:
    bare = Unit("part_I", "part_I", Level.PART, "I")
    article = documents.article("1", "Предмет", parent="part_I")
    point = documents.inner("art_1", Level.POINT, "point", "1", "текст")
    units = (bare, article, point)
    entries = outline_of(units, effective_status(units, Status.UNKNOWN))
    assert [(one.eid, one.parent) for one in entries] == [("part_I", None), ("art_1", "part_I")]
