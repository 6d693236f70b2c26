"""A published version on paper, in any language it is translated in."""

from __future__ import annotations

from flask import Response, abort, g, request
from flask.typing import ResponseReturnValue

from consult.editor import blueprint
from consult.editor.access import ROLES, version_or_404
from consult.residents.notice import notice_in
from consult.residents.opening import with_places
from consult.security import roles
from surveys import definition, tongues
from surveys.definition import Questionnaire
from surveys.printing import PaperForm, paper_pdf
from surveys.translating import SOURCE, languages
from surveys.xlsform.tongues import NAMES


@blueprint.app_template_global()
def paper_languages(book: Questionnaire) -> list[tuple[str, str]]:
    """The languages a form can be printed in, each under the name its speakers give it."""
    return [(code, NAMES.get(code, code)) for code in languages(book)]


@blueprint.get("/<name>/versions/<int:number>/papier.pdf")
@roles(*ROLES)
def paper(slug: str, name: str, number: int) -> ResponseReturnValue:
    """The form to fill in with a pen, in French or in the language of ``?langue=``."""
    version = version_or_404(name, number)
    book = with_places(definition.load(version.definition), g.consultation)
    language = request.args.get("langue", SOURCE)
    if language not in languages(book):
        abort(404)
    form = PaperForm(
        consultation=tongues.spoken(g.consultation, language).get(g.consultation.title, g.consultation.title),
        questionnaire=book,
        name=version.name,
        version=version.version,
        digest=version.digest,
        notice=notice_in(g.consultation, language),
        closes_on=g.consultation.closes_on,
        language=language,
    )
    disposition = f'attachment; filename="{version.name}-{version.version}-{language}.pdf"'
    return Response(paper_pdf(form), mimetype="application/pdf", headers={"Content-Disposition": disposition})
