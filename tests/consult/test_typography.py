"""Our own French sentences have French spaces; what somebody typed, a terminal and another language keep theirs."""

from __future__ import annotations

import pytest
from flask import Flask, g, render_template_string
from flask_babel import gettext as web_gettext
from flask_babel import lazy_gettext, refresh
from flask_babel import ngettext as web_ngettext

from consult import jobs
from surveys.typography import french
from surveys.words import gettext, ngettext
from tests.typography import left_plain

TYPED = "Qui ? « nous » : oui !"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Annuler ?", "Annuler\u202f?"),
        ("(lequel ?)", "(lequel\u202f?)"),
        ("« Supprimer ? »", "«\u00a0Supprimer\u202f?\u00a0»"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
        ("%(share)s %% des réponses", "%(share)s\u202f%% des réponses"),
        ("le %(day)s : %(count)s %(what)s", "le %(day)s\u00a0: %(count)s %(what)s"),
        ("à 95 %%. Un tiers", "à 95\u202f%%. Un tiers"),
        ("https://exemple.fr/?a=1;b=2 :x", "https://exemple.fr/?a=1;b=2 :x"),
        ("fichier.csv, 14:30, a:b", "fichier.csv, 14:30, a:b"),
    ],
)
def test_a_sentence_is_given_the_spaces_of_french(written: str, read: str) -> None:
    assert french(written) == read


@pytest.mark.parametrize("written", ["« Un ; deux : trois ! quatre ? 5 % »", "%(a)s %% : « %(b)s »"])
def test_giving_them_twice_changes_nothing(written: str) -> None:
    assert french(french(written)) == french(written)


def test_every_way_to_say_a_sentence_on_a_page_says_it_with_french_spaces(app: Flask) -> None:
    expected = "Version «\u00a0A\u00a0»\u00a0: vue"
    with app.test_request_context():
        for say in (gettext, web_gettext, lazy_gettext):
            assert str(say("Version « %(name)s » : vue", name="A")) == expected
        for count in (ngettext, web_ngettext):
            assert count("%(num)d vue !", "%(num)d vues !", 0, num=0) == "0 vue\u202f!"
        template = '{{ _("Version « %(name)s » : vue", name="A") }} {{ ngettext("une : %(num)s", "des : %(num)s", 2) }}'
        assert render_template_string(template) == f"{expected} des\u00a0: 2"


def test_what_was_typed_keeps_its_spaces_inside_our_sentence(app: Flask) -> None:
    with app.test_request_context():
        assert gettext("« %(name)s » retiré", name=TYPED) == f"«\u00a0{TYPED}\u00a0» retiré"
        shown = render_template_string('{{ _("« %(name)s » retiré", name=name) }}', name=TYPED)
        assert shown == f"«\u00a0{TYPED}\u00a0» retiré"


def test_a_terminal_keeps_the_spaces_of_a_keyboard(app: Flask) -> None:
    with app.app_context():
        assert gettext("Colonnes : « %(name)s »", name="a") == "Colonnes : « a »"
        assert web_gettext("Colonnes : « %(name)s »", name="a") == "Colonnes : « a »"


@pytest.mark.parametrize("language", ["en", "ar", "tr", "es"])
def test_another_language_is_given_no_french_space(app: Flask, language: str) -> None:
    with app.test_request_context():
        g.locale = language
        refresh()
        for sentence in ("Pour vous :", "Erreur :"):
            assert not set(gettext(sentence)) & {"\u00a0", "\u202f"}


def test_a_space_left_beside_a_sign_is_found_in_a_page_unless_it_was_typed() -> None:
    page = '<p>Le mot « pain » ici</p><a aria-label="Fermer ?" href="/?a ;b">ok</a><kbd>b :</kbd>'
    assert left_plain(page, "") == ["Le mot « pain » ici", "Le mot « pain » ici", "Fermer ?"]
    assert left_plain(page, "… Le mot « pain » …") == ["Fermer ?"]
    assert left_plain(page.replace("« pain »", "«\u00a0pain\u00a0»").replace(" ?", "\u202f?"), "") == []


def test_what_a_task_leaves_to_be_read_on_a_page_is_said_as_a_page_says_it(app: Flask) -> None:
    said: list[str] = []

    def tell() -> None:
        said.append(gettext("Colonnes : « %(name)s »", name=TYPED))

    jobs.task(tell)
    with app.app_context():
        jobs.enqueue(tell)
    jobs.work_off(app)
    assert said == [f"Colonnes\u00a0: «\u00a0{TYPED}\u00a0»"]
