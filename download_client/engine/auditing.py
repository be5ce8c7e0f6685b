"""Writes into the archive's audit record who did what; the record itself is `archive.audit`'s, no rule lives here."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from datetime import datetime

from download_client.archive import Archive, Deed, DeedKind
from download_client.engine.request import Result
from download_client.errors import MirError
from download_client.model import Me

_log = logging.getLogger(__name__)

_IDS_AN_ENTRY = 500
"""So that no line grows without bound."""


class RunAudit:
    """One run in the record: that it began, and how it ended with what it placed."""

    def __init__(self, archive: Archive, me: Me) -> None:
        self._archive = archive
        self._me = me

    def begins(self, run_id: int, *, kind: str, repaired: Sequence[str], at: datetime) -> None:
        """Before anything is fetched. What a run that was killed had placed is taken in. Raises DiskError."""
        facts: dict[str, int | str] = {"what": "repair" if repaired else kind}
        parts = _parts(tuple(repaired)) or [()]
        self._archive.audit.write(
            *(self._deed(DeedKind.BEGIN, at, run_id, facts, ids=ids, tells=ids is parts[0]) for ids in parts)
        )

    def ends(self, result: Result, *, at: datetime) -> None:
        """Where the disk does not let it be written the next entry speaks of what this run placed."""
        facts: dict[str, int | str] = {
            "phase": result.phase.value,
            "listed": result.listed,
            "archived": result.archived,
            "skipped": result.skipped,
            "open": result.unfinished,
            "refused": result.refused,
            "bytes": result.bytes,
        }
        if result.error is not None:
            facts["code"] = result.error.code
        try:
            self._archive.audit.write(self._deed(DeedKind.END, at, result.run_id, facts, tells=True))
        except MirError as error:
            _log.info("run %s: its end is not in the audit record: %s", result.run_id, error.code)

    def _deed(
        self,
        kind: DeedKind,
        at: datetime,
        run_id: int,
        facts: dict[str, int | str],
        *,
        ids: tuple[str, ...] = (),
        tells: bool,
    ) -> Deed:
        me = self._me
        return Deed(
            kind,
            at,
            user_id=me.user.user_id,
            account_id=me.account.account_id,
            access=me.access_level.value,
            local=computer_account(),
            run=run_id,
            ids=ids,
            facts=facts,
            tells=tells,
        )


def exported(archive: Archive, recordings: Sequence[str], *, me: Me | None, at: datetime) -> None:
    """What is about to be copied out. An archive that may only be read keeps no record of it, and says nothing."""
    facts: dict[str, int | str] = {"recordings": len(recordings)}
    deeds = [
        Deed(
            DeedKind.EXPORT,
            at,
            user_id=me.user.user_id if me is not None else "",
            account_id=archive.identity.account_id,
            access=me.access_level.value if me is not None else "",
            local=computer_account(),
            ids=ids,
            facts=facts,
        )
        for ids in _parts(tuple(recordings))
    ]
    try:
        if deeds:
            archive.audit.write(*deeds)
    except MirError as error:
        _log.info("an export is not in the audit record: %s", error.code)


def local_deed(
    archive: Archive,
    kind: DeedKind,
    *,
    facts: dict[str, int | str],
    at: datetime,
    rewritten: dict[str, int] | None = None,
) -> Deed:
    """Something that this computer does without asking the service; it speaks of what the manifest has gained."""
    account = archive.identity.account_id
    who = computer_account()
    return Deed(kind, at, account_id=account, local=who, facts=facts, tells=True, rewritten=rewritten or {})


def computer_account() -> str:
    """Which account of this computer this process runs as: its number (uid) or SID, never its name."""
    if sys.platform == "win32":
        return _sid()
    return f"uid:{os.getuid()}"


def _parts(ids: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [ids[at : at + _IDS_AN_ENTRY] for at in range(0, len(ids), _IDS_AN_ENTRY)]


def _sid() -> str:
    """Source: OpenProcessToken, GetTokenInformation (TokenUser), ConvertSidToStringSidW (Microsoft Learn)."""
    if sys.platform != "win32":
        return ""
    import ctypes
    from ctypes import wintypes

    query, token_user = 0x0008, 1
    advapi, kernel = ctypes.WinDLL("advapi32"), ctypes.WinDLL("kernel32")
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    advapi.OpenProcessToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE))
    token = wintypes.HANDLE()
    if not advapi.OpenProcessToken(kernel.GetCurrentProcess(), query, ctypes.byref(token)):
        return ""
    try:
        buffer, length = ctypes.create_string_buffer(256), wintypes.DWORD()
        if not advapi.GetTokenInformation(token, token_user, buffer, len(buffer), ctypes.byref(length)):
            return ""
        sid = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_void_p))[0]
        text = wintypes.LPWSTR()
        advapi.ConvertSidToStringSidW.argtypes = (ctypes.c_void_p, ctypes.POINTER(wintypes.LPWSTR))
        if not advapi.ConvertSidToStringSidW(sid, ctypes.byref(text)):
            return ""
        said = text.value or ""
        kernel.LocalFree.argtypes = (ctypes.c_void_p,)
        kernel.LocalFree(text)
        return said
    finally:
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        kernel.CloseHandle(token)
