"""What is printed: posters, forms filled in with a pen, the sheet that gives results back, as tagged PDF.

The layouts are the `.typ` files beside; `docs/decisions/0015-printing.md` says why typst.
"""

from surveys.printing.paper import PaperForm, paper_pdf
from surveys.printing.poster import Poster, poster_pdf, posters_pdf
from surveys.printing.restitution import Sheet, sheet_pdf

__all__ = ["PaperForm", "Poster", "Sheet", "paper_pdf", "poster_pdf", "posters_pdf", "sheet_pdf"]
