"""The form of a rencontre: what was done, where, with whom."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from surveys.facts import AGE_BANDS
from surveys.importing.folding import fold
from surveys.labels import MEETING_KINDS
from surveys.models import Meeting, MeetingKind, Place
from surveys.workshops import MeetingFacts

MOST_PROPOSED = 14
EARLIEST = dt.date(2000, 1, 1)
LONGEST_TEXT = 4000
_COUNT = NumberRange(0, 100_000, _l("Indiquez un nombre entier de personnes, 0 ou plus."))

_KINDS = [SelectChoice(kind.value, words) for kind, words in MEETING_KINDS.items()]
#: Proposed beside those that the consultation has met already.
PUBLICS = (
    "ASL",
    "conseil citoyen",
    "adolescents",
    "couture",
    "parents d’élèves",
    "personnes âgées",
    "demandeurs d’emploi",
    "commerçants",
    "associations",
    "bailleurs",
)


def stripped(value: str | None) -> str | None:
    """A text without the spaces around it."""
    return value.strip() if value else value


class Count(IntegerField):
    """A number of people; says in French what to write."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """An empty field is None."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            self.data = int(valuelist[0].replace("\u202f", "").replace(" ", ""))
        except ValueError:
            self.data = None
            raise ValueError(_("Indiquez un nombre entier de personnes, 0 ou plus.")) from None


class Day(DateField):
    """A day; says in French how to write it, and accepts 12/06/2023 as well."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuse in one sentence what is not a day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Indiquez un jour qui existe, par exemple 12/06/2023.")) from None


class MeetingForm(FlaskForm):
    """One rencontre; only its kind, title, day and quartier are needed to start noting."""

    client_id = HiddenField()
    title = StringField(
        _l("Titre"),
        description=_l("Par exemple : Atelier avec les couturières de Grazailles"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Donnez un titre à la rencontre.")),
            Length(max=300, message=_l("Raccourcissez le titre : 300 signes au plus.")),
        ],
    )
    kind = SelectField(
        _l("Type"), choices=[SelectChoice(kind.value, words) for kind, words in MEETING_KINDS.items()], coerce=str
    )
    day = Day(_l("Jour"), validators=[InputRequired(_l("Indiquez le jour de la rencontre."))])
    places = SelectMultipleField(
        _l("Quartiers"),
        description=_l("Ceux dont on y parle ; chaque ligne pourra en nommer un autre."),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    headcount = Count(_l("Nombre de personnes"), validators=[Optional(), _COUNT])
    women = Count(_l("dont femmes"), validators=[Optional(), _COUNT])
    men = Count(_l("dont hommes"), validators=[Optional(), _COUNT])
    location = StringField(_l("Lieu"), filters=[stripped], validators=[Length(max=300)])
    known_publics = SelectMultipleField(
        _l("Publics"),
        coerce=str,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    publics = StringField(
        _l("Autres publics"),
        description=_l("Séparez par des virgules."),
        filters=[stripped],
        validators=[Length(max=300)],
    )
    ages = StringField(
        _l("Âges, en mots"),
        description=_l("Si les personnes n’ont pas été comptées : surtout des retraités…"),
        filters=[stripped],
        validators=[Length(max=300)],
    )
    facilitators = StringField(_l("Animation"), filters=[stripped], validators=[Length(max=300)])
    method = TextAreaField(_l("Méthode"), filters=[stripped], validators=[Length(max=LONGEST_TEXT)])
    questions = TextAreaField(_l("Questions posées"), filters=[stripped], validators=[Length(max=LONGEST_TEXT)])

    def validate_day(self, field: Any) -> None:
        """A rencontre happened, or will within a year."""
        latest = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=366)
        if field.data is not None and not EARLIEST <= field.data <= latest:
            raise ValidationError(_("Vérifiez l’année : ce jour est trop loin d’aujourd’hui."))

    def validate_women(self, field: Any) -> None:
        """The parts cannot exceed the whole."""
        parts = (self.women.data or 0) + (self.men.data or 0)
        if parts > (self.headcount.data or 0):
            raise ValidationError(
                _(
                    "Femmes et hommes font %(parts)s personnes, plus que le nombre indiqué : corrigez l’un des trois.",
                    parts=parts,
                )
            )

    def validate_ages(self, _field: Any) -> None:
        """People counted by age are among those counted in all."""
        counted = sum(self[age_field(band)].data or 0 for band in AGE_BANDS)
        if counted > (self.headcount.data or 0):
            raise ValidationError(
                _("Les âges font %(counted)s personnes, plus que le nombre indiqué : corrigez-les.", counted=counted)
            )

    @property
    def bands(self) -> list[Any]:
        """The fields of the age bands, youngest first."""
        return [self[age_field(band)] for band in AGE_BANDS]


def age_field(band: str) -> str:
    """The name of the field of an age band."""
    return f"age-{band}"


for _band, _words in AGE_BANDS.items():
    setattr(MeetingForm, age_field(_band), Count(_words, validators=[Optional(), _COUNT]))


def meeting_form(
    places: Iterable[Place],
    meeting: Meeting | None = None,
    place_ids: Iterable[int] = (),
    *,
    met: Sequence[str] = (),
) -> MeetingForm:
    """The form of a new rencontre, or of one to change; `met` are the publics of the others."""
    proposed = _proposed(met, meeting.publics if meeting else ())
    if meeting is None:
        form = MeetingForm(client_id=secrets.token_hex(16), day=dt.datetime.now(dt.UTC).date())
    else:
        stored: dict[str, Any] = {name: getattr(meeting, name) for name in _SAME}
        stored |= {age_field(band): count for band, count in (meeting.age_counts or {}).items()}
        stored |= {"places": list(place_ids), "known_publics": [one for one in meeting.publics if one in proposed]}
        form = MeetingForm(data=stored | {"publics": ", ".join(one for one in meeting.publics if one not in proposed)})
    form.places.choices = [SelectChoice(place.id, place.name) for place in places]
    form.known_publics.choices = [SelectChoice(public, public) for public in proposed]
    return form


#: The fields that show a column as it is.
_SAME = (
    "client_id",
    "title",
    "kind",
    "day",
    "headcount",
    "women",
    "men",
    "location",
    "ages",
    "facilitators",
    "method",
    "questions",
)


def facts_of(form: MeetingForm, *, client_id: str) -> MeetingFacts:
    """What a valid form says."""
    return MeetingFacts(
        client_id=client_id,
        kind=MeetingKind(form.kind.data),
        title=form.title.data,
        day=form.day.data,
        place_ids=tuple(form.places.data or ()),
        location=form.location.data or "",
        publics=tuple(dict.fromkeys((*(form.known_publics.data or ()), *_listed(form.publics.data or "")))),
        headcount=form.headcount.data or 0,
        women=form.women.data,
        men=form.men.data,
        ages=form.ages.data or "",
        age_counts={band: count for band in AGE_BANDS if (count := form[age_field(band)].data) is not None},
        facilitators=form.facilitators.data or "",
        method=form.method.data or "",
        questions=form.questions.data or "",
    )


def _proposed(met: Sequence[str], own: Sequence[str]) -> list[str]:
    """The publics to tick: those of this rencontre, then those met elsewhere, then the usual ones, each spelt once."""
    spelt = {" ".join(word.rstrip("s") for word in fold(public).split()): public for public in own}
    for public in (*met, *PUBLICS):
        if len(spelt) < max(MOST_PROPOSED, len(own)):
            spelt.setdefault(" ".join(word.rstrip("s") for word in fold(public).split()), public)
    return list(spelt.values())


def _listed(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()]
