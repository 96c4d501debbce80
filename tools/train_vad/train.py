#!/usr/bin/python3
"""Trains the voice activity network: from recordings to models/vad/model.json, with one seed.

    tools/train_vad/train.py --data ../shared/data [--quick]

Speech of DATA/emotion and sounds of DATA/noise become made telephone streams (streams.py); the
program `vad_features` (built here) turns them into the detector's inputs; a small network learns
them (network.py). About 20 minutes of processor time with an optimised BLAS (Debian:
libopenblas0-serial), twice that with the reference one.
"""
import argparse
import multiprocessing
import os
import subprocess
import sys
import time

import numpy as np
import torch
from torch import nn

import card
import clips
import network
import streams

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import model_file

SEED = 20240615
LOOK_AHEAD_HOPS = 5  # kSpeechLatencyHops: the label of hop t is learnt at hop t + 5.
SEQUENCE_HOPS = 1200
NOISE_ONLY_WEIGHT = 0.3
EPOCHS, BATCH, RATE = 12, 32, 4e-3
VALIDATION_SPEAKERS = 24
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FEATURES = os.path.join(ROOT, "build", "release", "tools", "train_vad", "vad_features")


def features(samples):
    raw = subprocess.run([FEATURES], input=samples.tobytes(), check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.float32).reshape(-1, network.INPUTS)


def make(job):
    """One stream of a worker process: (inputs, labels, weights) in sequences of 12 s."""
    kind, seed, most_snr_db, good_lines = job
    rng = np.random.default_rng(seed)
    voices, noises = SOURCES[kind]
    if kind == "noise":
        samples = streams.noise_only_stream(rng, noises.recordings)
        hops = len(samples) // clips.HOP
        active, weight = np.zeros(hops, bool), np.full(hops, NOISE_ONLY_WEIGHT, np.float32)
    else:
        samples, active, weight = streams.speech_stream(rng, voices, noises, most_snr_db, good_lines)
    x = features(samples)
    y = np.concatenate([np.zeros(LOOK_AHEAD_HOPS), active[:-LOOK_AHEAD_HOPS]]).astype(np.float32)
    w = np.concatenate([np.zeros(LOOK_AHEAD_HOPS), weight[:-LOOK_AHEAD_HOPS]]).astype(np.float32)
    return tuple(a.reshape(-1, SEQUENCE_HOPS, *a.shape[1:]) for a in (x, y, w))


def make_all(jobs):
    with multiprocessing.get_context("fork").Pool(3) as pool:
        made = pool.map(make, jobs, chunksize=8)
    return [torch.from_numpy(np.concatenate([m[i] for m in made])) for i in range(3)]


def split(speech):
    """Some speakers of each corpus are kept for validation."""
    rng = np.random.default_rng(SEED)
    names = [(corpus, name) for corpus in sorted(speech) for name in sorted(speech[corpus])]
    kept = {names[i] for i in rng.choice(len(names), VALIDATION_SPEAKERS, replace=False)}
    parts = {True: {}, False: {}}
    for corpus, name in names:
        parts[(corpus, name) in kept].setdefault(corpus, {})[name] = speech[corpus][name]
    return parts[False], parts[True]


def evaluate(model, x, y, w):
    """Area under the ROC curve and loss."""
    with torch.no_grad():
        logits = torch.cat([model(part) for part in x.split(64)])
    loss = nn.functional.binary_cross_entropy_with_logits(logits, y, weight=w)
    keep = w > 0
    score, label = logits[keep], y[keep] > 0
    rank = torch.empty(len(score), dtype=torch.double)
    rank[score.argsort()] = torch.arange(1, len(score) + 1, dtype=torch.double)
    pos = label.sum().double()
    auc = (rank[label].sum() - pos * (pos + 1) / 2) / (pos * (len(score) - pos))
    return 100 * auc.item(), loss.item()


def jittered(inputs):
    """One random offset per sequence and input, and a little noise on each hop."""
    offset = 0.1 * torch.randn(len(inputs), 1, network.INPUTS)
    return inputs + offset + 0.03 * torch.randn(inputs.shape)


