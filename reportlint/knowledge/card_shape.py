"""What a rule card must contain. Only what reads cards from YAML imports this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from reportlint.errors import Mistake
from reportlint.knowledge.declared import Accepts, At, FileStyle, Fits, Matches, OneOf, Says
from reportlint.knowledge.levels import CHECKED_KINDS, Confidence, Severity, Stage
from reportlint.knowledge.web_address import is_address

_STAGES = tuple(stage.value for stage in Stage)
_KINDS = tuple(kind.value for kind in CHECKED_KINDS)
_SEVERITIES = (*(severity.value for severity in Severity), "off")
_CODE = "is not a rule code: use two to eight capital letters and three digits (HSE001)"
_NAME = "is not a rule name: use lower-case letters, digits and hyphens (no-lamps)"


def _without_english(texts: Mapping[str, str]) -> str:
    return "" if "en" in texts else "the English text (en) is missing"


_EACH = Says("expected a text for each language (en: …)")
_Texts = Annotated[Mapping[str, str], _EACH, Accepts(_without_english)]
_Variants = Annotated[
    Mapping[str, _Texts], _EACH, Fits(lambda texts: any(isinstance(text, Mapping) for text in texts.values()))
]
_OneSeverity = Annotated[
    str, OneOf(_SEVERITIES), Says("expected error, warning, info or off, or one of these for each stage")
]
_SeverityAtStage = Annotated[
    str, OneOf((*_SEVERITIES, "–")), Says("“{value}” is not a severity: use error, warning, info or off")
]
_Address = Annotated[str, Accepts(lambda url: "" if is_address(url) else f"“{url}” is not a web address (https://…)")]
_Kinds = Annotated[
    tuple[Annotated[str, OneOf(_KINDS, "kind of document")], ...],
    Says(f"expected a list of kinds of documents ({', '.join(_KINDS)})"),
]


@dataclass(frozen=True, kw_only=True)
class AuthorityShape:
    text: str | Mapping[str, str]
    url: _Address = ""


@dataclass(frozen=True, kw_only=True)
class ExampleShape:
    fails: str | None = None
    passes: str | None = None
    language: str | None = None
    at: str | None = None
    stage: Annotated[str, OneOf(_STAGES, "stage")] | None = None
    path: str | None = None
    with_: Any = None

    def mistakes(self, at: At) -> Iterator[Mistake]:
        drafts = [draft for draft in (self.fails, self.passes) if draft is not None]
        if len(drafts) != 1:
            yield at("an example needs a draft under either “fails” or “passes”")
        elif self.at is not None and self.at not in drafts[0]:
            yield at("at", f"“{self.at}” does not occur in the draft")


@dataclass(frozen=True, kw_only=True)
class CardShape:
    code: Annotated[str, Matches(r"^[A-Z]{2,8}\d{3}$", _CODE), Says(f"“{{value}}” {_CODE}")]
    name: Annotated[str, Matches(r"^[a-z0-9]+(?:-[a-z0-9]+)*$", _NAME), Says(f"“{{value}}” {_NAME}")]
    check: str
    severity: Annotated[
        _OneSeverity | Mapping[Annotated[str, OneOf(_STAGES, "stage")], _SeverityAtStage | None],
        Says("expected error, warning, info or off, or one of these for each stage"),
    ]
    confidence: Annotated[
        str,
        OneOf(tuple(confidence.value for confidence in Confidence)),
        Says("“{value}” is not a confidence: use high, medium or low"),
    ]
    message: Annotated[_Variants | _Texts, _EACH]
    why: _Texts
    with_: Any = None
    overrides: Annotated[tuple[str, ...], Says("expected a list of rule codes")] = ()
    not_for: _Kinds = ()
    info_for: _Kinds = ()
    related: Annotated[Mapping[str, _Texts], _EACH] | None = None
    authority: (
        Annotated[AuthorityShape, Says("an authority needs a “text”, or one for each language, and may have a “url”")]
        | None
    ) = None
    examples: Annotated[tuple[ExampleShape, ...], Says("expected a list of examples")] = ()


CARD = Annotated[CardShape, Says("expected a card, with “code”, “name”, “check” and other keys")]
CARD_STYLE = FileStyle(empty_is_absent=True)
