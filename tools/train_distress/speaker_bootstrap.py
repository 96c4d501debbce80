"""Figures of a set of scored clips, and how sure they are: a bootstrap over its speakers.

Clips of one voice hang together, so a draw takes whole speakers, as many as there are, with repetition. A figure is
an array: first of the set as it is, then of each draw. A draw gives each speaker a count; all figures are
computed from clips weighted by these counts, all draws at once.
"""

import zlib

import numpy as np

DRAWS = 1000
INTERVAL_PERCENT = (2.5, 97.5)


class Draws:
    """The counts of every speaker of some corpora. The same speakers give the same draws, whatever is scored:
    so two models or two conditions are compared draw by draw."""

    def __init__(self, corpus, speaker, draws=DRAWS, seed=1):
        self.draws = draws
        self.speakers, self.counts = {}, {}
        for name in np.unique(corpus):
            names = np.unique(speaker[corpus == name])
            random = np.random.default_rng([seed, zlib.crc32(name.encode())])
            counts = random.multinomial(len(names), np.full(len(names), 1 / len(names)), draws)
            self.speakers[name] = names
            self.counts[name] = np.concatenate([np.ones((1, len(names)), int), counts])

    def index(self, corpus, speaker):
        """Of clips of one corpus: the column of their speakers in `counts`."""
        return np.searchsorted(self.speakers[corpus], speaker)


def auc(score, speaker, positive, negative, counts):
    """Area under the ROC curve, ties counting one half. `speaker`: columns of `counts`."""
    if not positive.any() or not negative.any():
        return np.full(len(counts), np.nan)
    speakers = counts.shape[1]
    order = np.flatnonzero(negative)[np.argsort(score[negative], kind="stable")]
    below = np.zeros((len(order) + 1, speakers))  # How many negatives of each speaker are among the lowest n.
    below[np.arange(1, len(order) + 1), speaker[order]] = 1
    below = below.cumsum(0)
    ranked = score[order]
    won = (below[np.searchsorted(ranked, score[positive], "left")]
           + below[np.searchsorted(ranked, score[positive], "right")]) / 2
    wins = np.zeros((speakers, speakers))  # Of the positives of a row's speaker over the negatives of a column's.
    np.add.at(wins, speaker[positive], won)
    total = np.einsum("di,ij,dj->d", counts, wins, counts, optimize=True)
    pairs = counts[:, speaker[positive]].sum(1) * counts[:, speaker[negative]].sum(1)
    return np.divide(total, pairs, out=np.full(len(counts), np.nan), where=pairs > 0)


def recall(score, speaker, positive, own, counts):
    """Share of the positives over the threshold that 5 % of the `own` clips pass."""
    if not positive.any() or not own.any():
        return np.full(len(counts), np.nan)
    order = np.flatnonzero(own)[np.argsort(score[own], kind="stable")]
    total = counts[:, speaker[order]].cumsum(1)
    passed = 20 * total > 19 * total[:, -1:]  # In whole numbers, so that 95 of 100 is no more than 95 %.
    threshold = score[order][np.argmax(passed, 1)]
    weight = counts[:, speaker[positive]]
    over = (score[positive][None] > threshold[:, None]) * weight
    known = (weight.sum(1) > 0) & (total[:, -1] > 0)
    return np.divide(over.sum(1), weight.sum(1), out=np.full(len(counts), np.nan), where=known)


def interval(figure):
    """(value, low, high) of a figure: 95 % of the draws lie between."""
    low, high = np.nanpercentile(figure[1:], INTERVAL_PERCENT)
    return float(figure[0]), float(low), float(high)
