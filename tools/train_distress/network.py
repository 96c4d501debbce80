"""The networks: [functionals, difference to the usual, usual known] -> heads."""

import dataclasses

import numpy as np
import torch

import corpora
import dataset

INPUT_LIMIT = 4.0  # distress_network.cpp


@dataclasses.dataclass
class Settings:
    first: int = 160
    second: int = 48
    dropout: float = 0.25
    input_dropout: float = 0.1
    epochs: int = 14
    batch: int = 1024
    rate: float = 2e-3
    decay: float = 1e-3
    known_share: float = 0.65  # Of the samples that have a usual, these see it.
    call_weight: float = 4.0
    emotion_weight: float = 0.4
    members: int = 3


@dataclasses.dataclass
class Scaling:
    centre: np.ndarray
    scale: np.ndarray
    step_scale: np.ndarray

    def apply(self, x, usual, known):
        a = np.clip((x - self.centre) * self.scale, -INPUT_LIMIT, INPUT_LIMIT)
        b = np.clip((x - usual) * self.step_scale, -INPUT_LIMIT, INPUT_LIMIT) * known[:, None]
        return np.concatenate([a, b, known[:, None]], 1).astype(np.float32)


def fit_scaling(rows, weight, usual, known, unused):
    """`unused`: functionals that only count as a difference to the usual."""
    centre = np.average(rows.x, 0, weight)
    deviation = np.sqrt(np.average((rows.x - centre) ** 2, 0, weight))
    step = np.sqrt(np.average((rows.x - usual)[known] ** 2, 0, weight[known]))
    scale = 1 / np.maximum(deviation, 1e-3)
    scale[unused] = 0
    return Scaling(centre.astype(np.float32), scale.astype(np.float32), (1 / np.maximum(step, 1e-3)).astype(np.float32))


class Dropout(torch.nn.Module):
    """torch.nn.Dropout from the bytes of NumPy's generator, which are far quicker to draw on a CPU."""

    def __init__(self, share, random):
        super().__init__()
        self.least = round(share * 256)
        self.random = random

    def forward(self, x):
        if not self.training:
            return x
        kept = np.frombuffer(self.random.bytes(x.numel()), np.uint8) >= self.least
        return x * torch.from_numpy(kept.astype(np.float32) * (256 / (256 - self.least))).view(x.shape)


class Member(torch.nn.Module):
    def __init__(self, inputs, settings, random):
        super().__init__()
        self.first = torch.nn.Linear(inputs, settings.first)
        self.second = torch.nn.Linear(settings.first, settings.second)
        self.heads = torch.nn.Linear(settings.second, len(dataset.HEADS))
        self.emotions = torch.nn.Linear(settings.second, len(corpora.EMOTIONS))
        self.input_dropout = Dropout(settings.input_dropout, random)
        self.dropout = Dropout(settings.dropout, random)

    def forward(self, x):
        x = self.dropout(torch.relu(self.first(self.input_dropout(x))))
        x = self.dropout(torch.relu(self.second(x)))
        return self.heads(x), self.emotions(x)


def train_member(rows, clips, scaling, settings, seed):
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    heads, emotion = dataset.labels(rows, clips)
    weight = torch.tensor(dataset.weights(rows, clips, settings.call_weight))
    heads, emotion = torch.tensor(heads), torch.tensor(emotion)
    net = Member(2 * rows.x.shape[1] + 1, settings, random)
    optimiser = torch.optim.AdamW(net.parameters(), settings.rate, weight_decay=settings.decay)
    steps = settings.epochs * -(-len(rows.x) // settings.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, steps)
    net.train()
    for _ in range(settings.epochs):
        usual, known = dataset.baselines(rows, random)
        known &= random.random(len(known)) < settings.known_share
        inputs = torch.tensor(scaling.apply(rows.x, usual, known.astype(np.float32)))
        for batch in torch.tensor(random.permutation(len(inputs))).split(settings.batch):
            out, guess = net(inputs[batch])
            w = weight[batch]
            per_head = torch.nn.functional.binary_cross_entropy_with_logits(out, heads[batch], reduction="none")
            loss = (per_head.mean(1) * w).mean()
            acted = emotion[batch] >= 0
            loss = loss + settings.emotion_weight * (torch.nn.functional.cross_entropy(
                guess[acted], emotion[batch][acted], reduction="none") * w[acted]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return net.eval()


@dataclasses.dataclass
class Model:
    scaling: Scaling
    members: list

    def log_odds(self, x, usual, known):
        """Mean over the members, per head; not calibrated."""
        inputs = torch.tensor(self.scaling.apply(x, usual, known.astype(np.float32)))
        with torch.no_grad():
            return np.mean([member(inputs)[0].numpy() for member in self.members], 0)


def train(rows, clips, settings, unused, seed=1):
    usual, known = dataset.baselines(rows, np.random.default_rng(seed))
    weight = dataset.weights(rows, clips, settings.call_weight)
    scaling = fit_scaling(rows, weight, usual, known, unused)
    return Model(scaling, [train_member(rows, clips, scaling, settings, seed + i) for i in range(settings.members)])
