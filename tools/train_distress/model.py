"""The whole model: networks on the functionals, the network on the frames, and what makes one answer of them."""

import dataclasses

import numpy as np

import dataset
import calibrate
import network
import sequence
import voice_frames

OFFSET = 3  # Place among the terms of the fusion, after the weights of the parts; distress_network.h.
# The parts count by their spread over voices that they did not hear, in these shares; with every weight free the
# fit prefers what knows the corpora of the training best.
SHARES = {False: (1.0, 0.0, 1.0), True: (0.5, 1.0, 1.0)}


@dataclasses.dataclass
class Model:
    functionals: network.Functionals
    voice_alone: sequence.Sequence
    voice_against: sequence.Sequence
    terms: np.ndarray = None  # [without, with the usual][head][weights of the parts, OFFSET]

    def parts(self, rows, usual=None):
        """[alone, against the usual, voice][window, head]. `usual`: of every row, or None."""
        alone = self.functionals.log_odds(rows.x)
        if usual is None:
            unknown = np.zeros((len(rows.x), len(voice_frames.COMPARED)), np.float32)
            return np.stack([alone, np.zeros_like(alone),
                             self.voice_alone.log_odds(rows, unknown, np.zeros(len(rows.x), bool))])
        return np.stack([alone, self.functionals.log_odds(rows.x, usual.functionals),
                         self.voice_against.log_odds(rows, usual.frames, np.ones(len(rows.x), bool))])

    def log_odds(self, rows, usual=None):
        """[window, head of dataset.HEADS]"""
        terms = self.terms[0 if usual is None else 1]
        return np.einsum("pnh,hp->nh", self.parts(rows, usual), terms[:, :OFFSET]) + terms[:, OFFSET]

    def tensors(self):
        return ({"fusion": self.terms} | self.functionals.tensors()
                | self.voice_alone.tensors("voice_alone") | self.voice_against.tensors("voice_against"))


def train(rows, clips, kept, unused, seed=1):
    """`kept`: of the rows, those whose voices may be heard; of these the lines for training are."""
    return Model(network.train(rows.take(kept & rows.trained), clips, unused, seed),
                 sequence.train(rows, clips, kept & ~rows.live, seed, sequence.ALONE),
                 sequence.train(rows, clips, kept, seed, sequence.AGAINST))


def judged(model_of, rows, with_usual):
    """The rows that can be judged so, and what `model_of` says of them."""
    if not with_usual:
        return rows, model_of(rows, None)
    usual = dataset.baselines(rows)
    rows = rows.take(usual.known)
    return rows, model_of(rows, usual.take(usual.known))


def fit_terms(left_out, clips):
    """The terms of the fusion, and (log-odds, truth, weight) of each case and head for the calibration's figures.

    `left_out`: [(model, rows of voices that it did not hear)]. Without the usual clips are judged, with it calls: so
    on clips and on live windows.
    """
    terms = np.zeros((2, len(dataset.HEADS), OFFSET + 1))
    checks = {}
    for with_usual in (False, True):
        parts, heads, weight = [], [], []
        for model, rows in left_out:
            rows, odds = judged(model.parts, rows.take(rows.trained & rows.scored & (rows.live == with_usual)), with_usual)
            parts.append(odds)
            heads.append(dataset.labels(rows, clips)[0])
            weight.append(dataset.weights(rows, clips, network.AGAINST.call_weight))
        parts, heads, weight = np.concatenate(parts, 1), np.concatenate(heads), np.concatenate(weight)
        for h, head in enumerate(dataset.HEADS):
            asked = ~np.isnan(heads[:, h]) & (weight > 0)
            shares = np.array(SHARES[with_usual]) / np.maximum(parts[:, asked, h].std(1), 1e-6)
            together = shares @ parts[:, asked, h]
            slope, offset = calibrate.logistic(together, heads[asked, h] > 0.5, weight[asked])
            terms[int(with_usual), h] = [*(slope * shares), offset]
            checks[with_usual, head] = (slope * together + offset, heads[asked, h] > 0.5, weight[asked])
    return terms, checks
