"""Does a stated probability come true? Points of the calibration curve, and their picture."""

import numpy as np

BINS = 10
SIDE_IN = 3.6


def points(log_odds, positive, weight):
    """[(stated, observed, share of the weight)] by tenths of the stated probability, both answers equally likely."""
    balanced = weight / np.where(positive, weight[positive].sum(), weight[~positive].sum())
    stated = 1 / (1 + np.exp(-log_odds))
    number = np.minimum((stated * BINS).astype(int), BINS - 1)
    out = []
    for b in range(BINS):
        mine = number == b
        total = balanced[mine].sum()
        if total > 0:
            out.append((float(np.average(stated[mine], weights=balanced[mine])),
                        float(balanced[mine & positive].sum() / total), float(total / balanced.sum())))
    return out


def draw(path, curves):
    """`curves`: {title: points}. An SVG file, the same for the same points."""
    import matplotlib
    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams.update({"svg.hashsalt": "calibration", "svg.fonttype": "none", "font.size": 9})
    figure, axes = plt.subplots(figsize=(SIDE_IN, SIDE_IN))
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1, linestyle="--")
    for (title, curve), marker in zip(curves.items(), "osd^"):
        stated, observed, share = np.array(curve).T
        line, = axes.plot(stated, observed, linewidth=1, label=title)
        axes.scatter(stated, observed, s=10 + 200 * share, marker=marker, color=line.get_color())
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="stated probability", ylabel="observed share", aspect="equal")
    axes.legend(frameon=False, loc="upper left")
    figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plt.close(figure)