def train(model, data, validation):
    """AdamW under a cosine with warm-up."""
    x, y, w = data
    steps = EPOCHS * ((len(x) + BATCH - 1) // BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / 100, 1) * 0.5 * (1 + np.cos(np.pi * min(s / steps, 1))))
    for epoch in range(EPOCHS):
        begin, total = time.time(), 0.0
        for chosen in torch.randperm(len(x)).split(BATCH):
            loss = nn.functional.binary_cross_entropy_with_logits(
                model(jittered(x[chosen])), y[chosen], weight=w[chosen])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(chosen)
        print(f"epoch {epoch + 1}/{EPOCHS}: loss {total / len(x):.4f}, validation AUC %.2f loss %.4f"
              % evaluate(model, *validation), f"({time.time() - begin:.0f} s)", flush=True)


def load_sources(data):
    training, kept = split(clips.load_speech(data))
    recordings, human = clips.load_noise(data)
    sources = {}
    for kind, speech in (("speech", training), ("validation", kept)):
        voices = streams.Voices(speech)
        sources[kind] = voices, streams.NoiseMaker(voices, recordings, human)
    return {**sources, "noise": sources["speech"]}


def jobs_for(quick):
    """{part: jobs for make()}"""
    speech, noise, validation, good = (400, 250, 40, 180) if quick else (2200, 1500, 150, 1000)
    seeds = iter(np.random.SeedSequence(SEED).spawn(speech + noise + validation + good))
    return {
        "speech": [("speech", next(seeds), 30 if i < 0.64 * speech else 25, 0) for i in range(speech)],
        "noise": [("noise", next(seeds), 0, 0) for _ in range(noise)],
        "validation": [("validation", next(seeds), 25, 0) for _ in range(validation)],
        "good": [("speech", next(seeds), 30 if i < 0.64 * good else 20, 0.4) for i in range(good)],
    }


def main():
    global SOURCES
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, help="the folder that holds emotion/ and noise/")
    parser.add_argument("--out", default=os.path.join(ROOT, "models", "vad", "model.json"))
    parser.add_argument("--quick", action="store_true", help="a fifth of the streams, to try it")
    options = parser.parse_args()
    subprocess.run(["cmake", "--build", os.path.join(ROOT, "build", "release"), "--target",
                    "vad_features"], check=True, stdout=subprocess.DEVNULL)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # The steps of the recurrence are too small to share.

    begin = time.time()
    SOURCES = load_sources(options.data)
    print(f"recordings read after {time.time() - begin:.0f} s", flush=True)
    parts = {name: make_all(jobs) for name, jobs in jobs_for(options.quick).items()}
    mean, deviation = parts["speech"][0].mean((0, 1)), parts["speech"][0].std((0, 1))
    for x, _, _ in parts.values():
        x.sub_(mean).div_(deviation)
    sizes = ", ".join(f"{len(x)} {name}" for name, (x, _, _) in parts.items())
    print(f"sequences of 12 s made after {time.time() - begin:.0f} s: {sizes}", flush=True)

    # Speech in noise, on good lines, and noise alone together from the first step: in turns, each
    # wore off while the next was learnt.
    model = network.Network()
    everything = [torch.cat(same) for same in zip(parts["speech"], parts["good"], parts["noise"])]
    train(model, everything, parts["validation"])
    about = (f"trained by tools/train_vad/train.py{' --quick' if options.quick else ''}, seed {SEED}: "
             f"sequences of 12 s: {sizes}")
    area, _ = evaluate(model, *parts["validation"])
    model_file.write(options.out, name="vad", about=about, licence=card.LICENCE,
                     definitions=network.DEFINITIONS, training=card.TRAINING,
                     scores=[{"name": "streams of unheard speakers: area under the ROC curve, %",
                              "value": round(area, 1)}],
                     strings={"inputs": network.INPUT_NAMES}, numbers={},
                     tensors=network.tensors(model, mean.numpy(), deviation.numpy()))
    print(f"{options.out} written after {time.time() - begin:.0f} s")


if __name__ == "__main__":
    main()
