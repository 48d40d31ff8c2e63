"""Message ids of errors and doubts by code; their Kyrgyz and Russian stand in the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from kb.web.translate import noop

_ = noop

#: Errors: what happened, then what to do. ``code.reason`` goes before ``code`` where an error gives its reason.
ERRORS: Mapping[str, str] = {
    "refused": _("The file was not taken in."),
    "empty": _("The file holds no text. Check that the right file was chosen."),
    "not_a_document": _("This is no PDF, DOCX, RTF, HTML or text file. Convert it to one of these."),
    "damaged": _("The file is damaged and cannot be read to its end. Open it, save it anew and try again."),
    "encrypted": _("The file is protected by a password. Save it without the password and try again."),
    "no_text_layer": _("The PDF holds pictures of pages, no text. Take a version with text, or recognise it first."),
    "too_large": _("The file is larger than this installation takes (limit: %(limit)s)."),
    "unpacks_too_large": _("The file unpacks to more than this installation takes."),
    "unsafe_xml": _("The file holds XML declarations that are not allowed. Save it anew in Word and try again."),
    "not_found": _("The file does not exist or cannot be opened: %(path)s"),
    "bad_sidecar": _("The description beside the file (.yaml) does not fit. Mend it and try again."),
    "bad_request": _("The request does not fit. Check its parameters."),
    "bad_query": _("The query cannot be read. Shorten it or type other words."),
    "bad_query.too_long": _("The query is too long: at most %(limit)s characters. Shorten it."),
    "bad_query.no_words": _("Type at least one word to search for."),
    "bad_parameter": _("The parameter %(name)s does not fit. Correct it and try again."),
    "beyond_window": _("Paging ends here. Add words or filters to see fewer results."),
    "missing": _("There is nothing at this address."),
    "unknown_act": _("The library holds no document at this address. Search for it by title or number."),
    "unknown_act.no_edition": _("The library holds no text of this document in that language or of that day."),
    "unknown_unit": _("The document has no such article or point. Look for it in the contents."),
    "unknown_topic": _("There is no such topic. Choose one from the list of topics."),
    "removed": _("This document was removed from the library."),
    "unavailable": _("A part of the service does not answer. Try again in a few minutes."),
    "database_unavailable": _("The library's database does not answer. Try again in a few minutes."),
    "engine_unavailable": _("Search does not answer just now; documents can still be read. Try again in a minute."),
    "index_missing": _("The search index is not built yet; documents can still be read. Try again later."),
    "no_page": _("There is no page at this address. Check it, or search."),
    "method_not_allowed": _("This address does not take such a request."),
    "too_many_requests": _("Too many requests from your address. Wait a minute and go on."),
    "internal": _("Something broke on our side. Try again; if it stays, tell whoever runs the service the code below."),
    "error": _("Something went wrong."),
}

DOUBTS: Mapping[str, str] = {}

REASONS: Mapping[str, str] = {}

GAPS: Mapping[str, str] = {
    "missing": _("numbers are left out"),
    "out_of_order": _("out of order"),
    "duplicate": _("stands twice"),
    "no_parent": _("without the number above it"),
}
