"""``python -m consult.translations``: bring the catalogues in step with the pages, and say what they lack."""

from __future__ import annotations

import sys

from consult.translations import LANGUAGES, missing, update


def main() -> int:
    """0 once nothing is missing in any language."""
    lacking = 0
    for language in LANGUAGES:
        update(language)
        sentences = missing(language)
        lacking += len(sentences)
        sys.stdout.write(f"{language} : {len(sentences)} à traduire\n")
        sys.stdout.writelines(f"  {sentence}\n" for sentence in sentences)
    return int(lacking > 0)


if __name__ == "__main__":
    sys.exit(main())
