"""scipy's half of the peak fits: peaks_peer.py FOLDER."""

import sys

import numpy as np
import scipy
from scipy.optimize import curve_fit
from serve import serve

LN2 = np.log(2)
kept = {}


def pattern(x, base, slope, area, center, fwhm, eta):
    t = (x - center) / fwhm
    lorentz = 2 / np.pi / (1 + 4 * t**2)
    gauss = 2 * np.sqrt(LN2 / np.pi) * np.exp(-4 * LN2 * t**2)
    return base + slope * (x - x[0]) + area / fwhm * (eta * lorentz + (1 - eta) * gauss)


def prepare(radial, intensity, sigma):
    bins = len(radial)
    kept["x"] = np.array(radial)
    kept["y"] = np.array(intensity).reshape(-1, bins)
    kept["sigma"] = np.array(sigma).reshape(-1, bins)


def fit(count):
    x = kept["x"]
    bounds = ([-np.inf, -np.inf, 0, x[0], 1e-3, 0], [np.inf, np.inf, np.inf, x[-1], 0.2, 1])
    for i in range(count):
        y = kept["y"][i]
        start = [y[0], 0, (y.max() - y.min()) * 0.04, x[y.argmax()], 0.03, 0.5]
        curve_fit(
            pattern, x, y, np.clip(start, *bounds), sigma=kept["sigma"][i],
            absolute_sigma=True, bounds=bounds, x_scale="jac",
        )


serve({"SciPy": scipy.__version__}, {"prepare": prepare, "fit": fit})
