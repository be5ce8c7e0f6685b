import hashlib
import tempfile
from pathlib import Path

import pytest

from mir_sandbox.audio import AudioLibrary
from mir_sandbox.corpus import open_corpus
from mir_sandbox.options import SandboxOptions
from mir_sandbox.serve import build
from tests.mir_sandbox.house import content_path, serving

KEYS = ("alaw-mono", "pcm16-8k-stereo", "gsm-mono-en", "stream-mulaw-mono")


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five files, one of them large; the index lies in a directory of its own."""
    (tmp_path / "index").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "index"))
    library = AudioLibrary()
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, key in enumerate((*KEYS, "pcm16-8k-mono")):
        variant = library.nearest(key, seconds=2 if number < 4 else 60)
        size = library.variants[variant].size
        (corpus / f"call-{number}.wav").write_bytes(library.read(f"c{number}", variant, start=0, length=size))
    return corpus


def test_each_file_is_one_recording(directory: Path) -> None:
    with serving(corpus=directory) as house:
        items = house.get("/conversations", "all", params={"pageSize": 500}).json()["items"]
        takes = {item["recordings"][0]["id"]: (item["id"], item["recordings"][0]) for item in items}
        assert sorted(takes) == [path.stem for path in sorted(directory.iterdir())]
        for path in directory.iterdir():
            conversation, take = takes[path.stem]
            content = path.read_bytes()
            stat = path.stat()
            assert take["sizeBytes"] == len(content)
            assert take["checksum"]["value"] == hashlib.sha256(content).hexdigest()
            assert take["etag"] == f'"{int(stat.st_mtime):x}-{stat.st_size:x}"', "as nginx makes it"
            answer = house.get(content_path(conversation, path.stem), "all")
            assert answer.content == content
            assert answer.headers["ETag"] == take["etag"]
            part = house.get(content_path(conversation, path.stem), "all", headers={"Range": "bytes=7-"})
            assert part.content == content[7:]
        assert {take["codec"]["formatTag"] for _, take in takes.values()} == {1, 6, 7, 49}
        assert [row["status"] for row in house.control("GET", "/truth?user=all")["recordings"]] == ["available"] * 5


def test_digests_are_remembered_outside_the_directory(directory: Path) -> None:
    before = sorted(directory.iterdir())
    first = open_corpus(directory)
    index = next((directory.parent / "index").iterdir())
    written = index.stat().st_mtime_ns
    assert open_corpus(directory) == first
    assert index.stat().st_mtime_ns == written
    assert sorted(directory.iterdir()) == before
    changed = directory / "call-1.wav"
    changed.write_bytes(changed.read_bytes() + b"more")
    again = open_corpus(directory)
    assert again.files["call-1"].sha256 == hashlib.sha256(changed.read_bytes()).hexdigest()
    assert again.files["call-0"] == first.files["call-0"]
    index.write_bytes(b"rubbish")
    assert open_corpus(directory) == again


@pytest.mark.parametrize(("name", "content"), [("no id.wav", b""), ("text.wav", b"not a sound")])
def test_what_cannot_be_served_is_refused(directory: Path, name: str, content: bytes) -> None:
    (directory / name).write_bytes(content)
    with pytest.raises(ValueError, match=name):
        build(SandboxOptions(corpus=directory))
