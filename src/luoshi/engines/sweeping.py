"""The loops of `sweep`, compiled by Numba; imported only where it is installed."""

from numba import njit

from luoshi.engines.kernels import COMPILED


@njit(**COMPILED)
def forward(start, tail, head, gap):
    """One walk over the arcs: no head before its tail plus the gap."""
    for k in range(tail.shape[0]):
        bound = start[tail[k]] + gap[k]
        start[head[k]] = max(start[head[k]], bound)


@njit(**COMPILED)
def backward(start, tail, head, gap):
    """The same walk from the end: no tail after its head less the gap."""
    for k in range(tail.shape[0] - 1, -1, -1):
        bound = start[head[k]] - gap[k]
        start[tail[k]] = min(start[tail[k]], bound)
