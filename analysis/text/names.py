"""First names, surnames and public persons, folded; first names that are also words or places are ambiguous."""

from functools import cache
from importlib import resources

from analysis.text.normalise import listed

#: Also a word, a place, a month or a plant: a name only when something else says so.
AMBIGUOUS = listed(
    """
    aime ange anis aurore avril blanche camille capucine cerise charlotte claire clement colombe constance desire
    dominique espoir eve fleur florence france gracieuse grace harmonie iris jade jasmine jordan juste laure laurier
    lourdes luc lucide marguerite marin marine martin merci mercedes modeste narcisse nice noel olive ombre orlane
    pascal paris paul pierre prudence parfait rene rose salem saturnin severe victoire violette vivienne melodie
    prune roman romane soleil tulipe victor angel angelique celeste clementine gilles hilaire lambert maximum mai
    mars normand pacifique sasha ugo zoe islam chance sultan amour aim eden emir malo may nour abel jo al amal aude
    lou garance prosper lazare fidele felicite loire gironde savoie lorraine oscar amelie elise clemence"""
)

#: Towns, countries and months: never a name on their own.
LANDS = listed(
    """
    france aude lorraine gironde savoie loire paris lourdes nice nancy avril mars noel islam salem florence jordan
    colombe amour espoir merci
    """
)


@cache
def surnames() -> frozenset[str]:
    """Surnames common in France, of every origin, folded; some are words too."""
    return listed(_read("surnames.txt"))


@cache
def public_persons() -> frozenset[str]:
    """Those whose name is no secret: whom places are called after, who holds or held a national office."""
    lines = [line for line in _read("known.txt").splitlines() if not line.startswith("#")]
    return frozenset("|".join(lines).split("|"))


def _read(name: str) -> str:
    return resources.files("analysis.text").joinpath(name).read_text(encoding="utf-8")


#: Those met in French neighbourhoods, of every origin.
FIRST_NAMES = AMBIGUOUS | listed(_read("first_names.txt"))
