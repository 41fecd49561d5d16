"""Proves the truth: `python -m training.synthesize.prove --count 2000` re-reads the labelled values of documents.

For each seed: every printed value has words; the words under a mark, read back by `pipeline.domain.money` and `dates`
with the document's convention, give the value it was made from; the words are those of the PDF with the marks still in
it. Also counts the drafts that the generator threw away because they could not be read back. Exit code 1 where a
document is wrong.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context

from rich.console import Console
from rich.progress import track

from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile
from training.synthesize.generate import Draft, generate_with_proof

_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Proof:
    """What one document's proof found: how many values it checked, drafts thrown away, and what is wrong."""

    seed: int
    kind: str
    language: str
    values: int
    drafts: int
    mistakes: tuple[str, ...]


def prove(seed: int) -> Proof:
    """Check one document."""
    made, drafts = generate_with_proof(seed)
    document = made.document
    found = list(made.mistakes)
    if len(document.tags) != sum(len(page.words) for page in document.pages):
        found.append("tags and words are not of the same number")
    if not same_words_with_marks(made):
        found.append("the marks change how the words are read")
    return Proof(seed, document.kind.value, document.language, len(made.tagged.printed), drafts, tuple(found))


def same_words_with_marks(made: Draft) -> bool:
    """Say whether the marked PDF reads exactly as the one without marks."""
    read = FileReader(ocr=None, sandbox=False).read(SourceFile("marked.pdf", "application/pdf", made.marked_pdf))
    return isinstance(read, Document) and read.pages == made.document.pages


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.synthesize.prove", description="Re-read labelled words.")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    console = Console(highlight=False, soft_wrap=True)
    seeds = range(options.seed, options.seed + options.count)
    with get_context("spawn").Pool(options.workers) as pool:
        work = pool.imap(prove, seeds, chunksize=8)
        proofs = list(track(work, "Proving", options.count, console=Console(stderr=True)))
    wrong = [proof for proof in proofs if proof.mistakes]
    for proof in wrong[:_MOST_SHOWN]:
        console.print(f"seed {proof.seed} ({proof.kind}, {proof.language}): {proof.mistakes[0]}", markup=False)
    console.print(
        f"{len(proofs)} documents, {sum(p.values for p in proofs)} printed values: {len(wrong)} documents wrong."
    )
    console.print(f"{sum(p.drafts for p in proofs)} drafts could not be read back and were drawn anew.")
    console.print(f"Kinds: {dict(Counter(p.kind for p in proofs))}", markup=False)
    console.print(f"Languages: {dict(Counter(p.language for p in proofs))}", markup=False)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
