"""Message ids of errors and doubts by code; their Kyrgyz and Russian stand in the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from kb.web.translate import noop

_ = noop

#: Errors: what happened, then what to do. ``code.reason`` goes before ``code`` where an error gives its reason.
ERRORS: Mapping[str, str] = {
    "refused": _("The file was not taken in."),
    "empty": _("The file holds no text. Check that the right file was chosen."),
    "not_a_document": _(
        "This is no PDF, Word, PowerPoint, OpenDocument, RTF, HTML or text file, no picture and no ZIP of them."
        " Convert it to one of these."
    ),
    "damaged": _("The file is damaged and cannot be read to its end. Open it, save it anew and try again."),
    "encrypted": _("The file is protected by a password. Save it without the password and try again."),
    "no_text_layer": _("The PDF holds pictures of pages, no text. Take a version with text, or recognise it first."),
    "no_text_layer.not_installed": _(
        "The PDF holds pictures of pages, no text, and nothing is installed here that recognises it."
        " Take a version with text, or have these packages installed: %(package)s"
    ),
    "no_text_layer.unreadable": _(
        "The file holds pictures in which no text could be recognised. Scan it anew, upright and at 300 dots per inch."
    ),
    "missing_program": _(
        "Files of this format need %(program)s, which is not installed here."
        " Save the file as DOCX or PDF with text, or have these packages installed: %(package)s"
    ),
    "recognition_needed": _("The pages of the file have to be recognised, for which no time was allowed."),
    "program_failed": _("%(program)s could not read the file. Open it, save it anew and try again."),
    "too_large": _("The file is larger than this installation takes."),
    "too_large.bytes": _("The file is larger than this installation takes: at most %(limit)s bytes."),
    "too_large.pages": _("The file has more pages than this installation takes: at most %(limit)s."),
    "too_large.time": _(
        "Reading the file took longer than %(limit)s seconds and was stopped. Divide it and try again."
    ),
    "too_large.seconds": _(
        "Reading the file took longer than %(limit)s seconds and was stopped. Divide it and try again."
    ),
    "too_large.recognition": _(
        "Recognising the %(pages)s pages of the file would take longer than %(limit)s seconds. Divide it and try again."
    ),
    "too_large.pixels": _("The picture has too many dots. Make it smaller and try again."),
    "too_large.memory": _("Reading the file took more memory than is allowed. Divide it and try again."),
    "not_a_document.blank": _("This is no Word file (.docx). Open the blank in Word, save it as .docx and try again."),
    "not_a_document.encoding": _("The letters of this text cannot be told. Save it as UTF-8 and try again."),
    "unpacks_too_large": _("The file unpacks to more than this installation takes."),
    "unpacks_too_large.members": _("The archive holds more than %(limit)s files. Divide it and try again."),
    "unpacks_too_large.nesting": _(
        "Archives inside an archive inside an archive are not opened. Unpack the inner one and try again."
    ),
    "unsafe_xml": _("The file holds XML declarations that are not allowed. Save it anew in Word and try again."),
    "not_found": _("The file does not exist or cannot be opened: %(path)s"),
    "bad_sidecar": _("The description beside the file (.yaml) does not fit. Mend it and try again."),
    "broken_document": _(
        "The structure found in the file contradicts itself at %(eid)s, so nothing of it is stored. Report the file."
    ),
    "bad_form": _("The form's files do not fit (%(where)s). Mend them and try again."),
    "bad_form.overlay": _("The overlay does not fit (%(where)s). Mend it and try again."),
    "bad_form.forbidden": _("The form's template would run code (%(where)s), so it was not opened."),
    "admin_only": _("This is for those who administer the installation: give its key."),
    "no_file": _("Choose a file first."),
    "unknown_form": _("There is no such form. See the list of forms."),
    "bad_request": _("The request does not fit. Check its parameters."),
    "bad_query": _("The query cannot be read. Shorten it or type other words."),
    "bad_query.too_long": _("The query is too long: at most %(limit)s characters. Shorten it."),
    "bad_query.no_words": _("Type at least one word to search for."),
    "bad_query.field": _("The query's field %(field)s does not fit. Correct or remove it."),
    "bad_parameter": _("The parameter %(name)s does not fit. Correct it and try again."),
    "beyond_window": _("Paging ends here. Add words or filters to see fewer results."),
    "missing": _("There is nothing at this address."),
    "unknown_act": _("The library holds no document at this address. Search for it by title or number."),
    "unknown_act.no_edition": _("The library holds no text of this document in that language or of that day."),
    "unknown_unit": _("The document has no such article or point. Look for it in the contents."),
    "unknown_topic": _("There is no such topic. Choose one from the list of topics."),
    "bad_answers": _("The answers cannot be read. Choose a JSON file that was saved here."),
    "bad_answers.too_large": _(
        "The answers are too long: at most %(limit)s bytes. Shorten them; what was saved before is kept."
    ),
    "bad_answers.not_json": _("This file is no JSON. Choose a JSON file that was saved here; the draft is as it was."),
    "bad_answers.not_object": _(
        "This JSON holds no answers by name. Choose a JSON file that was saved here; the draft is as it was."
    ),
    "bad_answers.no_answers": _(
        "No form of this draft asks for anything in this file. Choose a JSON file that was saved here; the draft is as "
        "it was."
    ),
    "bad_answers.too_deep": _(
        "These answers are nested too deep. Choose a JSON file that was saved here; the draft is as it was."
    ),
    "bad_answers.request": _(
        "Send a JSON object with the language under «lang» and the answers by name under «answers»."
    ),
    "bad_answers.incomplete": _(
        "Answers are still missing, so there is no file yet. Open the page «Check and download» to see which."
    ),
    "bad_answers.busy": _("Too many people save this draft at once. Try again in a moment."),
    "unknown_draft": _(
        "There is no draft at this address. Check that the address was copied whole, to its last letter, "
        "or begin a new draft."
    ),
    "unknown_revision": _("This earlier version is not kept any more. Go back to the draft."),
    "busy": _("Too many PDF files are being made just now. Try again in a minute; the Word file is there at once."),
    "too_many_drafts": _(
        "There are as many drafts here as the settings allow: %(limit)s. Tell whoever runs this site, or try again "
        "later."
    ),
    "expired_draft": _(
        "This draft was kept until %(day)s and has been deleted. Begin a new one; answers that were saved as a file "
        "can be brought in again."
    ),
    "removed": _("This document was removed from the library."),
    "unavailable": _("A part of the service does not answer. Try again in a few minutes."),
    "database_unavailable": _("The library's database does not answer. Try again in a few minutes."),
    "engine_unavailable": _("Search does not answer just now; documents can still be read. Try again in a minute."),
    "index_missing": _("The search index is not built yet; documents can still be read. Try again later."),
    "no_page": _("There is no page at this address. Check it, or search."),
    "method_not_allowed": _("This address does not take such a request."),
    "too_many_requests": _("Too many requests from your address. Wait a minute and go on."),
    "address_in_use": _("Something else serves at %(host)s:%(port)s. Choose another port with --port."),
    "internal": _("Something broke on our side. Try again; if it stays, tell whoever runs the service the code below."),
    "error": _("Something went wrong."),
}

#: Doubts of intake: what a person should look at.
DOUBTS: Mapping[str, str] = {
    "address_twice": _("two units would have the address %(eid)s"),
    "alinea_unsure": _("it is not sure to which point a paragraph belongs"),
    "article_twice": _("article %(number)s stands twice; the last copy is kept"),
    "blank_requisites": _("number or date is left blank in the head"),
    "broken_characters": _("broken characters: %(count)s"),
    "embedded_document": _("documents inside the file are left out: %(count)s"),
    "empty_numbered": _("a numbered paragraph is empty: %(label)s"),
    "encoding_guessed": _("the encoding is guessed: %(encoding)s"),
    "file_cut_short": _("the file ends before its text does; %(pages)s pages were read"),
    "formula": _("formulas are left out: %(count)s"),
    "heading_unsure": _("it is not sure where the heading of %(number)s ends"),
    "impossible_date": _("the date in the head is impossible"),
    "index_behind": _("the search does not know the newest changes yet"),
    "kind_unknown": _("the kind of the document is not known"),
    "letters_unknown": _("letters that cannot be told: %(count)s"),
    "markup_too_deep": _("the markup is nested too deep; the deepest is read as plain text"),
    "missing_note": _("footnotes are missing in the file: %(count)s"),
    "not_aligned": _("units that answer to none in the other language: %(count)s here, %(missing)s there (%(eids)s)"),
    "number_far": _("the number %(number)s is far from the one before it"),
    "number_hidden": _("the number %(number)s seems to hide inside another paragraph"),
    "number_lookalike": _("the number %(number)s is written with look-alike characters"),
    "number_out_of_order": _("the number %(number)s is out of order"),
    "number_rejected": _("%(number)s looks like a number but is read as text"),
    "number_twice": _("the number %(number)s stands twice"),
    "numbering_format": _("Word's numbering of the kind %(format)s is not known"),
    "numbering_restarts": _("the numbering starts anew at %(number)s"),
    "numbering_unread": _("automatic numbers that cannot be read: %(count)s"),
    "old_kyrgyz_font": _("Kyrgyz letters of the old font %(font)s may be wrong"),
    "other_file": _("the text of this edition was taken from another file before: %(file)s"),
    "pages_unreadable": _("pages that cannot be read: %(pages)s"),
    "pages_without_text": _("pages without text, pictures probably: %(pages)s"),
    "pdf_repaired": _("the PDF is damaged and was read by another way"),
    "pictures_left_out": _("pictures are left out: %(count)s"),
    "repeal_unsure": _("it is not sure whether %(number)s is repealed"),
    "charts_left_out": _("charts are left out: %(count)s"),
    "diagrams_left_out": _("diagrams (SmartArt) are left out: %(count)s"),
    "line_unsure": _("a recognised line that may be wrong: %(text)s"),
    "lines_unsure": _("more recognised lines or numbers that may be wrong: %(count)s"),
    "number_unsure": _("a recognised number that may be wrong: %(text)s"),
    "page_partly_read": _("only %(percent)s % of what is dark on the page was recognised as text"),
    "recognised": _("the text was recognised from pictures: %(pages)s pages, %(percent)s % sure"),
    "recognised_poorly": _("the page was recognised poorly: %(percent)s % sure"),
    "romans_restored": _("Roman numbers restored from letters alike: %(count)s"),
    "letters_restored": _("letters О and N restored where 0 and М were recognised: %(count)s"),
    "slide_hidden": _("the slide is hidden when the presentation is shown"),
    "slide_untitled": _("the slide has no title"),
    "superscript_unread": _("a raised number could not be recognised"),
    "several_dates": _("the head names several dates; taken: %(taken)s, another: %(other)s"),
    "shorter_than_declared": _("the file holds less than it declares"),
    "struck_text": _("struck-out text is read as text: %(count)s"),
    "title_unknown": _("the title is not sure"),
    "tracked_changes": _("changes under review in the file: %(count)s"),
    "truncated": _("the file is cut off; its end is missing"),
    "unknown_encoding": _("an unknown code page: %(encoding)s"),
    "unknown_symbol": _("symbols that cannot be told: %(count)s"),
}

#: Why a piece of text was placed in no unit.
REASONS: Mapping[str, str] = {
    "before_first_unit": _("stands before the first numbered unit"),
    "earlier_copy": _("an earlier copy of the same article"),
    "no_structure": _("the text shows no structure"),
    "under_heading": _("stands under a heading, outside every article"),
}

#: Places in a source, by the word that reports have.
PLACES: Mapping[str, str] = {
    "page": _("page %(n)s"),
    "paragraph": _("paragraph %(n)s"),
    "line": _("line %(n)s"),
}

GAPS: Mapping[str, str] = {
    "missing": _("numbers are left out"),
    "out_of_order": _("out of order"),
    "duplicate": _("stands twice"),
    "no_parent": _("without the number above it"),
}
