"""Libraries that Python and wheels carry within themselves, known by the names of their files; it opens none of them.

A wheel's own metadata does not name them. Licences are SPDX expressions; the texts lie in `installer/licences`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Library:
    """One library. `files` is a pattern of file names in lower case; `source` is where its source code is."""

    name: str
    files: str
    licence: str
    copyright: str
    source: str


_QT = Library(
    "Qt", r"(lib)?qt6.*", "LGPL-3.0-only", "The Qt Company Ltd. and other contributors",
    "https://download.qt.io/official_releases/qt/",
)  # fmt: skip
_ICU = Library(
    "ICU", r"(lib)?icu(data|dt|i18n|in|uc)[-.0-9].*", "Unicode-3.0", "1991-2026 Unicode, Inc.",
    "https://github.com/unicode-org/icu",
)  # fmt: skip
_OPENSSL = Library(
    "OpenSSL", r"lib(crypto|ssl)[-.].*", "Apache-2.0", "1998-2026 The OpenSSL Project Authors",
    "https://github.com/openssl/openssl",
)  # fmt: skip
_GCC = Library(
    "GCC runtime libraries", r"lib(gcc_s|gfortran|quadmath|stdc\+\+)[-.].*|libopenblas.*\.dll",
    "GPL-3.0-or-later WITH GCC-exception-3.1", "Free Software Foundation, Inc.", "https://gcc.gnu.org/git.html",
)  # fmt: skip
MICROSOFT = Library(
    "Microsoft Visual C++ runtime", r"(vcruntime|msvcp|concrt|ucrtbase|api-ms-win-).*\.dll",
    "LicenseRef-Microsoft-Visual-C-Runtime", "Microsoft Corporation",
    "https://learn.microsoft.com/cpp/windows/redistributing-visual-cpp-files",
)  # fmt: skip
"""It comes with Python and with many wheels; named once."""

PYTHON = (
    _OPENSSL,
    Library("SQLite", r"(lib)?sqlite3[.-].*", "blessing", "none: in the public domain", "https://sqlite.org"),
    Library("libffi", r"libffi[-.].*", "MIT", "1996-2025 Anthony Green, Red Hat, Inc and others",
            "https://github.com/libffi/libffi"),
    Library("zlib", r"python3\d+\.dll", "Zlib", "1995-2026 Jean-loup Gailly and Mark Adler", "https://zlib.net"),
    Library("Expat", r"pyexpat\.pyd", "MIT",
            "1998-2000 Thai Open Source Software Center Ltd and Clark Cooper, 2001-2026 Expat maintainers",
            "https://github.com/libexpat/libexpat"),
    Library("bzip2", r"_bz2\.pyd", "bzip2-1.0.6", "1996-2019 Julian Seward", "https://sourceware.org/bzip2/"),
    Library("XZ Utils", r"_lzma\.pyd", "0BSD", "The XZ Utils contributors", "https://github.com/tukaani-project/xz"),
    Library("libmpdec", r"_decimal\.pyd", "BSD-2-Clause", "2008-2026 Stefan Krah",
            "https://www.bytereef.org/mpdecimal/"),
)  # fmt: skip
"""Of Python itself, as python.org builds it for Windows; elsewhere they come from the system."""

WHEELS: dict[str, tuple[Library, ...]] = {
    "pyside6_essentials": (_QT, _ICU),
    "pyside6_addons": (
        _QT,
        Library("FFmpeg", r"(lib)?(avcodec|avformat|avutil|swresample|swscale)[-.].*", "LGPL-2.1-or-later",
                "2000-2026 the FFmpeg developers", "https://download.qt.io/official_releases/qt/"),
    ),
    "soundfile": (
        Library("libsndfile", r"(lib)?sndfile.*", "LGPL-2.1-or-later", "1999-2026 Erik de Castro Lopo and others",
                "https://github.com/libsndfile/libsndfile"),
        Library("FLAC", r"(lib)?sndfile.*", "BSD-3-Clause", "2000-2009 Josh Coalson, 2011-2026 Xiph.Org Foundation",
                "https://github.com/xiph/flac"),
        Library("Ogg", r"(lib)?sndfile.*", "BSD-3-Clause", "2002-2026 Xiph.Org Foundation",
                "https://github.com/xiph/ogg"),
        Library("Vorbis", r"(lib)?sndfile.*", "BSD-3-Clause", "2002-2026 Xiph.Org Foundation",
                "https://github.com/xiph/vorbis"),
        Library("Opus", r"(lib)?sndfile.*", "BSD-3-Clause", "2001-2026 Xiph.Org Foundation, Skype Limited and others",
                "https://github.com/xiph/opus"),
        Library("mpg123", r"(lib)?sndfile.*", "LGPL-2.1-only", "1995-2026 the mpg123 project", "https://www.mpg123.de"),
        Library("LAME", r"(lib)?sndfile.*", "LGPL-2.0-or-later", "1998-2026 the LAME project",
                "https://lame.sourceforge.io"),
    ),
    "pycurl": (
        Library("libcurl", r"libcurl[-.].*", "curl", "1996-2026 Daniel Stenberg and many contributors",
                "https://github.com/curl/curl"),
        _OPENSSL,
        _ICU,
        Library("Brotli", r"(lib)?brotli.*", "MIT", "2009-2026 the Brotli Authors", "https://github.com/google/brotli"),
        Library("nghttp2", r"(lib)?nghttp2[-.].*", "MIT", "2012-2026 Tatsuhiro Tsujikawa, nghttp2 contributors",
                "https://github.com/nghttp2/nghttp2"),
        Library("nghttp3", r"(lib)?(nghttp3|sfparse)[-.].*", "MIT", "2019-2026 nghttp3 and sfparse contributors",
                "https://github.com/ngtcp2/nghttp3"),
        Library("ngtcp2", r"(lib)?ngtcp2.*", "MIT", "2016-2026 ngtcp2 contributors",
                "https://github.com/ngtcp2/ngtcp2"),
        Library("libssh2", r"libssh2[-.].*", "BSD-3-Clause",
                "2004-2007 Sara Golemon, 2005-2006 Mikhail Gusarov, 2006-2007 The Written Word, Inc., 2007 Eli Fant, "
                "2009-2026 Daniel Stenberg, 2008-2009 Simon Josefsson, 2000 Markus Friedl, 2015 Microsoft Corp.",
                "https://github.com/libssh2/libssh2"),
        Library("libpsl", r"(lib)?psl-.*", "MIT", "2014-2026 Tim Rühsen, 2014-2015 the Chromium Authors",
                "https://github.com/rockdaboot/libpsl"),
        Library("zlib", r"(libz|z|zlib1?)[-.].*", "Zlib", "1995-2026 Jean-loup Gailly and Mark Adler",
                "https://zlib.net"),
        Library("libidn2", r"libidn2[-.].*", "LGPL-3.0-or-later", "2011-2026 Simon Josefsson, Tim Rühsen",
                "https://gitlab.com/libidn/libidn2"),
        Library("libunistring", r"libunistring[-.].*", "LGPL-3.0-or-later", "2001-2026 Free Software Foundation, Inc.",
                "https://www.gnu.org/software/libunistring/"),
        Library("MIT Kerberos", r"lib(com_err|gssapi_krb5|k5crypto|krb5|krb5support)[-.].*", "MIT",
                "1985-2026 the Massachusetts Institute of Technology", "https://web.mit.edu/kerberos/"),
    ),
    "numpy": (
        Library("OpenBLAS", r"lib(scipy_)?openblas.*", "BSD-3-Clause", "2011-2026 the OpenBLAS Project",
                "https://github.com/OpenMathLib/OpenBLAS"),
        _GCC,
    ),
}  # fmt: skip
"""Of a distribution, by its normal name."""
