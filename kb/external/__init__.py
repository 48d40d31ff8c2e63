"""Outside programs, run within bounds: LibreOffice and tesseract, where they are installed.

A program gets a folder of its own that is removed afterwards, no shell, no network where the kernel can take it
away, no names chosen by whoever made a file, and limits on time, memory and output. It never outlives its caller.
"""

from kb.external.conversion import convert_file
from kb.external.programs import LIBREOFFICE, TESSERACT, Program
from kb.external.run import Bounds, run

__all__ = ["LIBREOFFICE", "TESSERACT", "Bounds", "Program", "convert_file", "run"]
