"""The forms of setting up; what the rules refuse is said by `surveys`, what cannot be read at all is said here."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    EmailField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextArea, TextInput

from consult.field.forms import Day, stripped
from surveys.labels import CHANNELS, PLACE_KINDS, ROLES
from surveys.models import Channel, PlaceKind, Role
from surveys.setting_up import LONGEST_INTRODUCTION
from surveys.typography import french


class Counted(TextArea):
    """A text area that says how many signs are left; a browser would cut in silence what is over."""

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        """Draw it with what its counter says."""
        words = {
            "data-most": field.flags.maxlength,
            "data-left": french(_("Signes qui restent : #")),
            "data-over": french(_("Signes de trop : #. Raccourcissez ce texte.")),
        }
        return Markup(super().__call__(field, **(kwargs | words | {"maxlength": False})))  # noqa: S704  already escaped


class Boxes(SelectMultipleField):
    """Several choices, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Inhabitants(IntegerField):
    """A number of people, however its thousands are set apart; says in French what to write."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """An empty field is None."""
        text = "".join(valuelist[0].replace("\u202f", "").split()) if valuelist else ""
        if not text:
            self.data = None
        elif text.isdecimal() and len(text) < 9:
            self.data = int(text)
        else:
            self.data = None
            raise ValueError(_("Indiquez un nombre entier d’habitants, par exemple 2140."))


TITLE = StringField(
    _l("Titre"),
    description=_l("Ce que les habitants lisent en premier. Par exemple : Contrat de ville, donnez votre avis"),
    filters=[stripped],
    validators=[
        DataRequired(_l("Donnez un titre à la consultation.")),
        Length(max=200, message=_l("Raccourcissez le titre : 200 signes au plus.")),
    ],
)
TERRITORY = StringField(
    _l("Territoire"),
    description=_l("La collectivité qui interroge, telle que les habitants l’appellent."),
    filters=[stripped],
    validators=[Length(max=200, message=_l("Raccourcissez le territoire : 200 signes au plus."))],
)


class NewForm(FlaskForm):
    """What is needed to begin."""

    title = TITLE
    territory = TERRITORY


class IdentityForm(FlaskForm):
    """Who asks, about what, and under which address."""

    title = TITLE
    territory = TERRITORY
    introduction = TextAreaField(
        _l("Introduction"),
        description=_l("Deux phrases simples : qui demande, et ce que la réponse changera."),
        filters=[stripped],
        validators=[
            Length(max=LONGEST_INTRODUCTION, message=_l("Raccourcissez l’introduction : 1 200 signes au plus."))
        ],
        widget=Counted(),
    )
    slug = StringField(
        _l("Adresse"), filters=[stripped], validators=[Length(max=60, message=_l("60 signes au plus pour l’adresse."))]
    )


class Reasoned(FlaskForm):
    """A form that asks why, once residents were told what it changes."""

    reason = StringField(
        _l("Pourquoi ce changement ?"),
        description=_l("Les habitants avaient lu autre chose : la raison est gardée dans l’historique."),
        filters=[stripped],
        validators=[Length(max=1000, message=_l("Raccourcissez la raison : 1 000 signes au plus."))],
    )


class DatesForm(Reasoned):
    """First day, last day, and how long answers are kept."""

    opens_on = Day(
        _l("Premier jour"),
        description=_l("Les habitants peuvent répondre dès minuit, une fois la consultation publiée."),
        validators=[Optional()],
    )
    closes_on = Day(
        _l("Dernier jour"), description=_l("Il est compris : on peut répondre jusqu’à minuit."), validators=[Optional()]
    )
    keep_until = Day(
        _l("Réponses gardées jusqu’au"),
        description=_l("Après ce jour, seuls les totaux restent. La notice le dit aux habitants."),
        validators=[Optional()],
    )


class ChannelsForm(FlaskForm):
    """How people can answer."""

    channels = Boxes(
        _l("Comment les habitants peuvent-ils répondre ?"),
        description=_l("Un canal de plus touche des personnes que les autres ne touchent pas."),
        choices=[SelectChoice(channel.value, CHANNELS[channel]) for channel in Channel],
    )


class LanguagesForm(FlaskForm):
    """In which languages residents read the questions, beside French."""

    languages = Boxes(
        _l("En plus du français"),
        description=_l("Chacun peut changer de langue à tout moment. Un texte non traduit reste en français."),
        choices=[
            SelectChoice("en", "Anglais (English)"),
            SelectChoice("ar", "Arabe (العربية)"),
            SelectChoice("tr", "Turc (Türkçe)"),
            SelectChoice("es", "Espagnol (Español)"),
        ],
    )


class PlaceForm(FlaskForm):
    """One quartier."""

    name = StringField(_l("Nom"), filters=[stripped], validators=[DataRequired(_l("Donnez un nom au quartier."))])
    kind = SelectField(
        _l("Type"),
        choices=[SelectChoice(kind.value, PLACE_KINDS[kind]) for kind in (PlaceKind.QPV, PlaceKind.LIVED)],
        coerce=str,
    )
    code = StringField(_l("Code"), description=_l("Celui de l’INSEE pour un QPV : QP011003."), filters=[stripped])
    population = Inhabitants(_l("Habitants"), validators=[Optional()])
    aliases = TextAreaField(
        _l("Autres noms"),
        description=_l("Un par ligne : surnoms, noms de cité, fautes fréquentes. Ils aident à le reconnaître."),
        filters=[stripped],
    )


class GroupForm(FlaskForm):
    """A territory made of quartiers."""

    name = StringField(
        _l("Nom du territoire"),
        description=_l("Par exemple : Conseil citoyen de la rive gauche"),
        filters=[stripped],
        validators=[DataRequired(_l("Donnez un nom au territoire."))],
    )
    places = Boxes(_l("Ses quartiers"), coerce=int)


class MemberForm(FlaskForm):
    """Somebody to add to the team."""

    email = EmailField(
        _l("Adresse électronique"),
        filters=[stripped],
        validators=[DataRequired(_l("Indiquez l’adresse électronique de la personne.")), Length(max=254)],
    )
    name = StringField(
        _l("Prénom et nom"),
        description=_l("Utile seulement pour un nouveau compte."),
        filters=[stripped],
        validators=[Length(max=200, message=_l("200 signes au plus pour le nom."))],
    )
    role = SelectField(_l("Rôle"), choices=[SelectChoice(role.value, ROLES[role]) for role in Role], coerce=str)


class PosterForm(FlaskForm):
    """Where a poster hangs."""

    label = StringField(
        _l("Lieu de l’affiche"),
        description=_l("Par exemple : Arrêt de bus du Viguier"),
        filters=[stripped],
        validators=[DataRequired(_l("Dites où l’affiche est accrochée."))],
    )
    place = SelectField(
        _l("Quartier"), description=_l("Il sera proposé à qui scanne l’affiche."), coerce=str, choices=[]
    )
    questionnaire = SelectField(
        _l("Questionnaire"), description=_l("Celui que l’affiche ouvre."), coerce=str, choices=[]
    )


class ReopenForm(Reasoned):
    """A new last day, and why."""

    closes_on = Day(_l("Nouveau dernier jour"), validators=[Optional()])


class WaveForm(FlaskForm):
    """The next wave."""

    title = TITLE
    wave = StringField(
        _l("Nom de la vague"),
        description=_l("Court : une année, « avant travaux »…"),
        filters=[stripped],
        validators=[Length(max=80, message=_l("80 signes au plus."))],
    )
