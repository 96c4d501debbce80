"""Which windows sound like anything that the model was trained on (distress_range.cpp)."""

import dataclasses

import numpy as np

INPUT_LIMIT = 6.0  # distress_range.cpp
SHRINKAGE = 0.5  # Of the covariance towards its diagonal.
SHARE_WITHIN = 0.995  # Of the training windows.


@dataclasses.dataclass
class Range:
    centre: np.ndarray
    scale: np.ndarray
    weight: np.ndarray  # Makes the standardised functionals independent, of variance one; ...
    bias: np.ndarray
    limit: float  # ... the largest mean square of them.

    def distance(self, x):
        z = np.clip((x - self.centre) * self.scale, -INPUT_LIMIT, INPUT_LIMIT)
        return np.mean((z @ self.weight.T + self.bias) ** 2, 1)

    def tensors(self):
        """What the model file holds, besides the number `range_limit`."""
        return {"range.centre": self.centre, "range.scale": self.scale,
                "range.whiten.weight": self.weight, "range.whiten.bias": self.bias}


def fit_range(x, weight):
    """`x`: functionals of live windows only: those of clips are shorter, and would widen the range."""
    x, weight = x.astype(float), weight.astype(float)
    centre = np.average(x, 0, weight)
    scale = 1 / np.maximum(np.sqrt(np.average((x - centre) ** 2, 0, weight)), 1e-3)
    z = np.clip((x - centre) * scale, -INPUT_LIMIT, INPUT_LIMIT)
    mean = np.average(z, 0, weight)
    covariance = np.einsum("n,ni,nj->ij", weight / weight.sum(), z - mean, z - mean, optimize=True)
    covariance = (1 - SHRINKAGE) * covariance + SHRINKAGE * np.diag(np.diag(covariance))
    whiten = np.linalg.cholesky(np.linalg.inv(covariance)).T
    out = Range(centre, scale, whiten, -whiten @ mean, np.inf)
    distance = out.distance(x)
    order = np.argsort(distance)
    total = np.cumsum(weight[order])
    out.limit = float(distance[order][np.searchsorted(total, SHARE_WITHIN * total[-1])])
    return out
