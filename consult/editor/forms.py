"""The forms of the editor: a question, a page of questions, what is said of the whole."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import TextInput

from surveys.labels import CHANNELS
from surveys.models import Channel

LONGEST_TEXT = 4000
LONGEST_LABEL = 1000
LARGEST = 100_000


def _stripped(value: str | None) -> str | None:
    return value.strip().replace("\r\n", "\n") if value else value


class Amount(Field):
    """A number written the French way; says in French what to write."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:g}".replace(".", ",")

    def process_formdata(self, valuelist: list[str]) -> None:
        """An empty field is None, a round number is whole."""
        text = re.sub(r"[\s\u00a0\u202f]", "", valuelist[0] if valuelist else "").replace(",", ".")
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text):
            raise ValueError(_("Écrivez un nombre en chiffres, par exemple 12."))
        number = float(text)
        self.data = int(number) if number.is_integer() else number


class Count(Amount):
    """A whole number of 1 or more."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuse in one sentence what is not one."""
        super().process_formdata(valuelist)
        if self.data is not None and not (isinstance(self.data, int) and 1 <= self.data <= LARGEST):
            self.data = None
            raise ValueError(_("Écrivez un nombre entier, 1 ou plus."))


def _text(label: Any, *, most: int = LONGEST_TEXT, hint: Any = "", required: Any = "") -> TextAreaField:
    rules = [DataRequired(required)] if required else [Optional()]
    too_long = _l("Raccourcissez ce texte : %(most)s signes au plus.", most=most)
    return TextAreaField(
        label, description=hint, filters=[_stripped], validators=[*rules, Length(max=most, message=too_long)]
    )


class QuestionSheet(FlaskForm):
    """Everything that can be set of a question; what its kind has not is taken away before it is drawn."""

    seen = HiddenField()
    label = _text(_l("Question"), most=LONGEST_LABEL, required=_l("Écrivez la question."))
    help = _text(_l("Aide sous la question"))
    options = Field(_l("Réponses"))
    rows = Field(_l("Lignes à juger"))
    maximum = Amount(_l("Nombre de réponses au plus"), validators=[Optional()])
    minimum = Amount(_l("Minimum"), validators=[Optional()])
    unit = StringField(_l("Unité"), filters=[_stripped], validators=[Length(max=40)])
    whole = BooleanField(_l("Nombre entier seulement"))
    max_length = Count(_l("Longueur permise, en signes"), validators=[Optional()])
    role = SelectField(
        _l("Ce que dit le quartier"),
        choices=[
            SelectChoice("habite", _l("où la personne habite")),
            SelectChoice("frequente", _l("où elle va ou travaille")),
            SelectChoice("parle-de", _l("celui dont elle parle")),
        ],
    )
    required = BooleanField(_l("Réponse obligatoire"))
    dont_know = BooleanField(_l("Proposer « Je ne sais pas »"))
    may_refuse = BooleanField(_l("Proposer « Je préfère ne pas répondre »"))
    shuffled = BooleanField(
        _l("Mélanger les réponses"), description=_l("Dans un ordre différent pour chaque personne.")
    )
    figure = BooleanField(
        _l("Compter dans les résultats"), description=_l("Décochez ce qui ne sert qu’à conduire l’entretien.")
    )
    interviewer = _text(_l("Pour l’enquêteur"), hint=_l("Lu par lui seul, jamais par la personne."))
    condition = Field(_l("Quand poser cette question"))
    constraint = _text(
        _l("Contrôle de la réponse"), hint=_l("Une expression où « . » est la réponse, par exemple : . >= 18")
    )
    constraint_message = _text(_l("Phrase affichée si le contrôle échoue"))

    def keep_only(self, wanted: frozenset[str]) -> None:
        """Take away the fields that a question has not."""
        always = {"seen", "options", "rows", "condition", "csrf_token"}
        for name in [name for name in self._fields if name not in wanted | always]:
            delattr(self, name)


class SectionSheet(FlaskForm):
    """One page of questions."""

    seen = HiddenField()
    title = StringField(
        _l("Titre de la page"),
        filters=[_stripped],
        validators=[DataRequired(_l("Donnez un titre à la page.")), Length(max=300)],
    )
    help = _text(_l("Introduction"), hint=_l("Affichée sous le titre, avant les questions."))
    condition = Field(_l("Quand poser ces questions"))


def _channels() -> list[SelectChoice]:
    return [SelectChoice(channel.value, words) for channel, words in CHANNELS.items() if channel is not Channel.MEETING]


class AboutForm(FlaskForm):
    """What is said of a questionnaire beside its questions."""

    seen = HiddenField()
    title = StringField(
        _l("Titre"),
        description=_l("Lu par les personnes interrogées."),
        filters=[_stripped],
        validators=[
            DataRequired(_l("Donnez un titre au questionnaire.")),
            Length(max=300, message=_l("Raccourcissez le titre : 300 signes au plus.")),
        ],
    )
    public = StringField(
        _l("À qui"),
        description=_l("Par exemple : habitants, jeunes, acteurs."),
        filters=[_stripped],
        validators=[DataRequired(_l("Dites à qui ce questionnaire s’adresse.")), Length(max=80)],
    )
    channel = SelectField(_l("Canal principal"), choices=_channels)


class KindForm(FlaskForm):
    """A question to add: what it asks, and how it is answered."""

    label = _text(_l("Question"), most=LONGEST_LABEL, required=_l("Écrivez la question."))
    kind = RadioField(_l("Comment y répond-on ?"), validators=[InputRequired(_l("Choisissez comment on y répond."))])
    after = HiddenField()
    section = HiddenField()
