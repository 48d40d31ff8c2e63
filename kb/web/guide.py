"""The help, as the page and its JSON show it."""

from __future__ import annotations

from kb.language.model import Language
from kb.web.responses import HelpSection
from kb.web.translate import noop, tell

_ = noop

_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        _("How to search"),
        (
            _(
                "Type a few words, in Kyrgyz or Russian, in any form: the search knows the endings. "
                "The Kyrgyz letters ө, ү, ң may be typed as о, у, н."
            ),
            _("Put words in quotes to find them exactly so, side by side."),
            _("Type an article and a number of an act to go straight there, or the number and year of an act alone."),
            _(
                "If nothing holds all the words, the page says which words it left out. "
                "At the side you can keep one kind of document, one year, one language or only what is in force."
            ),
            _("The key / goes to the search box."),
        ),
    ),
    (
        _("How to read"),
        (
            _(
                "The line at the top of an act says whether it is in force. «Status unknown» means that the text "
                "itself does not say it: check the date of its amendments, and the official bank of legal information."
            ),
            _("Click the number of an article or point to get its address; next to it you can copy a citation."),
            _("Articles that lost force stay in their place and say so. Notes on amendments open under the article."),
            _("Long documents are shown chapter by chapter; «Whole text» loads all of it. Every page can be printed."),
            _(
                "Texts marked «Not an official text» are for information; "
                "for legal action use the official publication."
            ),
        ),
    ),
    (
        _("How to make a blank into a form"),
        (
            _(
                "Under «Forms», at the foot of the page, whoever has the key of the installation can bring in a blank "
                "Word file: its underscores, dots, boxes and fields become questions, all its formatting stays."
            ),
            _(
                "What is proposed is shown blank by blank with the words around it; what is not certain comes first, "
                "with the reason. Official blanks that are known here arrive all named."
            ),
            _(
                "Places where the blank has words for one kind of community only, or refers to a clause that is no "
                "longer there, stay as they are and are shown as the model’s."
            ),
        ),
    ),
    (
        _("How to connect a system"),
        (
            _("Every page gives its content as JSON: add .json to its address, or ask for application/json."),
            _("The API gives search, lists, acts, single articles and all changes since your last visit."),
        ),
    ),
)


def sections(language: Language) -> list[HelpSection]:
    """The help in a language."""
    return [
        HelpSection(heading=tell(heading, language), paragraphs=[tell(one, language) for one in paragraphs])
        for heading, paragraphs in _SECTIONS
    ]
