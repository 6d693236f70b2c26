"""What is printed: posters that lead to the questions, and forms filled in with a pen, as tagged PDF.

The layouts are the `.typ` files beside; `docs/decisions/0015-printing.md` says why typst.
"""

from surveys.printing.paper import PaperForm, paper_pdf
from surveys.printing.poster import Poster, poster_pdf, posters_pdf

__all__ = ["PaperForm", "Poster", "paper_pdf", "poster_pdf", "posters_pdf"]
