"""Scores on voices that a model did not hear."""

import numpy as np

import dataset
import model
import score_tables
import scored_clips
import speaker_bootstrap

LENGTHS_S = (1.0, 1.5, 2.0)
LENGTH_LEAST_S = 2.0  # Lengths are compared on the clips that hold as much speech. Few acted clips hold 3 s.


def clip_scores(trained, rows, with_usual):
    """{clip: log-odds per head}: the mean over the windows that the program pools."""
    rows, odds = model.judged(trained.log_odds, rows.take(rows.scored), with_usual)
    return {c: odds[rows.clip == c].mean(0) for c in np.unique(rows.clip)}


def scores_of_lengths(trained, rows, with_usual):
    """{name: {clip: log-odds per head}} after the first seconds of speech alone, and as the program pools them.

    All on the same clips: those of at least LENGTH_LEAST_S of speech. `rows`: of one line, none live.
    """
    long_enough = np.unique(rows.clip[rows.speech_s >= LENGTH_LEAST_S - 1e-3])
    all_rows = rows.take(np.isin(rows.clip, long_enough))
    rows, odds = model.judged(trained.log_odds, all_rows, with_usual)
    out = {f"first_{seconds:g}_s": {} for seconds in LENGTHS_S}
    for clip in np.unique(rows.clip):
        mine = np.flatnonzero(rows.clip == clip)
        for seconds in LENGTHS_S:
            first = mine[rows.speech_s[mine] <= seconds + 1e-3]
            if len(first):
                out[f"first_{seconds:g}_s"][clip] = odds[first[-1]]
    everywhere = set.intersection(*(set(scores) for scores in out.values()))
    out = {name: {c: scores[c] for c in everywhere} for name, scores in out.items()}
    whole = clip_scores(trained, all_rows, with_usual)
    out["whole_clip"] = {c: whole[c] for c in everywhere}
    return out


def scored(scores, clips, snr_db=None):
    """The table of clip_scores: what score_tables.py reads. `snr_db`: render.noise_of, for a noisy line."""
    return scored_clips.from_clips(scores, clips, dataset.HEADS, snr_db)


def corpus_table(scores, clips):
    """AUC of the heads, of anger against ordinary speech, and recall at 5 % false alarms, by corpus; and the mean."""
    mine = scored(scores, clips)
    table = score_tables.figures(mine, speaker_bootstrap.Draws(mine.corpus, mine.speaker, draws=0))
    return {corpus: {name: float(figure[0]) for name, figure in row.items()} for corpus, row in table.items()}


def show(title, table):
    print(title, flush=True)
    for group, row in table.items():
        figures = [f"{name} {100 * value:5.1f}" for name, value in row.items()]
        print(f"  {group:14s}", *figures, flush=True)


def speaker_folds(clips, folds=5):
    """{speaker: fold}, each corpus spread evenly."""
    out = {}
    for group in sorted({c.group for c in clips}):
        for i, speaker in enumerate(sorted({c.speaker for c in clips if c.group == group})):
            out[speaker] = i % folds
    return out
