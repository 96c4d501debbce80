"""Scores on voices that a model did not hear."""

import numpy as np

import corpora
import dataset


def auc(positive, negative):
    if len(positive) == 0 or len(negative) == 0:
        return float("nan")
    ranks = np.argsort(np.argsort(np.concatenate([positive, negative]), kind="stable"), kind="stable") + 1.0
    return (ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative))


def clip_scores(model, rows, with_usual):
    """{clip: log-odds per head}: the mean over the windows that the program pools."""
    rows = rows.take(rows.scored)
    usual, known = dataset.baselines(rows)
    if not with_usual:
        known = np.zeros_like(known)
    odds = model.log_odds(rows.x, usual, known)
    if with_usual:
        rows, odds = rows.take(known), odds[known]
    return {c: odds[rows.clip == c].mean(0) for c in np.unique(rows.clip)}


def corpus_table(scores, clips):
    """AUC of the heads, of anger against ordinary speech, and recall at 5 % false alarms, by corpus."""
    table = {}
    for group in sorted({clips[c].group for c in scores}):
        mine = [c for c in scores if clips[c].group == group]
        emotion = np.array([clips[c].emotion for c in mine])
        agitated, distress, arousal = np.array([scores[c] for c in mine]).T
        hot = np.isin(emotion, list(corpora.AGITATED))
        low = np.isin(emotion, list(corpora.DISTRESS))
        up = np.isin(emotion, list(corpora.AROUSED))
        own = np.isin(emotion, list(corpora.ORDINARY))
        limit = np.quantile(agitated[own], 0.95) if own.any() else np.inf
        table[group] = dict(
            agitated=auc(agitated[hot], agitated[~hot]), distress=auc(distress[low], distress[~low]),
            arousal=auc(arousal[up], arousal[~up]), anger=auc(agitated[emotion == "angry"], agitated[own]),
            recall=float((agitated[hot] > limit).mean()), clips=len(mine))
    names = ("agitated", "distress", "arousal", "anger", "recall")
    table["mean"] = {n: float(np.nanmean([row[n] for row in table.values()])) for n in names}
    return table


def show(title, table):
    print(title, flush=True)
    for group, row in table.items():
        figures = [f"{name} {100 * value:5.1f}" for name, value in row.items() if name != "clips"]
        print(f"  {group:14s}", *figures, flush=True)


def cues(odds, speech_s):
    """How often the cue would be raised over the windows of one voice (distress_detector.cpp)."""
    pooled, heard_s, holds, count = -2.0, 0.0, False, 0
    for value, new_s in zip(np.clip(odds, -4.6, 4.6), speech_s):
        pooled += (1 - np.exp(-new_s / 2.0)) * ((value if holds else max(value, -2.0)) - pooled)
        heard_s += new_s
        if holds:
            holds = pooled > -0.5
        elif pooled >= 0.7 and heard_s >= 1.5:
            holds = True
            count += 1
    return count


def speaker_folds(clips, folds=5):
    """{speaker: fold}, each corpus spread evenly."""
    out = {}
    for group in sorted({c.group for c in clips}):
        for i, speaker in enumerate(sorted({c.speaker for c in clips if c.group == group})):
            out[speaker] = i % folds
    return out
