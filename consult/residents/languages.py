"""The language a resident reads: the address's, else their browser's, among those the consultation offers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import g, has_request_context, request, url_for
from flask_babel import force_locale, refresh
from flask_babel import gettext as _
from markupsafe import Markup

from consult.residents import blueprint
from consult.residents.typography import french
from surveys import tongues
from surveys.definition import Questionnaire
from surveys.models import Consultation
from surveys.questions import AgeBand, Option, Question, YesNo
from surveys.translating import SOURCE, direction, in_language, texts

#: Every language of the interface, under the name its readers give it.
NAMES = {"fr": "Français", "en": "English", "ar": "العربية", "tr": "Türkçe", "es": "Español"}
PARAMETER = "langue"


def offered(consultation: Consultation) -> tuple[str, ...]:
    """The languages a consultation can be answered in, French always among them and first."""
    return tuple(code for code in NAMES if code == SOURCE or code in consultation.languages)


def current() -> str:
    """The language of the page being made."""
    return str(g.get("locale") or SOURCE)


def speak(consultation: Consultation) -> None:
    """Choose the language of this request among those of the consultation; call before the first sentence."""
    _choose(offered(consultation))
    g.town_words = tongues.spoken(consultation, current())


def speak_any() -> None:
    """The same on a page that belongs to no consultation: every language of the interface is offered."""
    _choose(tuple(NAMES))


def speak_french(consultation: Consultation) -> None:
    """The same for what is written in French alone: no other language is offered there."""
    _choose((SOURCE,))
    g.town_words = tongues.spoken(consultation, current())


def _choose(among: tuple[str, ...]) -> None:
    asked = request.args.get(PARAMETER, "") if has_request_context() else ""
    found = asked if asked in among else request.accept_languages.best_match(among) if has_request_context() else None
    g.languages, g.locale = among, found or SOURCE
    refresh()


def put(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire in the language of this request; what is still French in it is remembered, to be marked so."""
    if current() == SOURCE:
        return questionnaire
    shown = _in_our_words(in_language(questionnaire, current()))
    g.still_french = frozenset(texts(questionnaire).values()) & frozenset(texts(shown).values())
    return shown


def _in_our_words(questionnaire: Questionnaire) -> Questionnaire:
    """« Oui », « Non » and the age bands are the product's own words: translated with it, not each time."""
    words = _built_in()
    sections = tuple(
        replace(section, questions=tuple(_worded(question, words) for question in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)


def _worded(question: Question, words: dict[str, str]) -> Question:
    if not isinstance(question, YesNo | AgeBand):
        return question
    return replace(question, options=tuple(_option(option, words) for option in question.options))


def _option(option: Option, words: dict[str, str]) -> Option:
    return replace(option, label=words.get(option.label, option.label))


def _built_in() -> dict[str, str]:
    return {
        "Oui": _("Oui"),
        "Non": _("Non"),
        "Moins de 15 ans": _("Moins de 15 ans"),
        "15 à 17 ans": _("15 à 17 ans"),
        "18 à 24 ans": _("18 à 24 ans"),
        "25 à 34 ans": _("25 à 34 ans"),
        "35 à 44 ans": _("35 à 44 ans"),
        "45 à 59 ans": _("45 à 59 ans"),
        "60 à 74 ans": _("60 à 74 ans"),
        "75 ans et plus": _("75 ans et plus"),
    }


@blueprint.url_value_preprocessor
def _listen(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything can be refused, so that a refusal too is read in the language asked for."""
    asked = request.args.get(PARAMETER, "")
    g.locale = asked if asked in NAMES else None
    refresh()


@blueprint.url_defaults
def _carry(_endpoint: str, values: dict[str, Any]) -> None:
    """Every address of a page in several languages says which one it is read in."""
    if len(g.get("languages", ())) > 1:
        values.setdefault(PARAMETER, current())


@blueprint.app_context_processor
def _of_page() -> dict[str, Any]:
    language = current()
    return {
        "page_lang": language,
        "page_dir": direction(language),
        "tongues": [(code, NAMES[code]) for code in g.get("languages", ())],
        "in_tongue": in_tongue,
        "draft_words": draft_words,
        "same_page": same_page,
        "lang_of": lang_of,
    }


def in_tongue(address: str, code: str) -> str:
    """An address of ours, read in another language."""
    before, _mark, query = address.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith(f"{PARAMETER}=")]
    return f"{before}?{'&'.join([*kept, f'{PARAMETER}={code}'])}"


def draft_words() -> list[dict[str, str]]:
    """What offers a draft, in each language of the page: whoever comes back reads it in the one they answered in."""
    found = []
    for code in g.get("languages", ()):
        with force_locale(code):
            found.append(
                {
                    "code": code,
                    "dir": direction(code),
                    "title": _("Vous aviez commencé à répondre sur ce téléphone."),
                    "resume": _("Reprendre mon brouillon"),
                    "erase": _("Effacer mon brouillon"),
                }
            )
    return found


def same_page(code: str) -> str:
    """Where the page just read can be read in another language: the notice, when a form led to it."""
    values: dict[str, Any] = dict(request.view_args or {})
    if request.method == "GET" and request.endpoint:
        values |= request.args.to_dict() | {PARAMETER: code}
        return url_for(request.endpoint, **values)
    return url_for("residents.notice", slug=values["slug"], langue=code)


def lang_of(text: str) -> str:
    """The attribute that says a text of the questionnaire is still in French, where no element can stand around it."""
    return Markup(' lang="fr"') if _is_french(text) else ""


@blueprint.app_template_filter("told")
def told(text: str) -> str:
    """A text of the questionnaire: with French spaces in French, marked as French where no translation was given."""
    if current() == SOURCE:
        return french(text)
    return _marked(text) if _is_french(text) else text


@blueprint.app_template_filter("by_town")
def by_town(text: str) -> str:
    """What the town hall wrote, title, introduction or notice: translated where it is, else marked as French."""
    if current() == SOURCE:
        return french(text)
    translation: str = g.get("town_words", {}).get(text.strip(), "")
    return translation or _marked(text)


def _is_french(text: str) -> bool:
    return current() != SOURCE and text in g.get("still_french", ())


def _marked(text: str) -> str:
    return Markup('<bdi lang="fr">{}</bdi>').format(french(text)) if text else ""
