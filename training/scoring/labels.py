"""Labels and predictions as read from JSONL, and which prediction is of which labelled document."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

# The names by which labels tell what is visible, where they differ from the vocabulary.
_VISIBLE = {
    "number": frozenset({"invoice_number", "order_number"}),
    "po": frozenset({"purchase_order_reference"}),
}
# Kinds of the labels that the vocabulary counts under another.
_KINDS = {"purchase_order_change": "purchase_order"}
ROW_COLUMNS = ("description", "quantity", "unit_price", "net_amount")
"""The columns that must agree, where they are labelled, for a row to count as right."""


class FilesDoNotMatch(ValueError):
    """Predictions and labels speak of different files; the message names them."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of one document. `hidden` names fields and `lines.<column>` that its page does not show."""

    file: str
    kind: str
    group: str
    fields: Mapping[str, str]
    lines: tuple[Mapping[str, str], ...]
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Prediction:
    """What an extractor said of one document."""

    file: str
    kind: str | None
    fields: Mapping[str, str]
    lines: tuple[Mapping[str, str], ...]
    from_einvoice: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """Labelled documents with their predictions (several where a file was split), and predictions of no label."""

    pairs: tuple[tuple[Label, tuple[Prediction, ...]], ...]
    strays: tuple[str, ...] = ()

    @property
    def unanswered(self) -> tuple[str, ...]:
        return tuple(label.file for label, predictions in self.pairs if not predictions)


def read_labels(path: Path) -> list[Label]:
    """Read labelled documents. Raises ValueError, naming the line, where one is no label."""
    return [_label(row, where) for where, row in _rows(path)]


def read_predictions(path: Path) -> list[Prediction]:
    """Read objects of the extraction contract (see `pipeline.domain.contract`), or such with plain strings as values.

    Raises ValueError, naming the line, where one is none.
    """
    return [_prediction(row, where) for where, row in _rows(path)]


def pair(labels: Iterable[Label], predictions: Iterable[Prediction]) -> Pairing:
    """Give each label its predictions: the paths agree in all components that both have, counted from the end.

    Raises FilesDoNotMatch where a path fits several labels equally well, or where no prediction fits any label.
    """
    labels = list(labels)
    found: dict[str, list[Prediction]] = defaultdict(list)
    strays: list[str] = []
    for prediction in predictions:
        fitting = [label.file for label in labels if _same_path(label.file, prediction.file)]
        if len(fitting) > 1:
            raise FilesDoNotMatch(
                f"{prediction.file} may be {' or '.join(fitting)}. Give the predictions' paths with their folders."
            )
        if fitting:
            found[fitting[0]].append(prediction)
        else:
            strays.append(prediction.file)
    if labels and not found:
        raise FilesDoNotMatch(
            f"No prediction is of a labelled document. Predictions: {_some(strays)}. "
            f"Labels: {_some([label.file for label in labels])}."
        )
    return Pairing(tuple((label, tuple(found[label.file])) for label in labels), tuple(strays))


def _same_path(one: str, other: str) -> bool:
    a, b = PurePath(one).parts, PurePath(other).parts
    shared = min(len(a), len(b))
    return shared > 0 and a[-shared:] == b[-shared:]


def _some(files: list[str]) -> str:
    return ", ".join(files[:3]) + (" …" if len(files) > 3 else "") if files else "none"


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{where}: no JSON object ({error}).") from error
            if not isinstance(row, dict) or not isinstance(row.get("file"), str):
                raise ValueError(f'{where}: an object with a "file" was expected.')
            yield where, row


def _label(row: Mapping[str, object], where: str) -> Label:
    kind = str(row.get("kind"))
    return Label(
        file=str(row["file"]),
        kind=_KINDS.get(kind, kind),
        group=str(row.get("layout_group") or row["file"]),
        fields=_values(row.get("fields"), where),
        lines=_line_values(row.get("lines"), where),
        hidden=_hidden(row.get("visible_in_text")),
    )


def _prediction(row: Mapping[str, object], where: str) -> Prediction:
    kind = row.get("kind")
    value = kind.get("value") if isinstance(kind, dict) else kind
    return Prediction(
        file=str(row["file"]),
        kind=str(value) if value is not None else None,
        fields=_values(row.get("fields"), where),
        lines=_line_values(row.get("lines"), where),
        from_einvoice=row.get("words_from") == "einvoice",
    )


def _values(found: object, where: str) -> dict[str, str]:
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{where}: an object of values was expected, {type(found).__name__} found.")
    values = {name: v.get("value") if isinstance(v, dict) else v for name, v in found.items()}
    return {name: str(v) for name, v in values.items() if v is not None and str(v) != ""}


def _line_values(found: object, where: str) -> tuple[Mapping[str, str], ...]:
    if found is None:
        return ()
    if not isinstance(found, list):
        raise ValueError(f"{where}: a list of lines was expected, {type(found).__name__} found.")
    return tuple(_values(line, where) for line in found)


def _hidden(visible: object) -> frozenset[str]:
    """Return what a page does not show. Descriptions or amounts of lines that it shows only in part are not scored."""
    if not isinstance(visible, dict):
        return frozenset()
    unseen = [_VISIBLE.get(name, frozenset({name})) for name, seen in visible.items() if seen is False]
    hidden = set().union(*unseen)
    if _partly(visible.get("line_desc")):
        hidden.add("lines.description")
    if _partly(visible.get("line_amounts")):
        hidden.add("lines.net_amount")
    return frozenset(hidden)


def _partly(share: object) -> bool:
    return isinstance(share, int | float) and not isinstance(share, bool) and share < 1
