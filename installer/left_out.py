"""What a frozen folder does without: modules, files, and libraries that nothing in it links; it removes nothing itself.

Each is left out because nothing reaches it, never because it is large; how that was seen is in
docs/decisions/021-the-frozen-folder.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

Entry = tuple[str, str, str]
"""As PyInstaller has it: a name in the folder, where it comes from, of what kind it is."""

_MODULES = (
    # Of libraries, for what is not used here.
    *("pygments", "yaml", "psutil", "distutils", "attr", "attrs"),
    # What builds, tests and tries this program.
    *("mir_sandbox", "tkinter", "unittest", "pydoc", "doctest", "lib2to3", "test", "pytest", "setuptools", "pip"),
    *("IPython", "matplotlib", "PIL", "rich.__main__", "numpy.tests", "numpy.testing", "numpy.f2py", "numpy.distutils"),
    *("numpy.array_api", "numpy.matlib"),
    *("PySide6.QtWebEngineCore", "PySide6.QtQuick", "PySide6.QtQml", "PySide6.QtOpenGL", "PySide6.QtPdf"),
    *("PySide6.QtMultimediaWidgets", "PySide6.QtConcurrent", "PySide6.QtAsyncio"),
    # Second ways of libraries, and those of other systems: named where nothing here comes by. asyncio is not among
    # them: pycurl names it for whoever imports it, filelock where a file system has no locks.
    *("multiprocessing", "concurrent.futures.process", "jeepney.io.asyncio", "jeepney.io.trio", "cffi", "pycparser"),
    *("_pydecimal", "tarfile", "ctypes.macholib", "ctypes._aix", "ftplib", "urllib3.contrib"),
)
_OF_LINUX = ("cryptography", "PySide6.QtDBus")
"""The Secret Service, and the desktop's bus."""
_OF_NUMPY = ("numpy.random", "numpy.fft", "numpy.polynomial", "numpy.ctypeslib")
"""From its second version on imported when somebody asks for them; an older one begins with them all."""
_OF_THE_WINDOW = ("ui", "PySide6", "numpy", "soundfile")

_FILES = re.compile(
    r"(?i)(^|/)("
    r"icuuc\.dll|"  # part of Windows 10 and newer
    r"opengl32sw\.dll|"  # a software renderer for what is drawn with OpenGL; nothing here is
    r"(lib)?Qt6(Pdf|VirtualKeyboard|Quick3D|QuickControls2|QuickTemplates2|ShaderTools|Charts|Designer|WebEngine|"
    r"LabsAnimation|Sensors|Positioning|3D|Test|Sql|SerialPort|WebSockets|MultimediaWidgets|MultimediaQuick)[^/]*|"
    r"plugins/platforms/(lib)?q(direct2d|minimal|vkkhrdisplay|linuxfb|vnc|eglfs)[^/]*|"
    r"plugins/imageformats/(lib)?q(pdf|webp|tiff|tga|wbmp|icns|jpeg|gif)[^/]*|"
    r"plugins/multimedia/(lib)?(windowsmediaplugin|gstreamermediaplugin)[^/]*|"
    r"plugins/platformthemes/libqgtk3[^/]*|"  # draws with GTK what Qt draws as well
    # Every look is Fusion's, and the window's own sockets are local.
    r"plugins/(styles|tls|platforminputcontexts|qmltooling|sqldrivers|position|generic|networkinformation|"
    r"egldeviceintegrations)/.*|"
    r"qml/.*|"
    r"[^/]+\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json)|"  # how it was installed where this was built
    r"PySide6/translations/(?!qtbase_(de|en)\.qm).*\.qm"
    r")$"
)
_FILES_OF_LINUX = re.compile(r"(?i)(^|/)Qt6(Qml|Quick|OpenGL|DBus)[^/]*\.dll$")
"""Qt's FFmpeg plugin links these there, or what it links does; on Windows nothing does."""
_LIBRARY = re.compile(r"(^|PySide6/Qt/lib/)lib(?!python)[^/]*\.so[^/]*$")
"""Lies where libraries are put that were only found because something links them. (Python's is opened by name.)"""


def modules(*, window: bool, windows: bool, numpy: int) -> list[str]:
    """Modules that a program does not get: the window or the command line; `numpy` is its major version."""
    return [
        *_MODULES,
        *(_OF_LINUX if windows else ()),
        *(_OF_NUMPY if numpy > 1 else ()),
        *(() if window else _OF_THE_WINDOW),
    ]


def is_file(name: str, *, windows: bool) -> bool:
    """A file of a library, by its name in the folder, that is never loaded."""
    path = name.replace("\\", "/")
    return _FILES.search(path) is not None or (windows and _FILES_OF_LINUX.search(path) is not None)


def unlinked(entries: Sequence[Entry], linked: Callable[[str], Iterable[str]]) -> set[str]:
    """Names of the libraries of a Linux folder that no program, module or plugin in it links, directly or not.

    `linked` answers the file names of all libraries that a file links, directly or not. Links to a library go with it.
    """
    code = [(name, source) for name, source, kind in entries if kind in ("BINARY", "EXTENSION")]
    libraries = {name for name, _ in code if _LIBRARY.search(name)}
    roots = [source for name, source in code if name not in libraries]
    wanted = {each for source in roots for each in linked(source)}
    alone = {name for name in libraries if PurePosixPath(name).name not in wanted}
    return alone | {name for name, source, kind in entries if kind == "SYMLINK" and source in alone}
