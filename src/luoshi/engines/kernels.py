"""The population search, compiled by Numba; imported only where both NumPy and Numba are installed.

Two populations of plans: one pushed to the left, one (the mirrored problem) pushed to the right.
Each generation makes children of one population as members of the other, so that every child is
also justified (Valls, Ballestin and Quintanilla 2005; Debels and Vanhoucke 2005). A child keeps a
stretch of its father's time, the busiest of three drawn, and takes the order before and after it
from its mother. What is left of the resources is kept as packed words with a guard bit above each
field: one subtraction and one mask tell whether all of them suffice.

Arrays, all 64-bit integers: `length[i]`; of one direction of time `floor[i]`, `due[i]`, arcs `ptr`,
`tail`, `gap` (start of i >= start of tail + gap, between ptr[i] and ptr[i + 1]); held words
`hold[i] .. hold[i + 1]` with `word`, `packed`; `full[w]`, `guard[w]` of each word; what is left
`left[w, day]`, full between calls; populations of starts `[member, i]` and their worths.
"""

from typing import Any

import numpy as np
from numba import njit

LATE = 1 << 24
COMPILED: dict[str, Any] = {"cache": True, "nogil": True, "boundscheck": False}


@njit(inline="always", **COMPILED)
def below(state, n):
    """A number drawn from 0 to n - 1 (xorshift)."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return np.int64((x >> np.uint64(11)) % np.uint64(n))


@njit(inline="always", **COMPILED)
def place(first, last, word, packed, guard, left, day, length):
    """The first day on or after `day` on which everything held is left for `length` days."""
    look = day
    end = day + length
    if last - first == 1:
        w, need, bits = word[first], packed[first], guard[word[first]]
        while look < end:
            if ((left[w, look] - need) & bits) != bits:
                day = look + 1
                end = day + length
            look += 1
        for look in range(day, end):
            left[w, look] -= need
    else:
        while look < end:
            for a in range(first, last):
                bits = guard[word[a]]
                if ((left[word[a], look] - packed[a]) & bits) != bits:
                    day = look + 1
                    end = day + length
                    break
            look += 1
        for a in range(first, last):
            for look in range(day, end):
                left[word[a], look] -= packed[a]
    return day


@njit(**COMPILED)
def decode(order, length, floor, due, ptr, tail, gap, hold, word, packed, full, guard, start, left):
    """Serial schedule generation of one order; fills `start`, answers lateness and length."""
    late = 0
    span = 0
    for q in range(order.shape[0]):
        i = order[q]
        day = floor[i]
        for k in range(ptr[i], ptr[i + 1]):
            bound = start[tail[k]] + gap[k]
            if bound > day:
                day = bound
        if length[i] > 0 and hold[i + 1] > hold[i]:
            day = place(hold[i], hold[i + 1], word, packed, guard, left, day, length[i])
        start[i] = day
        end = day + length[i]
        if end > span:
            span = end
        if end > due[i]:
            late += end - due[i]
    for w in range(full.shape[0]):
        for day in range(span):
            left[w, day] = full[w]
    return late * LATE + span


@njit(**COMPILED)
def arrange(key, order, count, ptr, tail, seen, stack):
    """Activities by key (counted, not compared), every predecessor before its successors."""
    size = key.shape[0]
    low = key.min()
    wide = key.max() - low + 2
    count[:wide] = 0
    for i in range(size):
        count[key[i] - low + 1] += 1
    for k in range(1, wide):
        count[k] += count[k - 1]
    byed = stack[size + 1 :]
    for i in range(size):
        byed[count[key[i] - low]] = i
        count[key[i] - low] += 1
    seen[:] = 0
    made = 0
    for q in range(size):
        top = 0
        stack[0] = byed[q]
        while top >= 0:
            i = stack[top]
            waits = -1
            if not seen[i]:
                for k in range(ptr[i], ptr[i + 1]):
                    if not seen[tail[k]]:
                        waits = tail[k]
                        break
                if waits < 0:
                    seen[i] = 1
                    order[made] = i
                    made += 1
            if waits < 0:
                top -= 1
            else:
                top += 1
                stack[top] = waits


@njit(**COMPILED)
def stretch(state, plans, row, length, span, load, sums):
    """A stretch of the father's time, a quarter to three quarters long: the busiest of three."""
    sums[: span + 2] = 0.0
    for i in range(length.shape[0]):
        day = span - plans[row, i] - length[i]
        sums[max(0, day)] += load[i]
        sums[min(span, max(0, day) + length[i])] -= load[i]
    busy = 0.0
    total = 0.0
    for day in range(span + 1):
        busy += sums[day]
        sums[day] = total
        total += busy
    best = -1.0
    first = 0
    last = 0
    for _ in range(3):
        size = span // 4 + below(state, max(1, span // 2 + 1))
        day = below(state, max(1, span - size + 1))
        worth = (sums[min(span, day + size)] - sums[day]) / max(1, size)
        if worth > best:
            best = worth
            first = day
            last = day + size
    return first, last


