"""The sound of the made-up recordings: exact bytes, sizes and digests without a file; it neither encodes nor listens.

A `Variant` is a codec at a duration, or one of the ways in which a recording can be no sound at all. All recordings
of a variant have the same size and the same beginning; each has an end of its own that holds its id, so that no two
recordings have the same bytes. The sound is the recorded speech of `resources/speech`, said again until the call ends.
"""

from mir_sandbox.audio.library import SPEECH, AudioLibrary, Described
from mir_sandbox.audio.variants import Kind, Variant

__all__ = ["SPEECH", "AudioLibrary", "Described", "Kind", "Variant"]
