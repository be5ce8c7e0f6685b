"""The sound in recordings: decoded frames, waveforms, silences, copies; it plays nothing and never writes to a source.

`Sound` answers PCM16 frames of any recording at any place, `Raised` at a higher sample rate · `read_peaks` reads a
waveform in the background and answers `Peaks`, which draw any stretch at any zoom · `columns_of` draws from the sound
itself, for stretches of seconds · `PeakStore` keeps waveforms · `silences` finds the pauses · `save_copy` writes a
part, or several, as WAV or FLAC.

What cannot be decoded here → `errors.NotPlayable`, which says whether the file is intact or damaged. A file that is not
there any more → `errors.RecordingVanished`. A drive that fails → `errors.DiskFailed`.

This room needs numpy and soundfile, which come with the window: the command line does not load it.
"""

from download_client.sound.peaks import Columns, Peaks
from download_client.sound.plain import Samples
from download_client.sound.rate import Raised
from download_client.sound.reading import columns_of, read_peaks
from download_client.sound.saving import Form, Piece, Saved, save_copy
from download_client.sound.silence import silences
from download_client.sound.sound import Sound
from download_client.sound.store import PeakStore, key_of

__all__ = [
    "Columns",
    "Form",
    "PeakStore",
    "Peaks",
    "Piece",
    "Raised",
    "Samples",
    "Saved",
    "Sound",
    "columns_of",
    "key_of",
    "read_peaks",
    "save_copy",
    "silences",
]
