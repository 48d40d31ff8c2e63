"""Blank Word files made into forms: ``kb form import``."""

from kb.templates.convert.importer import Imported, import_form

__all__ = ["Imported", "import_form"]
