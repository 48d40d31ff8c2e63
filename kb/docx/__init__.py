"""Word files at run level: numbering computed, superscripts, tables; used by intake and by the forms.

Parts are read by lxml alone, within bounds and without entities; python-docx is left to whoever writes Word files,
for it unpacks a whole archive at once, expands document types and knows neither numbering nor strict OOXML.
"""

from kb.docx.body import read_docx
from kb.docx.model import Cell, Paragraph, Run, Table, WordFile, paragraphs

__all__ = ["Cell", "Paragraph", "Run", "Table", "WordFile", "paragraphs", "read_docx"]
