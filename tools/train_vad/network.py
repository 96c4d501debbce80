"""The network in torch, and what the program needs of it."""
import numpy as np
import torch
from torch import nn

INPUT_NAMES = ["20 bands under loudest", "20 bands over floor", "level under loudest",
               "level over floor", "span", "flux", "periodicity", "flatness"]
DEFINITIONS = 1  # kVadDefinitions: raised whenever what the inputs mean has changed.
INPUTS, DENSE, CELLS, CONVOLUTION_HOPS = 46, 32, 24, 3


class GruSteps(torch.autograd.Function):
    """The recurrence of nn.GRU with its gradient by hand: a third of the time of torch's own on a
    processor, because all that does not depend on the step before is done for all steps at once.

    gates [hops, batch, 3 cells]: the input's part; returns the states [hops, batch, cells].
    """

    @staticmethod
    def forward(ctx, gates, weight, bias):
        hops, batch, cells = gates.shape[0], gates.shape[1], weight.shape[1]
        states = gates.new_zeros(hops + 1, batch, cells)
        reset_update = gates.new_empty(hops, batch, 2 * cells)
        new, new_part = gates.new_empty(2, hops, batch, cells)
        transposed = weight.t().contiguous()
        for t in range(hops):
            part = torch.addmm(bias, states[t], transposed)
            torch.add(gates[t, :, :2 * cells], part[:, :2 * cells], out=reset_update[t]).sigmoid_()
            new_part[t] = part[:, 2 * cells:]
            torch.addcmul(gates[t, :, 2 * cells:], reset_update[t, :, :cells], new_part[t],
                          out=new[t]).tanh_()
            torch.lerp(new[t], states[t], reset_update[t, :, cells:], out=states[t + 1])
        ctx.save_for_backward(weight, states, reset_update, new, new_part)
        return states[1:]

    @staticmethod
    def backward(ctx, grad):
        weight, states, reset_update, new, new_part = ctx.saved_tensors
        cells = weight.shape[1]
        reset, update = reset_update[..., :cells], reset_update[..., cells:]
        by_new = (1 - update) * (1 - new * new)
        by_update = (states[:-1] - new) * update * (1 - update)
        by_reset = by_new * new_part * reset * (1 - reset)
        by_part = torch.stack([by_reset, by_update, by_new * reset], 2)
        state_grads = torch.empty_like(grad)
        carried = torch.zeros_like(grad[0])
        for t in range(len(grad) - 1, -1, -1):
            here = torch.add(carried, grad[t], out=state_grads[t])
            to_part = (by_part[t] * here.unsqueeze(1)).view(len(here), -1)
            carried = torch.addmm(here * update[t], to_part, weight)
        part_grads = (by_part * state_grads.unsqueeze(2)).flatten(2).flatten(0, 1)
        gate_grads = torch.cat([by_reset * state_grads, by_update * state_grads,
                                by_new * state_grads], 2)
        return gate_grads, part_grads.t() @ states[:-1].flatten(0, 1), part_grads.sum(0)


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
        gates = nn.functional.linear(x.transpose(0, 1), self.gru.weight_ih_l0, self.gru.bias_ih_l0)
        states = GruSteps.apply(gates, self.gru.weight_hh_l0, self.gru.bias_hh_l0)
        return self.output(states).squeeze(2).transpose(0, 1)


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
