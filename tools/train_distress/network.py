"""The networks on the functionals: some see a voice alone, some also its difference to the caller's usual."""

import dataclasses

import numpy as np
import torch

import corpora
import dataset

INPUT_LIMIT = 4.0  # distress_network.cpp
EMOTION_WEIGHT = 0.4  # Of the auxiliary head that names the emotion.


@dataclasses.dataclass
class Settings:
    first: int
    second: int
    dropout: float
    epochs: int
    call_weight: float  # Of the ordinary calls, in cells of a corpus and emotion.
    members: int
    input_dropout: float = 0.1
    batch: int = 1024
    rate: float = 2e-3
    decay: float = 1e-2


# Chosen by the mean of the corpora left out (models/distress/README.md). Those that see a voice alone learn from clips
# alone: with the ordinary calls among them, which are judged against a usual, they lose two points.
ALONE = Settings(first=144, second=48, dropout=0.3, epochs=10, call_weight=0.0, members=2)
AGAINST = Settings(first=144, second=48, dropout=0.4, epochs=8, call_weight=2.0, members=2)


@dataclasses.dataclass
class Scaling:
    centre: np.ndarray
    scale: np.ndarray
    step_scale: np.ndarray

    def alone(self, x):
        return np.clip((x - self.centre) * self.scale, -INPUT_LIMIT, INPUT_LIMIT).astype(np.float32)

    def against(self, x, usual):
        step = np.clip((x - usual) * self.step_scale, -INPUT_LIMIT, INPUT_LIMIT)
        return np.concatenate([self.alone(x), step], 1).astype(np.float32)


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

    def tensors(self, prefix):
        return {f"{prefix}.{layer}.{part}": getattr(getattr(self, layer), part).detach().numpy()
               for layer in ("first", "second", "heads") for part in ("weight", "bias")}


def loss_of(answer, emotions, heads, asked, emotion, weight):
    """`asked`: 1 where a head has an answer."""
    entropy = torch.nn.functional.binary_cross_entropy_with_logits(answer, heads, reduction="none")
    loss = ((entropy * asked).sum(1) / len(dataset.HEADS) * weight).mean()
    acted = emotion >= 0
    named = torch.nn.functional.cross_entropy(emotions[acted], emotion[acted], reduction="none")
    return loss + EMOTION_WEIGHT * (named * weight[acted]).sum() / len(emotion)


def train_member(rows, clips, draw, settings, seed):
    """`draw(random)`: the inputs of an epoch, and the rows that they belong to."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    heads, emotion = dataset.labels(rows, clips)
    asked = torch.tensor((~np.isnan(heads)).astype(np.float32))
    heads, emotion = torch.tensor(np.nan_to_num(heads)), torch.tensor(emotion)
    weight = torch.tensor(dataset.weights(rows, clips, settings.call_weight))
    inputs, of = draw(np.random.default_rng(seed))
    net = Member(inputs.shape[1], settings, random)
    optimiser = torch.optim.AdamW(net.parameters(), settings.rate, weight_decay=settings.decay)
    # Draws differ in size by a little; the schedule may end a few steps early.
    steps = settings.epochs * (-(-len(inputs) // settings.batch) + 8)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, steps)
    net.train()
    for _ in range(settings.epochs):
        inputs, of = draw(random)
        inputs, of = torch.from_numpy(inputs), torch.from_numpy(of)
        for batch in torch.tensor(random.permutation(len(inputs))).split(settings.batch):
            row = of[batch]
            loss = loss_of(*net(inputs[batch]), heads[row], asked[row], emotion[row], weight[row])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return net.eval()


@dataclasses.dataclass
class Functionals:
    """What the functionals of a window say."""

    scaling: Scaling
    alone: list
    against: list

    def log_odds(self, x, usual=None):
        """[window, head of HEADS]: the mean over the members that see the voice alone, or also its `usual`."""
        members = self.alone if usual is None else self.against
        inputs = torch.from_numpy(self.scaling.alone(x) if usual is None else self.scaling.against(x, usual))
        with torch.no_grad():
            return np.mean([member(inputs)[0].numpy() for member in members], 0)

    def tensors(self):
        out = {"centre": self.scaling.centre, "scale": self.scaling.scale, "step_scale": self.scaling.step_scale}
        for kind, members in (("alone", self.alone), ("against", self.against)):
            for m, member in enumerate(members):
                out |= member.tensors(f"{kind}{m}")
        return out


def train(rows, clips, unused, seed=1):
    usual = dataset.baselines(rows, np.random.default_rng(seed))
    scaling = fit_scaling(rows, dataset.weights(rows, clips, AGAINST.call_weight), usual.functionals, usual.known,
                          unused)
    single = rows.take(~rows.live)

    def draw_alone(random):
        return scaling.alone(single.x), np.arange(len(single.x))

    def draw_against(random):
        usual = dataset.baselines(rows, random)
        return scaling.against(rows.x[usual.known], usual.functionals[usual.known]), np.flatnonzero(usual.known)

    return Functionals(scaling,
                       [train_member(single, clips, draw_alone, ALONE, seed + m) for m in range(ALONE.members)],
                       [train_member(rows, clips, draw_against, AGAINST, seed + m) for m in range(AGAINST.members)])
