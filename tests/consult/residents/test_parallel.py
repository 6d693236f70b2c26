"""Fifty copies of one sending at once: one answer is stored, and everyone gets its receipt."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models import Answer, Response
from tests.consult.residents.paper import filled, text_of, tree_of
from tests.consult.residents.test_answering import at_review
from tests.pages import PageCheckingClient

COPIES = 50


@pytest.mark.usefixtures("consultation")
def test_fifty_copies_of_one_sending_make_one_answer_and_one_receipt(
    app: Flask, client: PageCheckingClient, session: Session
) -> None:
    given = filled(at_review(client))
    session.close()

    def send(_: int) -> tuple[int, str]:
        # A disk that stalls is said by a 503, and the same sending is made again: it still makes one answer.
        for _try in range(5):
            answer = app.test_client().post("/c/tout/envoi", data=given)
            if answer.status_code != 503:
                break
        code = next(element for element in tree_of(answer).iter() if element.get("id") == "code")
        return answer.status_code, text_of(code)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(COPIES)))
    statuses = [status for status, _ in answers]
    assert (statuses.count(201), statuses.count(200)) == (1, COPIES - 1)
    assert len({code for _, code in answers}) == 1
    assert session.scalar(select(func.count()).select_from(Response)) == 1
    assert session.scalar(select(func.count()).select_from(Answer)) == 12
