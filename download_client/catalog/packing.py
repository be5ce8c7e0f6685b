"""Whole conversations in few bytes, as a catalog keeps them."""

from __future__ import annotations

import zlib

from download_client.model import Conversation, decode_conversation, encode_conversation

_LEVEL = 3
_ALIKE = (
    b'"channels":1,"bits_per_sample":8},"size_bytes":,"checksum":{"algorithm":"sha-256","value":"","etag":"\\""}],'
    b'"available_at":"2026-11-20T13:23:08Z","updated_at":"2026-11-20T13:23:08Z","expires_at":"2027-11-20T13:21:08Z"}'
    b'"owner_user_id":"usr-","owner_name":"","owner_email":"","owner_extension":"","groups":["Support"],"recordings":'
    b'[{"id":"rec-","sequence":1,"start_time":"2026-11-20T13:21:08Z","duration_seconds":3.0,"status":"available",'
    b'"pauses":[],"file_name":"","content_type":"audio/wav","codec":{"format_tag":7,"name":"G.711 mu-law",'
    b'"sample_rate":8000,"channels":1,"bits_per_sample":8},{"id":"cnv-","direction":"inbound","mode":"alwaysOn",'
    b'"start_time":"2026-11-20T13:21:08Z","end_time":"2026-11-20T13:21:11Z","duration_seconds":3.0,"time_zone":'
    b'"Europe/Berlin","calling_party":{"name":"","phone_number":"+49 30","unique_id":"","extension":"","user_id":""},'
    b'"called_party":{"name":"","phone_number":"-","unique_id":"","extension":"","user_id":"usr-"},"participants":'
    b'[{"name":"","phone_number":"","extension":"","user_id":""}],'
)
"""What the text of all conversations has in common: with it one takes some 300 bytes instead of 1,200."""


def pack(conversation: Conversation) -> bytes:
    """The whole conversation in few bytes."""
    packer = zlib.compressobj(_LEVEL, zdict=_ALIKE)
    return packer.compress(encode_conversation(conversation)) + packer.flush()


def unpack(packed: bytes) -> Conversation:
    """Read back `pack`."""
    return decode_conversation(zlib.decompressobj(zdict=_ALIKE).decompress(packed))
