"""Every sentence that the pages of figures, the slides and the texts write of one reading."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from analysis import channel_words, choice_words, findings, place_sentences, sentences, stamp, verbatims
from analysis.briefing import Briefing, brief
from analysis.channels import carried
from analysis.concordance import concordance
from analysis.couleur import couleur
from analysis.disclosure import Shown
from analysis.report.slides import words as slide_words
from tests.analysis import written_next
from tests.analysis.drawn import Case
from tests.analysis.linter import Sentence, lede, title


def written(case: Case) -> Iterator[Sentence]:
    """Every sentence of the pages, the slides, the files and the restitution of one reading."""
    briefing = brief(case.material, k=case.k, choice=case.choice)
    yield from said(briefing)
    yield from _themes(briefing)
    yield from _found(briefing, case)
    yield from _quartiers(briefing, case)
    yield from _channels(briefing, case)
    yield from _texts(case)
    yield from written_next.written(briefing, case)


def said(briefing: Briefing) -> Iterator[Sentence]:
    """The pages « Ce qui a été dit » and « Par quartier », and the foot of all pages."""
    ranked = sentences.ranking(briefing.said.themes)
    share = ranked[0][1].share if ranked else None
    yield title(sentences.said_title(briefing), share=share)
    yield title(slide_words.ranking_title(briefing), share=share)
    yield title(sentences.quartier_title(briefing))
    yield lede(sentences.said_lede(briefing))
    yield lede(sentences.quartier_lede(briefing))
    yield lede(sentences.unsorted(briefing))
    yield lede(sentences.channels_note(briefing))
    yield lede(sentences.foot(briefing))
    yield lede(slide_words.left_out(briefing.said.themes))
    yield Sentence(stamp.frozen_words(briefing.provenance))
    for opened in briefing.said.opened:
        yield title(sentences.themes_title(opened.themes, opened.speakers))


def _themes(briefing: Briefing) -> Iterator[Sentence]:
    everything = briefing.said.themes
    for row, cell in everything.column():
        masked = cell.shown is Shown.MASKED
        yield lede(sentences.theme_lede(briefing, row.code), masked=masked)
        yield lede(sentences.question_lede(cell, cell), masked=masked)
        yield title(slide_words.theme_title(briefing, row.code, row.label), share=cell.share)
        if cell.count:
            yield Sentence(slide_words.theme_base(briefing, row.code))
    shown = [(row.code, row.label) for row, cell in sentences.ranking(everything)]
    for pair in zip(shown[::2], shown[1::2], strict=False):
        yield title(slide_words.themes_title_of(briefing, pair))


def _found(briefing: Briefing, case: Case) -> Iterator[Sentence]:
    done = briefing.done
    large = dataclasses.replace(done, persons=case.chance.randrange(100_000), lines=case.chance.randrange(100_000))
    for one in (briefing, dataclasses.replace(briefing, done=large)):
        yield title(findings.done_title(one))
        yield lede(findings.done_lede(one))
        yield lede(sentences.said_lede(one))
    yield title(findings.heard_title(briefing))
    yield title(findings.timeline_title(done.timeline))
    yield title(findings.meetings_title(done.meetings))
    for profile in (done.by_channel, done.by_quartier, done.by_age, done.by_sex, done.by_public):
        yield title(findings.profile_title(profile))
    for closed in briefing.said.closed:
        yield title(findings.closed_title(closed))
    yield lede(choice_words.choice_sentence(case.choice))
    yield from (Sentence(words) for words in choice_words.choice_words(case.choice))


def _quartiers(briefing: Briefing, case: Case) -> Iterator[Sentence]:
    for place in case.material.quartiers if not case.choice.quartier else ():
        own = couleur(case.reader, briefing.by_quartier, place)
        here = brief(case.material, k=case.k, choice=dataclasses.replace(case.choice, quartier=place)).done
        doubtful = case.chance.choice((0, 7, 12))
        yield title(place_sentences.title(place, own))
        yield lede(place_sentences.lede(place, own))
        unknown = place_sentences.unknown(own, own=here, whole=briefing.done, doubtful=doubtful, meetings=doubtful)
        yield from (lede(one) for one in unknown)
        yield lede(place_sentences.only_words([theme.label for theme in case.material.codebook.themes[:3]]))
        yield from (Sentence(place_sentences.verdict_words(gap.verdict, 1)) for gap in (own.gaps if own else ()))
        yield from (Sentence(place_sentences.p_words(gap)) for gap in (own.gaps if own else ()))


def _channels(briefing: Briefing, case: Case) -> Iterator[Sentence]:
    found, alone = concordance(case.reader.kept, k=case.k), carried(case.reader, briefing.by_channel)
    yield title(channel_words.title(found, briefing.by_channel))
    yield lede(channel_words.lede(found, briefing.by_channel))
    yield title(channel_words.carried_title(alone))
    if found:
        yield lede(channel_words.chance(found))
        yield from (Sentence(channel_words.agreement_words(pair.tau)) for pair in found.pairs)
        yield Sentence(channel_words.between(found.w))
    yield Sentence(channel_words.carried_words(alone or ()))
    yield from (Sentence(channel_words.carried_line(one)) for one in alone or ())


def _texts(case: Case) -> Iterator[Sentence]:
    whole = brief(case.material, k=case.k)
    for theme in case.material.codebook.roots():
        for canal in ("", case.choice.canal) if case.choice.canal else ("",):
            found = verbatims.listing(case.material, whole, theme=theme.id, canal=canal)
            yield lede(verbatims.lede(found, k=case.k))
            yield lede(verbatims.refusal(found, k=case.k))
