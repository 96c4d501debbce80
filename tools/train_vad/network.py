"""The network in torch, and its file for the program."""
import json

import numpy as np
import torch
from torch import nn

INPUT_NAMES = ["20 bands under loudest", "20 bands over floor", "level under loudest",
               "level over floor", "span", "flux", "periodicity", "flatness"]
INPUTS, DENSE, CELLS, CONVOLUTION_HOPS = 46, 32, 24, 3


class Network(nn.Module):
    """Dense, causal convolution, GRU, dense: logits [batch, hops] of inputs [batch, hops, 46]."""

    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(INPUTS, DENSE)
        self.convolution = nn.Conv1d(DENSE, DENSE, CONVOLUTION_HOPS)
        self.gru = nn.GRU(DENSE, CELLS, batch_first=True)
        self.output = nn.Linear(CELLS, 1)

    def forward(self, x):
        x = torch.relu(self.dense(x)).transpose(1, 2)
        x = nn.functional.pad(x, (CONVOLUTION_HOPS - 1, 0))
        x = torch.relu(self.convolution(x)).transpose(1, 2)
        return self.output(self.gru(x)[0]).squeeze(2)


def tensors(network, mean, deviation):
    """{name: array} as the program reads them: the inputs' standardisation folded into `dense`."""
    state = {name: value.detach().numpy().astype(np.float64)
             for name, value in network.state_dict().items()}
    weight = state["dense.weight"] / deviation
    return {
        "dense.weight": weight,
        "dense.bias": state["dense.bias"] - weight @ mean,
        "convolution.weight": state["convolution.weight"].transpose(0, 2, 1).reshape(DENSE, -1),
        "convolution.bias": state["convolution.bias"],
        **{f"gru.{kind}": state[f"gru.{kind}_l0"]
           for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")},
        "output.weight": state["output.weight"],
        "output.bias": state["output.bias"],
    }


def write(path, about, arrays):
    """One line per tensor, so that a difference can be read."""
    def tensor(array):
        values = ",".join(f"{value:.7g}" for value in array.ravel())
        return f'{{"shape": {list(array.shape)}, "values": [{values}]}}'

    lines = ",\n".join(f'  "{name}": {tensor(array)}' for name, array in arrays.items())
    with open(path, "w") as file:
        file.write('{"schema": "tonecue.model/1", "name": "vad",\n'
                   f' "about": {json.dumps(about)},\n'
                   f' "strings": {{"inputs": {json.dumps(INPUT_NAMES)}}},\n'
                   f' "numbers": {{}},\n "tensors": {{\n{lines}}}}}\n')
