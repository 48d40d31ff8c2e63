from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kb.language.model import Language
from kb.language.thesaurus import Concept, Term, Thesaurus, ThesaurusFile, lay_over, read_thesaurus

KY, RU = Language.KY, Language.RU


def read(*lines: str) -> Thesaurus:
    return read_thesaurus("\n".join(lines).encode())


def concept(*terms: str, everyday: tuple[str, ...] = (), related: tuple[str, ...] = ()) -> Concept:
    """Terms as ``ky:текст``."""

    def term(text: str) -> Term:
        code, _, words = text.partition(":")
        return Term(Language(code), words)

    return Concept(tuple(map(term, terms)), tuple(map(term, everyday)), tuple(map(term, related)))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("кеңеш\tкенеш", concept("ky:кеңеш", "ru:кенеш")),
        ("\tразвод  дома ;\t\tделить дом", concept("ru:развод дома", everyday=("ru:делить дом",))),
        ("ЖӨБ; башкаруу\tМСУ\tбаштык", concept("ky:ЖӨБ", "ky:башкаруу", "ru:МСУ", everyday=("ky:баштык",))),
        ('"кеңеш"\t"совет"\t\t\t\t', concept("ky:кеңеш", "ru:совет")),
        ("~ үн; чуу\t~шум; ~\t\t~гам", concept("ky:чуу", everyday=("ru:гам",), related=("ky:үн", "ru:шум"))),
    ],
)  # fmt: skip
def test_a_line_is_a_concept(line: str, found: Concept) -> None:
    assert read(line) == Thesaurus((found,))


def test_remarks_heads_and_empty_lines_say_nothing() -> None:
    assert read("# эскертүү", "", "ky\tru\tky_everyday\tRU_everyday", "   ") == Thesaurus()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("а\tб\tв\tг\tд", "columns"),
        ("\t\tбаштык\tголова", "one_term"),
        ("~үн\t~шум\tбаштык", "one_term"),
        ("кеңеш\t№ 12", "no_letters"),
        ("ө" * 121, "too_long"),
        ("; ".join(f"сөз{number}" for number in range(41)), "too_long"),
    ],
)
def test_a_bad_line_costs_that_line_alone(line: str, code: str) -> None:
    found = read("айыл\tсело", line, "шаар\tгород")
    assert found.concepts == (concept("ky:айыл", "ru:село"), concept("ky:шаар", "ru:город"))
    assert [(problem.line, problem.code) for problem in found.problems] == [(2, code)]
    assert found.problems[0].text in line


def test_files_of_spreadsheets() -> None:
    line = "кеңеш\tкенеш\r\n"
    whole = Thesaurus((concept("ky:кеңеш", "ru:кенеш"),))
    assert read_thesaurus(line.encode("utf-8-sig")) == whole
    assert read_thesaurus(line.encode("utf-16")) == whole
    bad = read_thesaurus(line.encode("cp1251", "replace"))
    assert (bad.concepts, [(one.line, one.code) for one in bad.problems]) == ((), [(0, "encoding")])


def test_a_local_line_stands_in_place_of_the_shipped_one() -> None:
    shipped = read("айыл; кыштак\tсело", "шаар\tгород; полис", "облус\tобласть")
    local = read("айыл\tсело; деревня", "\tгород", "жаңы\tновый", "\tодин\tдва\tтри\tчетыре")
    whole = lay_over(shipped, local)
    assert whole.concepts == (concept("ky:облус", "ru:область"), *local.concepts)
    assert [problem.line for problem in whole.problems] == [4]


def test_a_related_term_is_found_by_everyday_words_alone() -> None:
    whole = lay_over(read("чуу; ~үн\tшум; ~звук\tкатуу\tорут"), read("башка\tдругой"))
    everyday = ("ky:катуу", "ru:орут")
    assert whole.concepts == (
        concept("ky:чуу", "ru:шум", everyday=everyday),
        concept("ky:үн", everyday=everyday),
        concept("ru:звук", everyday=everyday),
        concept("ky:башка", "ru:другой"),
    )


def test_a_local_line_takes_out_the_related_terms_of_the_shipped_one_too() -> None:
    whole = lay_over(read("чуу; ~үн\tшум\t\tорут"), read("чуу"))
    assert whole.concepts == (concept("ky:чуу"),)


def test_the_file_is_read_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "thesaurus.tsv"
    file = ThesaurusFile(path)
    shipped = file.current()
    assert shipped is file.current()
    path.write_text("үлгү\tпример")
    mine = file.current()
    assert mine.concepts == (*shipped.concepts, concept("ky:үлгү", "ru:пример"))
    assert mine is file.current()
    path.write_text("үлгү\tобразец")
    os.utime(path, ns=(1, 1))
    assert file.current().concepts[-1] == concept("ky:үлгү", "ru:образец")
    path.unlink()
    path.mkdir()
    assert [one.code for one in file.current().problems] == ["unreadable"]
    path.rmdir()
    assert file.current() == shipped


def test_the_shipped_thesaurus_is_without_fault() -> None:
    shipped = ThesaurusFile().current()
    assert shipped.problems == ()
    assert len(shipped.concepts) > 500
    whole = [one for one in shipped.concepts if len(one.terms) > 1]
    both = sum({term.language for term in one.terms} == {KY, RU} for one in whole)
    assert both > 0.95 * len(whole)
    assert len(set(shipped.concepts)) == len(shipped.concepts)
    words = {word for one in shipped.concepts for term in (*one.terms, *one.everyday) for word in term.text.split()}
    assert [word for word in words if re.search("[a-zA-Z][а-яёңөү]|[а-яёңөү][a-zA-Z]", word, re.IGNORECASE)] == []
