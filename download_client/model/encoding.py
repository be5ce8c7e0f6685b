"""Conversations as JSON and back, for the ledger and the manifest; not the wire form, which `api` alone knows."""

from __future__ import annotations

import msgspec

from download_client.model.conversation import Conversation

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Conversation)


def encode_conversation(conversation: Conversation) -> bytes:
    """One line of UTF-8 JSON that holds the whole conversation."""
    return _encoder.encode(conversation)


def decode_conversation(encoded: bytes | str) -> Conversation:
    """Read back `encode_conversation`.

    Raises:
        msgspec.ValidationError, msgspec.DecodeError: the text is not one of ours.

    """
    return _decoder.decode(encoded)
