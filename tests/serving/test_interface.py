"""The description is of this service, and its example is one that it could give."""

import json
from dataclasses import replace
from typing import Any, cast

import pytest

from pipeline.adapters.extractor.rules import RuleExtractor
from pipeline.adapters.extractor.words import from_words, to_words
from pipeline.domain.contract import from_json, to_json
from pipeline.domain.extraction import ModelVersion
from pipeline.domain.vocabulary import HeaderField, LineColumn
from serving.interface import described, example, example_words

BARE = {"openapi": "3.0.2", "paths": {"/livez": {"get": {}}, "/metrics": {"get": {}}, "/understand": {"post": {}}}}
MODEL = ModelVersion("bilag-rules", "1")


def spec(*, keys: bool = True) -> dict[str, Any]:
    return described(BARE, "1.2.3", MODEL, keys=keys)


def operation(path: str = "/understand", *, keys: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = spec(keys=keys)["paths"][path]["post"]
    return found


def test_the_example_is_of_the_contract() -> None:
    shown = operation()["responses"]["200"]["content"]["application/json"]["example"]
    (document,) = shown["documents"]
    assert document == to_json(example())
    assert to_json(from_json(document)) == document
    assert shown["model"] == {"name": "bilag-rules", "version": "1"}


def test_every_key_of_the_example_is_described() -> None:
    schemas = spec()["components"]["schemas"]
    document = to_json(example())
    assert document.keys() <= schemas["Document"]["properties"].keys()
    assert set(schemas["Document"]["required"]) <= document.keys()
    fields = document["fields"]
    assert isinstance(fields, dict)
    for field in fields.values():
        assert field.keys() <= schemas["Field"]["properties"].keys()


def test_the_whole_vocabulary_is_described() -> None:
    properties = spec()["components"]["schemas"]["Document"]["properties"]
    assert list(properties["fields"]["properties"]) == [name.value for name in HeaderField]
    assert list(properties["lines"]["items"]["properties"]) == [column.value for column in LineColumn]


def test_every_reference_leads_somewhere() -> None:
    whole = spec()

    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [ref for child in node.values() for ref in references(child)]
        return [ref for child in node for ref in references(child)] if isinstance(node, list) else []

    found = references(whole)
    assert found
    for reference in found:
        assert reference.rpartition("/")[2] in whole["components"]["schemas"]


@pytest.mark.parametrize("keys", [True, False])
@pytest.mark.parametrize("path", ["/understand", "/predict"])
def test_a_key_is_asked_for_where_there_are_keys(path: str, keys: bool) -> None:
    assert ("401" in operation(path, keys=keys)["responses"]) is keys
    assert ("security" in operation(path, keys=keys)) is keys
    assert ("securitySchemes" in spec(keys=keys)["components"]) is keys


def test_it_is_json_and_says_its_version() -> None:
    assert json.loads(json.dumps(spec()))["info"]["version"] == "1.2.3"
    assert list(spec()["paths"]) == ["/understand", "/predict", "/livez", "/metrics"]


def test_the_example_of_words_can_be_sent_and_read() -> None:
    shown = operation("/predict")["requestBody"]["content"]["application/json"]["example"]
    document = from_words(json.loads(json.dumps(shown)))
    assert document == example_words()
    read = RuleExtractor().extract(document)
    assert read.value(HeaderField.INVOICE_NUMBER) == "471102"
    answer = operation("/predict")["responses"]["200"]["content"]["application/json"]["example"]
    assert to_json(from_json(answer)) == answer


def test_every_key_of_the_words_is_described_and_no_other() -> None:
    """What the description names is what the codec takes: it refuses every other key."""
    schemas = spec()["components"]["schemas"]
    whole = to_words(replace(example_words(), file_pages=2))
    assert schemas["Words"]["properties"].keys() == whole.keys()
    assert set(schemas["Words"]["required"]) <= whole.keys()
    least = {key: value for key, value in whole.items() if key in schemas["Words"]["required"]}
    assert from_words(least).pages == example_words().pages
    (page,) = cast("list[dict[str, Any]]", whole["pages"])
    assert schemas["WordsPage"]["properties"].keys() == page.keys()
