"""The form of a follow-up; what cannot be kept is said by `surveys.followup`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from analysis.followups import WORDS, Stage
from consult.converters import LARGEST_KEY
from consult.field.forms import Day
from consult.study.plan import Plan
from surveys.followup import Facts
from surveys.models import FollowUpState, Place, PlaceKind

#: A place whose people nobody knows is no place to promise anything to.
NOT_OFFERED = frozenset({PlaceKind.UNKNOWN, PlaceKind.BETWEEN, PlaceKind.OUTSIDE})


class Seen(IntegerField):
    """The revision a page was made from; what is no number is no revision."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Never refused in words: nobody typed it."""
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isdecimal() and len(text) < 10 else 0


class FollowUpForm(FlaskForm):
    """One follow-up, from the proposal to the answer given."""

    client_id = HiddenField()
    seen = Seen(validators=[Optional()])
    proposal = StringField(
        _l("Proposition"),
        description=_l("Ce qui est demandé, en une phrase. Par exemple : Éclairer le passage de l’école"),
        render_kw={"maxlength": 300},
    )
    theme = SelectField(_l("Thème auquel elle répond"), validate_choice=False)
    places = SelectMultipleField(
        _l("Quartiers"),
        description=_l("Aucun coché : tout le territoire."),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    state = RadioField(
        _l("Où elle en est"),
        choices=[SelectChoice(stage.value, words) for stage, words in WORDS.items()],
        default=Stage.PROPOSED.value,
        validate_choice=False,
    )
    decision = TextAreaField(
        _l("Décision"),
        description=_l("Ce que le comité a décidé. Demandée dès que la suite n’est plus une proposition."),
    )
    action = TextAreaField(_l("Action"), description=_l("Ce qui est fait, concrètement."))
    owner = StringField(
        _l("Responsable"),
        description=_l("Un service, un bailleur, une association : qui en répond."),
        render_kw={"maxlength": 300},
    )
    due_on = Day(_l("Échéance"), validators=[Optional()])
    reason = TextAreaField(
        _l("Raison du refus"), description=_l("Demandée quand la suite est refusée. Les habitants la lisent.")
    )
    answer = TextAreaField(
        _l("Réponse aux habitants"),
        description=_l("Deux phrases simples, telles qu’elles seront lues dans la rue. Ne citez personne."),
    )

    def offer(self, plan: Plan | None, places: Sequence[Place]) -> None:
        """Fill in the themes and the quartiers that may be chosen."""
        tree = plan.tree() if plan else ()
        offered = [
            SelectChoice(theme.stable_id, theme.label, optgroup=first.label)
            for first, under in tree
            for theme in (first, *under)
        ]
        known = {choice.value for choice in offered}
        if self.theme.data and self.theme.data not in known:
            offered.insert(0, SelectChoice(self.theme.data, _("Thème retiré du plan"), optgroup=""))
        self.theme.choices = [SelectChoice("", _("Aucun en particulier"), optgroup=""), *offered]
        self.places.choices = [
            SelectChoice(place.id, place.name)
            for place in places
            if place.kind not in NOT_OFFERED or place.id in (self.places.data or ())
        ]

    def facts(self) -> Facts:
        """What was written, as it was written."""
        state = self.state.data if self.state.data in set(FollowUpState) else FollowUpState.PROPOSED
        return Facts(
            proposal=self.proposal.data or "",
            state=FollowUpState(state),
            theme=(self.theme.data or "")[:160],
            decision=self.decision.data or "",
            action=self.action.data or "",
            owner=self.owner.data or "",
            due_on=self.due_on.data,
            reason=self.reason.data or "",
            answer=self.answer.data or "",
            place_ids=tuple(key for key in self.places.data or () if 0 < key <= LARGEST_KEY),
        )


def empty(*, theme: str = "", places: Sequence[int] = ()) -> FollowUpForm:
    """The form of a new follow-up, under a key of its own; begun with the theme and the quartiers being looked at."""
    return FollowUpForm(formdata=None, client_id=secrets.token_hex(16), theme=theme, places=list(places))


def filled(facts: Facts, *, revision: int) -> FollowUpForm:
    """The form of a follow-up as it is kept."""
    kept = {name: getattr(facts, name) for name in ("proposal", "theme", "decision", "action", "owner", "due_on")}
    kept |= {"reason": facts.reason, "answer": facts.answer, "state": facts.state.value, "seen": revision}
    return FollowUpForm(formdata=None, places=list(facts.place_ids), **kept)
