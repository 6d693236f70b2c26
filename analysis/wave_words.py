"""What two waves say side by side, in French, by fixed rules; the subject is who answered, never the inhabitants."""

from __future__ import annotations

from analysis.french import capital, listed, noun, quote
from analysis.palette import percent
from analysis.waves import Apart, Compared, Comparison, Why, points
from surveys.words import _

#: A share moves in a title from this many points.
FAR = 10


def title(compared: Comparison) -> str:
    """What moved most, when it moved by much; no more is said of two voluntary samples."""
    if not compared.shares_compare:
        return _("Trop peu de réponses pour comparer les parts des deux vagues")
    moved = [(abs(points(one) or 0), one.theme.id, one) for one in compared.themes if one.theme.parent is None]
    if not moved or max(one[0] for one in moved) < FAR:
        return _("D’une vague à l’autre, aucun thème ne bouge de %(points)s points ou plus", points=FAR)
    found = max(moved, key=lambda one: one[:2])[2]
    theme = noun(found.theme.label)
    shares = _(
        "de %(before)s à %(after)s des réponses",
        before=percent(found.before.share or 0),
        after=percent(found.after.share or 0),
    )
    return f"{capital(theme.text)} {theme.verb(_('passe'), _('passent'))} {shares}"


def apart_words(one: Apart) -> str:
    """Why a theme does not compare, as the end of a sentence."""
    match one.why:
        case Why.NEW:
            return _("n’était pas dans le plan de la vague précédente")
        case Why.DETAILED:
            return _("distingué depuis\u00a0: compté dans %(theme)s", theme=quote(one.inside))
        case Why.RETIRED:
            return _("n’est plus dans le plan")


def why_words(one: Compared) -> str:
    """What a theme holds in both waves beside its own name; "" when nothing happened to it."""
    said = []
    if one.was:
        said.append(_("d’abord %(name)s", name=quote(one.was)))
    if one.merged:
        said.append(_("avec %(names)s, réunis", names=listed([quote(name) for name in one.merged])))
    if one.split:
        said.append(_("partagé depuis en %(names)s, additionnés", names=listed([quote(name) for name in one.split])))
    return ", ".join(said)