@njit(**COMPILED)
def cross(state, plans, father, mother, span_f, span_m, length, first, last, wide, shake, key):
    """The child's keys: the father's days within the stretch, the mother's before and after it."""
    for i in range(key.shape[0]):
        day = span_f - plans[father, i] - length[i]
        if day < first:
            key[i] = span_m - plans[mother, i] - length[i] - wide
        elif day > last:
            key[i] = span_m - plans[mother, i] - length[i] + wide
        else:
            key[i] = day
        if shake > 0 and below(state, 1000) < shake:
            key[i] += below(state, 9) - 4


@njit(**COMPILED)
def evolve(
    length, floor, due, ptr, tail, gap, hold, word, packed, full, guard, load, left,
    theirs, their_worth, ours, our_worth, state, best, bound, shake,
):  # fmt: skip
    """One generation: children of `theirs` for `ours`; answers the worth of the best child.

    Its plan is left in `best`. Floors and dues are those of the children's direction. Stops at
    `bound`.
    """
    size, members = length.shape[0], ours.shape[0]
    key, order, start = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    seen, stack = np.empty(size, np.int64), np.empty(2 * size + 1, np.int64)
    days = left.shape[1]
    count, sums = np.empty(6 * days + 64, np.int64), np.empty(days + 2, np.float64)
    top = np.int64(1) << 60
    for child in range(members):
        one, two = below(state, members), below(state, members)
        mother = one if their_worth[one] <= their_worth[two] else two
        span_f, span_m = their_worth[child] % LATE, their_worth[mother] % LATE
        first, last = stretch(state, theirs, child, length, span_f, load, sums)
        cross(
            state, theirs, child, mother, span_f, span_m, length, first, last, 2 * days, shake, key
        )
        arrange(key, order, count, ptr, tail, seen, stack)
        value = decode(
            order, length, floor, due, ptr, tail, gap, hold, word, packed, full, guard, start, left,
        )  # fmt: skip
        if value < top:
            top = value
            best[:] = start
        if value <= our_worth[child]:
            ours[child, :] = start
            our_worth[child] = value
        if top <= bound:
            break
    return top


@njit(**COMPILED)
def settle(
    keys, length, floor, due, ptr, tail, gap, hold, word, packed, full, guard, left, ours,
    our_worth,
):  # fmt: skip
    """Fill a population from rows of keys: the plan of each order."""
    size = length.shape[0]
    order, seen = np.empty(size, np.int64), np.empty(size, np.int64)
    stack = np.empty(2 * size + 1, np.int64)
    count = np.empty(6 * left.shape[1] + 64, np.int64)
    for member in range(keys.shape[0]):
        arrange(keys[member], order, count, ptr, tail, seen, stack)
        our_worth[member] = decode(
            order, length, floor, due, ptr, tail, gap, hold, word, packed, full, guard,
            ours[member], left,
        )  # fmt: skip
