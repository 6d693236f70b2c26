"""Plain ways of doing the same: nearest centroid, TF-IDF and a linear classifier, k-means, density clustering."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from analysis.encoders import encode, sentence_encoder
from analysis.text.normalise import key, restore

Rows = npt.NDArray[np.intp]
ENVIRONMENT = Path(__file__).parents[2] / ".venv-bertopic"
_PACKAGES = ("umap-learn==0.5.12", "hdbscan==0.8.44")


def vectors(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Sentence vectors as the encoder gives them."""
    return encode(sentence_encoder(), [restore(key(text)) for text in texts])


def nearest(texts: Sequence[str], groups: Sequence[Sequence[str]]) -> Rows:
    """For each text the group whose mean vector is nearest."""
    centres = np.stack([vectors(group).mean(axis=0) for group in groups])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    return np.asarray((vectors(texts) @ centres.T).argmax(axis=1), dtype=np.intp)


def linear(texts: Sequence[str], examples: Sequence[str], labels: Sequence[int]) -> Rows:
    """TF-IDF of words and pairs of words, logistic regression."""
    tfidf = TfidfVectorizer(strip_accents="unicode", ngram_range=(1, 2), sublinear_tf=True)
    model = LogisticRegression(C=10, max_iter=1000).fit(tfidf.fit_transform(examples), labels)
    return np.asarray(model.predict(tfidf.transform(texts)), dtype=np.intp)


def linear_several(
    texts: Sequence[str], examples: Sequence[str], truth: Sequence[frozenset[int]], labels: int
) -> list[frozenset[int]]:
    """The same, one classifier for each label; the best label where none is likely."""
    belongs = np.array([[label in one for label in range(labels)] for one in truth], dtype=int)
    usable = np.flatnonzero((belongs.sum(axis=0) > 0) & (belongs.sum(axis=0) < len(belongs)))
    tfidf = TfidfVectorizer(strip_accents="unicode", ngram_range=(1, 2), sublinear_tf=True)
    fitted = OneVsRestClassifier(LogisticRegression(C=10, max_iter=1000, class_weight="balanced"))
    fitted.fit(tfidf.fit_transform(examples), belongs[:, usable])
    likely = fitted.predict_proba(tfidf.transform(texts))
    return [frozenset(map(int, usable[(row >= 0.5) | (row == row.max())])) for row in likely]


def k_means(texts: Sequence[str], number: int, seed: int) -> list[int]:
    """Groups of the sentence vectors, their number being told."""
    return list(map(int, KMeans(number, n_init=3, random_state=seed).fit_predict(vectors(texts))))


def density(texts: Sequence[str], seed: int) -> list[int] | None:
    """UMAP then HDBSCAN with BERTopic's settings, -1 for outliers; None where their environment is not installed."""
    if not ENVIRONMENT.exists():
        return None
    script = Path(__file__).with_name("density.py")
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given.npy"), Path(folder, "made.npy")
        np.save(given, vectors(texts))
        command = [ENVIRONMENT / "bin" / "python", "-W", "ignore", script, given, made, str(seed)]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)  # noqa: S603 - our own script
        return list(map(int, np.load(made)))


def install() -> None:
    """Make the environment of density clustering, apart from the product's."""
    subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)  # noqa: S603 - nothing comes from outside
    subprocess.run([str(ENVIRONMENT / "bin" / "pip"), "install", "--quiet", *_PACKAGES], check=True)  # noqa: S603 - pinned
