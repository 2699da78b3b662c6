"""A copy of a Word file with some parts changed. The others keep their compressed bytes, order and times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from copy import copy

_LOCAL_HEADER = 30
_LENGTHS = slice(26, 30)  # of the name and the extra field of a local header
_HAS_DESCRIPTOR = 0x8
_OLDEST = (1980, 1, 1, 0, 0, 0)


def copied(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return a zip file with some parts changed, by their names; new parts follow the others."""
    out = io.BytesIO()
    left = dict(changed)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = left.pop(entry.filename, None)
            if content is None:
                _add_compressed(new, out, entry, _compressed(data, entry))
            else:
                new.writestr(copy(entry), content, compress_type=entry.compress_type)
        for name, content in left.items():
            new.writestr(zipfile.ZipInfo(name, _OLDEST), content, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _compressed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    lengths = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER][_LENGTHS]
    start = entry.header_offset + _LOCAL_HEADER + sum(int.from_bytes(lengths[at : at + 2], "little") for at in (0, 2))
    return data[start : start + entry.compress_size]


def _add_compressed(archive: zipfile.ZipFile, out: io.BytesIO, entry: zipfile.ZipInfo, content: bytes) -> None:
    """Add a part to an archive as it is compressed elsewhere, for which ``zipfile`` has no function."""
    added = copy(entry)
    added.flag_bits &= ~_HAS_DESCRIPTOR  # the sizes stand before the content
    added.header_offset = out.tell()
    out.write(added.FileHeader())
    out.write(content)
    archive.filelist.append(added)
    archive.NameToInfo[added.filename] = added
    archive.start_dir = out.tell()
