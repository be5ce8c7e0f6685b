"""The one secret of a profile, in the system keyring or nowhere; there is no plain-text fallback and never will be.

`secret` text that no printer, log or pickle shows · `vault` where one is kept, and the vault that keeps nothing ·
`system` the vault in the system keyring.
"""

from download_client.credentials.secret import Secret
from download_client.credentials.system import LONGEST_ENTRY, KeyringVault
from download_client.credentials.vault import Kept, MemoryVault, SecretKind, Vault

__all__ = ["LONGEST_ENTRY", "Kept", "KeyringVault", "MemoryVault", "Secret", "SecretKind", "Vault"]
