"""From log-odds that rank to probabilities that mean something (Platt's logistic)."""

import numpy as np
import scipy.optimize


def balanced(weight, positive):
    """Weights under which both answers are equally likely beforehand."""
    out = weight.astype(float).copy()
    out[positive] /= out[positive].sum()
    out[~positive] /= out[~positive].sum()
    return out


def logistic(log_odds, positive, weight):
    """Slope and offset of the best logistic, the two answers balanced."""
    w = balanced(weight, positive)
    sign = np.where(positive, 1.0, -1.0)

    def loss(p):
        return np.sum(w * np.logaddexp(0, -sign * (p[0] * log_odds + p[1])))

    return scipy.optimize.minimize(loss, [1.0, 0.0], method="Nelder-Mead").x


def calibration_error(log_odds, positive, weight, bins=10):
    """Expected calibration error: mean distance of the stated from the observed share."""
    w = balanced(weight, positive)
    p = 1 / (1 + np.exp(-log_odds))
    index = np.minimum((p * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        mine = index == b
        if mine.any():
            error += abs(np.sum(w[mine] * (p[mine] - positive[mine])))
    return error / w.sum()
