"""How good the codings are: what people read again says it, theme by theme, channel by channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g, render_template, url_for

from analysis import quality as measures
from analysis.french import listed
from analysis.palette import percent
from analysis.quality import Agreement, Measure, Share
from consult import trust
from consult.extensions import db
from consult.filters import number
from consult.security import roles
from consult.study import blueprint
from consult.study.plan import Plan, plan_or_none
from consult.study.runs import ROLES
from consult.trust import Evidence, Trusted
from surveys import readings
from surveys.models import Theme
from surveys.words import _, ngettext


@dataclass(frozen=True)
class Line:
    """One row of a table: the ideas read, what was measured on them, and whether to be prudent."""

    label: str
    n: int
    precision: str
    recall: str
    agreement: str
    source: str = ""
    unsure: bool = False
    under: bool = False
    theme: str = ""


@blueprint.get("/qualite")
@roles(*ROLES)
def quality(slug: str) -> str:
    """Precision, recall and agreement, and what to do next."""
    plan = plan_or_none()
    if plan is None:
        return render_template("study/quality.html", slug=slug, plan=None)
    found = trust.evidence(db.session, g.consultation.id, plan.parents, with_places=True)
    return render_template(
        "study/quality.html",
        slug=slug,
        plan=plan,
        found=found,
        said=_said(plan, found),
        prudence=prudent(plan, found),
        next_step=_next(slug, plan, found),
        themes=_themes(plan, found),
        groups=[
            (_("Par canal"), _("Canal"), _groups(plan, found, by_place=False)),
            (_("Par quartier"), _("Quartier"), _groups(plan, found, by_place=True)),
        ],
        least=measures.LEAST,
    )


@blueprint.app_template_global()
def unsure_themes() -> frozenset[str]:
    """The themes whose figures carry a mark, read once for a page that asks."""
    if "unsure_themes" not in g:
        plan = plan_or_none()
        found = trust.unsure(db.session, g.consultation.id, plan.parents) if plan else frozenset[str]()
        g.unsure_themes = found
    kept: frozenset[str] = g.unsure_themes
    return kept


def unsure_words(found: Trusted) -> str:
    """Why a theme is to be read with prudence, in one sentence."""
    agreed, f1 = found.agreement.value, found.best.f1
    if agreed is not None and agreed < measures.SURE:
        return _("deux personnes qui lisent les mêmes idées ne s’accordent pas assez (%(k)s)", k=decimals(agreed))
    return _("ce qu’en ont relu des personnes ne confirme pas assez la machine (%(f)s)", f=decimals(f1))


def decimals(value: float | None) -> str:
    """0.724 → « 0,72 »."""
    return "–" if value is None else f"{value:.2f}".replace(".", ",")


def _said(plan: Plan, found: Evidence) -> str:
    """The point, in one sentence."""
    judged, drawn = (found.judged, True) if found.sample else (found.corrected, False)
    whole = measures.overall(trust.on_roots(judged, _roots(plan)))
    if whole.precision is None or whole.recall is None:
        return _("Trop peu d’idées ont été relues pour dire ce que vaut le classement.")
    words = {
        "n": number(whole.n),
        "right": percent(whole.precision.value),
        "found": percent(whole.recall.value),
    }
    if drawn:
        return _(
            "D’après %(n)s idées tirées au sort et relues, %(right)s des thèmes donnés par la machine sont justes,"
            " et elle trouve %(found)s de ceux qu’une personne donnerait.",
            **words,
        )
    return _(
        "D’après %(n)s idées relues au fil du travail, souvent les moins sûres, %(right)s des thèmes donnés par la"
        " machine sont gardés, et elle trouve %(found)s de ceux qu’une personne donne. C’est plutôt sévère :"
        " un échantillon tiré au sort dirait mieux.",
        **words,
    )


def _next(slug: str, plan: Plan, found: Evidence) -> tuple[str, str, str]:
    """What to do now: a sentence, the words of the link, its address."""
    if found.sample is None:
        return (
            _("Faites lire un même échantillon à deux personnes : 60 idées suffisent pour commencer."),
            _("Tirer un échantillon"),
            url_for("study.double", slug=slug),
        )
    if not found.twice:
        return (
            _("Une seconde personne doit lire l’échantillon : sans elle, on ne sait pas si les thèmes sont clairs."),
            _("Ouvrir l’échantillon"),
            url_for("study.double_card", slug=slug, sample_id=found.sample.id),
        )
    waiting = sum(one.disagree and not one.settled for one in readings.read_ideas(db.session, found.sample.id))
    if waiting:
        return (
            ngettext(
                "Il reste %(num)s désaccord à trancher.",
                "Il reste %(num)s désaccords à trancher.",
                waiting,
                num=waiting,
            ),
            _("Trancher"),
            url_for("study.disagreements", slug=slug, sample_id=found.sample.id),
        )
    if theme := _worst(found):
        label = plan.labels[theme]
        return (
            _("Relisez d’abord « %(label)s » : %(why)s.", label=label, why=unsure_words(found.themes[theme])),
            _("Relire ce thème"),
            url_for("study.coding", slug=slug, theme=theme),
        )
    return (
        _("Rien ne presse : continuez de relire les idées les moins sûres, puis relancez l’analyse."),
        _("Relire"),
        url_for("study.coding", slug=slug),
    )


def _worst(found: Evidence) -> str:
    """The unsure theme read most; "" when none is."""
    return max(found.unsure, key=lambda theme: (found.themes[theme].best.n, theme), default="")


def _roots(plan: Plan) -> list[str]:
    return [theme.stable_id for theme in plan.themes if theme.parent is None]


def _themes(plan: Plan, found: Evidence) -> list[Line]:
    """Every theme of the first level, and the sub-themes read enough to say something."""
    lines = []
    for theme, below in plan.tree():
        lines.append(_line(theme, found.themes[theme.stable_id]))
        lines += [
            _line(one, found.themes[one.stable_id], under=True)
            for one in below
            if found.themes[one.stable_id].best.n >= measures.LEAST
        ]
    return lines


def _line(theme: Theme, found: Trusted, *, under: bool = False) -> Line:
    best = found.best
    source = "" if not best.n else _("échantillon") if best is found.sample else _("relectures")
    return Line(
        theme.label,
        best.n,
        share(best.precision, best),
        share(best.recall, best),
        agreed(found.agreement),
        source,
        found.unsure,
        under,
        theme.stable_id,
    )


def _groups(plan: Plan, found: Evidence, *, by_place: bool) -> list[Line]:
    judged = trust.on_roots(found.judged if found.sample else found.corrected, _roots(plan))
    measured = measures.by_group(judged, lambda one: one.places if by_place else (one.channel,))
    twice = measures.agreement_by_group(
        [(places if by_place else (channel,), said) for channel, places, said in found.twice]
    )
    return [_group(name, measured, twice) for name in sorted({*measured, *twice} - {""})]


def _group(name: str, measured: Mapping[str, Measure], twice: Mapping[str, Agreement]) -> Line:
    one = measured.get(name, Measure(0, None, None))
    return Line(
        name, one.n, share(one.precision, one), share(one.recall, one), agreed(twice.get(name, Agreement(0, None)))
    )


def share(found: Share | None, measure: Measure) -> str:
    """« 84 % (76 à 90) », or why it is not said."""
    if found is None:
        return _("trop peu relues") if 0 < measure.n < measures.LEAST else "–"
    low, high = round(found.low * 100), round(found.high * 100)
    return _("%(share)s (%(low)s à %(high)s)", share=percent(found.value), low=low, high=high)


def agreed(found: Agreement) -> str:
    """« 0,72 », or why it is not said."""
    return decimals(found.value) if found.value is not None else _("trop peu relues") if found.n else "–"


def prudent(plan: Plan, found: Evidence) -> str:
    """The themes to read with prudence, named; "" when none is."""
    return listed([f"« {plan.labels[theme]} »" for theme in plan.parents if theme in found.unsure])
