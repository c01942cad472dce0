"""The Web Annotation Data Model of 2017: which JSON is an annotation, a page or a collection of them. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from articles.annotations.shapes import (
    AnnotationRefused,
    Check,
    count,
    inside,
    iri,
    language,
    members,
    moment,
    one,
    one_of,
    some,
    text,
    types_of,
    values_of,
)

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = (
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
)  # fmt: skip
SETS = {"Choice", "Composite", "List", "Independents"}
SPECIFIC = {"source", "selector", "state", "styleClass", "renderedVia", "scope"}


def _motivation(value: Any, where: str) -> None:
    """One of the words for why an annotation was made, or the address of another reason."""
    if value not in MOTIVATIONS:
        iri(value, where)


def _named(shape: Check) -> Check:
    """The address of something, or the thing itself."""

    def checked(value: Any, where: str) -> None:
        (iri if isinstance(value, str) else shape)(value, where)

    return checked


# Shapes that are parts of themselves.


def _inner_selector(value: Any, where: str) -> None:
    _selector(value, where)


def _inner_refinement(value: Any, where: str) -> None:
    _refinement(value, where)


def _inner_resource(value: Any, where: str) -> None:
    _resource(value, where)


_agent = _named(
    members(
        {
            "id": one(iri),
            "type": some(text),
            "name": some(text),
            "nickname": one(text),
            "email": some(iri),
            "email_sha1": some(text),
            "homepage": some(iri),
        }
    )
)
_ABOUT: Mapping[str, Check] = {
    "id": one(iri),
    "creator": some(_agent),
    "generator": some(_agent),
    "created": one(moment),
    "modified": one(moment),
    "generated": one(moment),
    "audience": some(_named(members({"id": one(iri), "type": some(text)}))),
    "accessibility": some(text),
    "rights": some(iri),
    "canonical": one(iri),
    "via": some(iri),
    "format": some(text),
    "language": some(language),
    "processingLanguage": one(language),
    "textDirection": one(one_of("ltr", "rtl", "auto")),
    "purpose": some(_motivation),
}
_OF_SELECTORS: Mapping[str, Check] = {
    "FragmentSelector": members({"value": one(text), "conformsTo": one(iri)}, needed={"value"}),
    "CssSelector": members({"value": one(text)}, needed={"value"}),
    "XPathSelector": members({"value": one(text)}, needed={"value"}),
    "TextQuoteSelector": members({"exact": one(text), "prefix": one(text), "suffix": one(text)}, needed={"exact"}),
    "TextPositionSelector": members({"start": one(count), "end": one(count)}, needed={"start", "end"}),
    "DataPositionSelector": members({"start": one(count), "end": one(count)}, needed={"start", "end"}),
    "SvgSelector": members({"value": one(text), "id": one(iri)}),
    "RangeSelector": members(
        {"startSelector": one(_inner_selector), "endSelector": one(_inner_selector)},
        needed={"startSelector", "endSelector"},
    ),
}
_OF_STATES: Mapping[str, Check] = {
    "TimeState": members(
        {
            "sourceDate": some(moment),
            "sourceDateStart": one(moment),
            "sourceDateEnd": one(moment),
            "cached": some(iri),
        }
    ),
    "HttpRequestState": members({"value": one(text)}, needed={"value"}),
}


def _typed(kinds: Mapping[str, Check]) -> Check:
    """Something of exactly one of these kinds, perhaps refined; of a kind that is not among them its kind alone."""
    about = members({"id": one(iri), "refinedBy": some(_inner_refinement)})

    def checked(value: Any, where: str) -> None:
        about(value, where)
        types = types_of(value, where)
        if not types and "id" not in value:
            raise AnnotationRefused(inside(where, "type"), _l("this is missing"))
        if len(types) > 1:
            raise AnnotationRefused(inside(where, "type"), _l("there can be one only"))
        for each in types & kinds.keys():
            kinds[each](value, where)

    return _named(checked)


_selector = _typed(_OF_SELECTORS)
_state = _typed(_OF_STATES)
_refinement = _typed({**_OF_SELECTORS, **_OF_STATES})
_external = _named(members({**_ABOUT, "type": some(text)}, needed={"id"}))
_textual = members({**_ABOUT, "value": one(text), "format": one(text), "language": one(language)}, needed={"value"})
_specific = members(
    {
        **_ABOUT,
        "source": one(_external),
        "selector": some(_selector),
        "state": some(_state),
        "styleClass": some(text),
        "renderedVia": some(_named(members({"id": one(iri), "type": some(text)}))),
        "scope": some(_external),
    },
    needed={"source"},
)
_set = members({**_ABOUT, "items": some(_inner_resource)}, needed={"items"})


def _whole(value: Any, where: str) -> None:
    """What an object is: a set, words, a part or state of something, or the thing itself."""
    if not isinstance(value, dict):
        raise AnnotationRefused(where, _l("this is neither an address nor an object"))
    types = types_of(value, where)
    if len(types & SETS) > 1:
        raise AnnotationRefused(inside(where, "type"), _l("there can be one only"))
    if types & SETS or "items" in value:
        _set(value, where)
    elif "SpecificResource" in types or SPECIFIC & value.keys():
        _specific(value, where)
    elif "TextualBody" in types or "value" in value:
        _textual(value, where)
    else:
        _external(value, where)


_resource = _named(_whole)
_stylesheet = _named(members({"id": one(iri), "type": some(text), "value": one(text)}))
_annotation = members(
    {
        **_ABOUT,
        "body": some(_resource),
        "bodyValue": one(text),
        "target": some(_resource),
        "motivation": some(_motivation),
        "stylesheet": one(_stylesheet),
    },
    needed={"id", "target"},
)


def _one_annotation(value: Any, where: str) -> None:
    _annotation(value, where)
    if "Annotation" not in types_of(value, where):
        raise AnnotationRefused(inside(where, "type"), _l("this has to be Annotation"))
    if values_of(value.get("body")) and values_of(value.get("bodyValue")):
        raise AnnotationRefused(inside(where, "bodyValue"), _l("there is a body already"))


_page = members(
    {
        "id": one(iri),
        "partOf": one(_named(members({"id": one(iri)}))),
        "items": some(_one_annotation),
        "next": one(_named(members({"id": one(iri)}))),
        "prev": one(_named(members({"id": one(iri)}))),
        "startIndex": one(count),
    },
    needed={"id"},
)
_collection = members(
    {
        **_ABOUT,
        "label": some(text),
        "total": one(count),
        "first": one(_named(_page)),
        "last": one(_named(_page)),
    },
    needed={"id"},
)


def annotations_of(document: str) -> list[dict[str, Any]]:
    """Return the annotations in a JSON-LD document: one, a list of them, a page, or a collection with its first page.

    Raises AnnotationRefused when it is none of these. Pages elsewhere are not fetched.
    """
    try:
        data = json.loads(document, parse_constant=_no_number, object_pairs_hook=_no_twins)
        return [found for each in values_of(data) for found in _of_document(each)]
    except RecursionError:
        raise AnnotationRefused("", _l("It is nested too deeply.")) from None
    except json.JSONDecodeError as error:
        raise AnnotationRefused("", _l("This is no JSON: line %(line)s cannot be read.", line=error.lineno)) from None


def _no_number(_name: str) -> None:
    raise AnnotationRefused("", _l("This is no JSON: one of its numbers is none."))


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise AnnotationRefused(next(name for name in names if names.count(name) > 1), _l("this stands there twice"))
    return found


def _of_document(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, dict):
        raise AnnotationRefused("", _l("This is no annotation."))
    contexts = values_of(value.get("@context"))
    if CONTEXT not in contexts:
        raise AnnotationRefused("@context", _l("this has to be %(address)s", address=CONTEXT))
    types = types_of(value, "")
    if "AnnotationCollection" in types:
        _collection(value, "")
        first = values_of(value.get("first"))
        return [found for page in first if isinstance(page, dict) for found in values_of(page.get("items"))]
    if "AnnotationPage" in types:
        _page(value, "")
        return values_of(value.get("items"))
    _one_annotation(value, "")
    return [value]
