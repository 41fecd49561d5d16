"""Does a base still know what words mean? `python -m training.base.measure FOLDER ...` prints two tables.

The likeness of a sentence and its English version is the cosine of their mean token vectors (of the text "query: " and
the sentence, as e5 is trained); it must be well above that of sentences that say something else. Tokens per word say
how much longer a pruned vocabulary makes the texts. Tables for boxes are set to zero: they are not trained yet.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from training.base.layoutlm import TABLES
from training.base.load import Encoder, load_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Please pay the invoice within thirty days.",
        "The goods were delivered on Monday.",
        "The price does not include value added tax.",
        "Your order will be shipped next week.",
        "Two chairs were damaged in transport.",
        "The bank account number is printed at the bottom of the page.",
    ),
    "da": (
        "Betal venligst fakturaen inden tredive dage.",
        "Varerne blev leveret mandag.",
        "Prisen er uden moms.",
        "Din ordre bliver sendt i næste uge.",
        "To stole blev beskadiget under transporten.",
        "Bankkontonummeret står nederst på siden.",
    ),
    "de": (
        "Bitte bezahlen Sie die Rechnung innerhalb von dreißig Tagen.",
        "Die Ware wurde am Montag geliefert.",
        "Der Preis versteht sich ohne Mehrwertsteuer.",
        "Ihre Bestellung wird nächste Woche versandt.",
        "Zwei Stühle wurden beim Transport beschädigt.",
        "Die Nummer des Bankkontos steht unten auf der Seite.",
    ),
    "fr": (
        "Veuillez payer la facture dans les trente jours.",
        "Les marchandises ont été livrées lundi.",
        "Le prix s'entend hors taxe sur la valeur ajoutée.",
        "Votre commande sera expédiée la semaine prochaine.",
        "Deux chaises ont été endommagées pendant le transport.",
        "Le numéro du compte bancaire figure en bas de la page.",
    ),
}
"""The same six sentences in four languages, of the kind that business letters hold."""


def sentence_vectors(encoder: Encoder, sentences: Sequence[str]) -> "NDArray[np.float32]":
    """Return the mean token vector of each sentence, of length 1, [sentences, width]."""
    import torch

    made = []
    for sentence in sentences:
        ids = torch.tensor([encoder.tokenizer.encode(f"query: {sentence}").ids])
        with torch.inference_mode():
            hidden = encoder.hidden(ids, torch.zeros(*ids.shape, 4, dtype=torch.long), torch.ones_like(ids))
        mean = hidden[0].mean(0)
        made.append((mean / mean.norm()).numpy())
    return np.stack(made)


def likeness(encoder: Encoder) -> dict[str, tuple[float, float]]:
    """Return by language the mean cosine of a sentence with its English version, and with the other English ones."""
    english = sentence_vectors(encoder, SENTENCES["en"])
    found = {}
    for language, sentences in SENTENCES.items():
        if language != "en":
            cosines = sentence_vectors(encoder, sentences) @ english.T
            same = np.eye(len(sentences), dtype=bool)
            found[language] = (float(cosines[same].mean()), float(cosines[~same].mean()))
    return found


def tokens_per_word(tokenizer: Any, text: str) -> float:
    """Return how many tokens a word of the text has on average; words are what blanks part."""
    words = text.split()
    return sum(len(tokenizer.encode(word, add_special_tokens=False).ids) for word in words) / len(words)


def without_boxes(encoder: Encoder) -> Encoder:
    """Set LayoutLM's tables for boxes to zero, in place."""
    import torch

    held = encoder.model.state_dict()
    with torch.no_grad():
        for name in TABLES:
            held[name].zero_()
    return encoder


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both tables for each folder."""
    parser = argparse.ArgumentParser(prog="python -m training.base.measure", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--text", type=Path, help="a text to count tokens per word in, besides the sentences")
    options = parser.parse_args(arguments)
    for folder in options.folders:
        encoder = without_boxes(load_encoder(str(folder)))
        print(f"\n{folder}\n\nlanguage | English version | other sentences | tokens per word")
        for language, (same, other) in likeness(encoder).items():
            tokens = tokens_per_word(encoder.tokenizer, " ".join(SENTENCES[language]))
            print(f"{language} | {same:.3f} | {other:.3f} | {tokens:.2f}")
        if options.text:
            print(f"{options.text}: {tokens_per_word(encoder.tokenizer, options.text.read_text('utf-8')):.2f} a word")


if __name__ == "__main__":
    main()
