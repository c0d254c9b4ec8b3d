"""Writes stoi-fixtures.json: values of the reference implementation for signals that stoi.test.ts makes by the same formulas.

    pip install pystoi==0.4.1 && python make-stoi-fixtures.py
"""

import json
import math
import pathlib
from importlib.metadata import version

import numpy as np
from pystoi import stoi


def noise(length, seed):
    state, out = seed, []
    for _ in range(length):
        state = (1664525 * state + 1013904223) % 2**32
        out.append(state / 2**31 - 1)
    return np.array(out)


def voice(rate, seconds):
    """Gliding harmonics, spoken in syllables, with a pause between words."""
    out, phase = [], 0.0
    for n in range(int(rate * seconds)):
        t = n / rate
        phase += 2 * math.pi * (120 + 30 * math.sin(2 * math.pi * 0.7 * t)) / rate
        syllable = max(0.0, math.sin(2 * math.pi * 2.3 * t)) ** 2
        word = 1.0 if (t % 1.2) < 0.9 else 0.0
        sound = sum(math.sin(h * phase) * (1 + math.cos(2 * math.pi * (0.9 + 0.13 * h) * t)) / h for h in range(1, 25))
        out.append(0.1 * syllable * word * sound)
    return np.array(out)


def degrade(clean, how, amount):
    if how == "noise":
        return clean + amount * noise(len(clean), 7)
    if how == "clip":
        return np.clip(clean, -amount, amount)
    if how == "dropouts":
        return np.where(np.arange(len(clean)) % 2000 < amount, 0.0, clean)
    return np.array([clean[max(0, n - int(amount)) : n + 1].mean() for n in range(len(clean))])


cases = [
    (10000, 4, "noise", 0.005),
    (10000, 4, "noise", 0.05),
    (10000, 4, "noise", 0.3),
    (10000, 4, "clip", 0.02),
    (10000, 4, "dropouts", 700),
    (10000, 4, "average", 12),
    (10000, 0.3, "noise", 0.05),
    (16000, 3, "noise", 0.05),
    (48000, 2, "dropouts", 900),
]
rows = []
for rate, seconds, how, amount in cases:
    clean = voice(rate, seconds)
    value = float(stoi(clean, degrade(clean, how, amount), rate))
    rows.append({"sampleRate": rate, "seconds": seconds, "how": how, "amount": amount, "stoi": value})
out = {"reference": "pystoi " + version("pystoi"), "cases": rows}
pathlib.Path(__file__).with_name("stoi-fixtures.json").write_text(json.dumps(out, indent=2) + "\n")
