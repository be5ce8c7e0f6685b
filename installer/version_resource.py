"""The version resource of a Windows program, as its properties show it."""

from __future__ import annotations

from PyInstaller.utils.win32.versioninfo import (
    FixedFileInfo,
    StringFileInfo,
    StringStruct,
    StringTable,
    VarFileInfo,
    VarStruct,
    VSVersionInfo,
)

PUBLISHER = "MIR Download Client project"
PRODUCT = "MIR Download Client"
_ENGLISH_UNICODE = "040904B0"


def of(version: str, *, file: str, description: str) -> VSVersionInfo:
    """`version` is three numbers, such as 1.2.3."""
    numbers = (*(int(part) for part in version.split(".")), 0)
    words = {
        "CompanyName": PUBLISHER,
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": file.removesuffix(".exe"),
        "LegalCopyright": "Apache License 2.0",
        "OriginalFilename": file,
        "ProductName": PRODUCT,
        "ProductVersion": version,
    }
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0),
        kids=[
            StringFileInfo([StringTable(_ENGLISH_UNICODE, [StringStruct(name, text) for name, text in words.items()])]),
            VarFileInfo([VarStruct("Translation", [0x0409, 0x04B0])]),
        ],
    )
