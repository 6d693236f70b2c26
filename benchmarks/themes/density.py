"""Run in an environment of its own: UMAP then HDBSCAN, as BERTopic sets them. Arguments: vectors, result, seed."""

import sys

import hdbscan  # type: ignore[import-not-found]  # not a dependency of the product
import numpy as np
import umap  # type: ignore[import-not-found]  # not a dependency of the product

given, made, seed = sys.argv[1:]
reduced = umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=int(seed))
clusters = hdbscan.HDBSCAN(min_cluster_size=10, metric="euclidean", cluster_selection_method="eom")
np.save(made, clusters.fit_predict(reduced.fit_transform(np.load(given))))
