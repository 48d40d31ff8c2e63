"""The outside programs that are used where they are installed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from kb.errors import MissingProgram


@dataclass(frozen=True, slots=True)
class Program:
    """An outside program.

    Attributes:
        name: its name for people.
        commands: names of its command, the first one found on PATH is run.
        package: Debian packages that bring it, as ``apt-get install`` takes them.
    """

    name: str
    commands: tuple[str, ...]
    package: str

    def path(self) -> str | None:
        """Path of its command, None where it is not installed."""
        return next((path for path in map(shutil.which, self.commands) if path), None)

    def required(self) -> str:
        """Path of its command.

        Raises:
            MissingProgram: it is not installed; the parameters name it and its Debian package.
        """
        path = self.path()
        if path is None:
            raise MissingProgram(program=self.name, package=self.package)
        return path


LIBREOFFICE = Program("LibreOffice", ("soffice", "libreoffice"), "libreoffice-writer-nogui libreoffice-impress-nogui")
TESSERACT = Program("tesseract", ("tesseract",), "tesseract-ocr tesseract-ocr-kir tesseract-ocr-rus")
