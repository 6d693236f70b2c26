"""The forms of the plan; what a plan refuses is said by `surveys.planning`."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from consult.study.plan import Plan
from surveys.models import Theme
from surveys.planning.sheets import Sheet

#: The colours of themes as they are called; their values are those of static/css/tokens.css.
COLOURS = {
    "securite": _l("Bordeaux"),
    "proprete": _l("Vert"),
    "mobilite": _l("Bleu"),
    "cadre": _l("Ocre"),
    "sante": _l("Violet"),
    "commerce": _l("Ardoise"),
    "lien": _l("Terre cuite"),
    "autre": _l("Gris"),
}


class Lines(TextAreaField):
    """A list written one a line."""

    def process_data(self, value: Iterable[str] | None) -> None:
        """Show what is stored."""
        self.data = "\n".join(value or ())

    @property
    def lines(self) -> tuple[str, ...]:
        """What was written."""
        return tuple((self.data or "").splitlines())


class SheetForm(FlaskForm):
    """The sheet of a theme."""

    #: What the sheet was when it was shown: somebody else may have changed it since.
    seen = HiddenField()
    label = StringField(
        _l("Nom"), description=_l("Un groupe nominal, dans les mots de la collectivité."), render_kw={"maxlength": 300}
    )
    parent = SelectField(_l("Place dans le plan"), validate_choice=False)
    definition = TextAreaField(_l("Définition"), description=_l("Une phrase : tout ce que le thème contient."))
    excludes = Lines(
        _l("Ce qui n’est pas ici"),
        description=_l("Une ligne par confusion possible, qui dit où va ce qui n’est pas dans ce thème."),
    )
    examples = Lines(
        _l("Exemples"),
        description=_l("Un par ligne, comme les gens les écrivent : c’est ce qui aide le plus l’analyse."),
    )
    keywords = Lines(
        _l("Mots-clés"), description=_l("Un par ligne : les mots qui suffisent, seuls, à reconnaître ce sujet.")
    )
    colour = RadioField(
        _l("Couleur"),
        description=_l("Celle du thème sur toutes les pages ; un sous-thème prend celle de son thème."),
        choices=[SelectChoice(name, words) for name, words in COLOURS.items()],
        default="autre",
        validate_choice=False,
    )

    def offer(self, plan: Plan, found: Theme | None) -> None:
        """Fill in where the theme may go: nothing has sub-themes twice."""
        above = found.parent if found else None  # a plan read from a file may be deeper than two levels
        held = found is not None and above is None and bool(plan.below(found.stable_id))
        homes = [one for one in plan.themes if (one.parent is None or one.stable_id == above) and one is not found]
        under = [SelectChoice(one.stable_id, _("Sous « %(label)s »", label=one.label)) for one in homes]
        self.parent.choices = [SelectChoice("", _("Premier niveau")), *([] if held else under)]
        if held:
            self.parent.description = _("Ce thème a des sous-thèmes : il reste au premier niveau tant qu’il en a.")

    def sheet(self) -> Sheet:
        """What was written, as it was written."""
        return Sheet(
            label=self.label.data or "",
            parent=self.parent.data or None,
            definition=self.definition.data or "",
            excludes=self.excludes.lines,
            examples=self.examples.lines,
            keywords=self.keywords.lines,
            colour=self.colour.data or "",
        )


class MergeForm(FlaskForm):
    """Which theme stays, and what it takes over."""

    into = SelectField(_l("Le thème qui reste"), validate_choice=False)
    name = BooleanField(_l("Reprendre le nom, comme exemple"), default=True)
    examples = BooleanField(_l("Reprendre les exemples"), default=True)
    keywords = BooleanField(_l("Reprendre les mots-clés"), default=True)

    def offer(self, plan: Plan, found: Theme) -> None:
        """Every other theme, each under its own."""
        below = {found.stable_id, *plan.below(found.stable_id)}
        offered = [
            SelectChoice(theme.stable_id, theme.label, optgroup=first.label)
            for first, under in plan.tree()
            for theme in (first, *under)
            if theme.stable_id not in below
        ]
        self.into.choices = [SelectChoice("", _("Choisissez…"), optgroup=""), *offered]


class PlanFileForm(FlaskForm):
    """A plan brought as a file."""

    file = FileField(_l("Fichier du plan"), description=_l("Un fichier .yaml, comme celui que l’on télécharge ici."))
