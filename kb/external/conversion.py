"""Files turned into another format by LibreOffice."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kb.external.programs import LIBREOFFICE
from kb.external.run import Bounds, run

#: Without a screen and without OpenCL, which it would look for.
_SETTINGS = {"SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1"}


def convert_file(
    content: bytes,
    source: str,
    target: str,
    *,
    writer: str,
    bounds: Bounds,
    inputs: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """A file in another format, as LibreOffice makes it.

    Each call has a profile of its own, so that calls side by side do not wait for each other.

    Args:
        content: the file.
        source: ending of its name, which tells its format (``doc``).
        target: ending of the format that is wanted (``docx``).
        writer: LibreOffice's filter for that format.
        bounds: limits on the run.
        inputs: further files in the call's folder, such as ``profile/…``.

    Raises:
        MissingProgram: LibreOffice is not installed.
        ProgramFailed: it made no such file.
        TooLarge: it went beyond its bounds.
    """
    arguments = (
        "-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--nofirststartwizard",
        "--convert-to",
        f"{target}:{writer}",
        "--outdir",
        "made",
        f"input.{source}",
    )
    return run(
        LIBREOFFICE,
        arguments,
        inputs={f"input.{source}": content, **inputs},
        output=f"made/input.{target}",
        bounds=bounds,
        settings=_SETTINGS,
    )
