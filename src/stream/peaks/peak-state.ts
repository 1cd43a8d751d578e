import type { WindowPeak } from "../../peaks/peak-window.js";
import type { FittedPeak } from "../../peaks/result.js";
import type { MeasuredPlace } from "./peak-place.js";
import { widthsOf } from "./tracked-peaks.js";

/** How a peak is followed. */
export interface Following {
  /** Half of a window, in widths. */
  readonly reach: number;
  readonly follow: number;
  readonly drift: number;
}

/** How much of what a centre is off from where it was expected goes into its position and velocity. */
const GAIN = 0.2;
const VELOCITY_GAIN = 0.02;
/** Standard error of a centre, in widths, that halves them: beside another peak it says little. */
const UNCERTAIN = 0.1;
/** What is left of that beside another peak. */
const BESIDE = 0.02;
/** By how much, in widths and as a part of its area, a peak may differ from what is expected. */
const UNLIKE_PLACE = 0.2;
const UNLIKE_AREA = 0.1;
/** The window moves in steps of so many widths: bins that come and go would be one more noise. */
const STEP = 0.1;
/** A lost peak is expected to go on as far as this, in widths. */
const COAST = 2.5;

/**
 * A peak in one direction: where it is expected in the next pattern, and what it looked like last. Its
 * window follows it slowly, so that neither a neighbour nor noise takes it along.
 */
export class PeakState {
  /** Area, centre, and the widths of both parts, of the last fit. */
  readonly parameters: Float64Array = new Float64Array(4);
  background = 0;
  /** Patterns since the last fit; `undefined` before the first. */
  lost: number | undefined;
  readonly #place: MeasuredPlace;
  readonly #following: Following;
  /** Of the last fits apart from others. */
  #fwhm: number | undefined;
  #area: number | undefined;
  #eta: number;
  #position: number;
  #velocity = 0;
  #coasted = 0;
  /** Whether it was lost, or beside another one, in the last pattern. */
  #wasDoubtful = false;
  /** Whether it was looked for and not found. */
  #isMissed = false;
  #origin: number;
  #window: readonly [low: number, high: number];
  #shift = 0;

  constructor(place: MeasuredPlace, following: Following) {
    this.#place = place;
    this.#following = following;
    this.#fwhm = place.fwhm;
    this.#eta = place.eta;
    this.#window = place.window;
    this.#position = place.center ?? (place.window[0] + place.window[1]) / 2;
    this.#origin = this.#position;
  }

  /** Where it is fitted now. */
  get window(): readonly [low: number, high: number] {
    return [this.#window[0] + this.#shift, this.#window[1] + this.#shift];
  }

  /** Where its centre may be now. */
  get limits(): readonly [low: number, high: number] {
    const [low, high] = this.window;
    if (this.#fwhm === undefined || this.#isAnywhere) return [low, high];
    const far = this.#following.follow * this.#fwhm;
    return [Math.max(low, this.#position - far), Math.min(high, this.#position + far)];
  }

  /** Before it was fitted: of a range the highest peak, and where there is none near its place. */
  get #isAnywhere(): boolean {
    return this.lost === undefined && (this.#place.center === undefined || this.#isMissed);
  }

  /** What a fit begins with that is not given the last fit's parameters. */
  start(isHere: boolean): WindowPeak {
    const { limits, lost } = this;
    const known = {
      eta: this.#eta,
      range: this.window,
      limits,
      ...(this.#fwhm === undefined ? {} : { fwhm: this.#fwhm }),
    };
    if (!isHere || lost === undefined) return known;
    return { ...known, center: Math.min(Math.max(this.parameters[1]!, limits[0]), limits[1]) };
  }

  /** Where it is expected, and how wide, once it was fitted. */
  get expected(): { readonly position: number; readonly fwhm: number } | undefined {
    if (this.lost === undefined || this.#fwhm === undefined) return undefined;
    return { position: this.#position, fwhm: this.#fwhm };
  }

  /** How unlike a fit is to what is expected, as a χ². */
  unlikeness({ center, area, sigma }: FittedPeak): number {
    const off = center - this.#position - this.#velocity;
    const ratio = Math.log(area / this.#area!);
    return (
      off ** 2 / ((UNLIKE_PLACE * this.#fwhm!) ** 2 + sigma.center ** 2) +
      ratio ** 2 / (UNLIKE_AREA ** 2 + (sigma.area / area) ** 2)
    );
  }

  /** @param isBeside another peak, whose light cannot be told apart from its own. */
  take(peak: FittedPeak, isBeside: boolean): void {
    const { center, fwhm, eta, area, sigma, background } = peak;
    const widths = widthsOf(peak);
    if (this.lost === undefined) this.#begin(peak);
    else {
      const certain = 1 / (1 + (sigma.center / (UNCERTAIN * fwhm)) ** 2);
      const off = center - (this.#position + this.#velocity);
      // What is found again says where it is, not how fast it went there.
      const isBack = !isBeside && this.#wasDoubtful;
      const gain = isBack ? 1 : GAIN * certain * (isBeside ? BESIDE : 1);
      this.#position += this.#velocity + gain * off;
      if (!isBeside) {
        if (!isBack) this.#velocity += VELOCITY_GAIN * certain * off;
        this.#fwhm! += GAIN * certain * (fwhm - this.#fwhm!);
        this.#area! += GAIN * certain * (area - this.#area!);
      }
      this.#stayNear();
    }
    this.parameters.set([area, center, widths.gauss, widths.lorentz]);
    this.background = background;
    this.#eta = eta;
    this.#coasted = 0;
    this.#wasDoubtful = isBeside;
    this.lost = 0;
  }

  lose(): void {
    this.#isMissed = true;
    if (this.lost === undefined || this.#fwhm === undefined) return;
    this.lost++;
    this.#wasDoubtful = true;
    if (Math.abs(this.#coasted + this.#velocity) > COAST * this.#fwhm) return;
    this.#coasted += this.#velocity;
    this.#position += this.#velocity;
    this.#stayNear();
  }

  #begin({ center, fwhm, area }: FittedPeak): void {
    const { reach } = this.#following;
    this.#position = center;
    this.#area = area;
    if (this.#place.center === undefined) this.#origin = center;
    if (!this.#place.isWidthGiven && this.#place.fwhm === undefined) {
      this.#origin = center;
      this.#window = [center - reach * fwhm, center + reach * fwhm];
    }
    this.#fwhm = fwhm;
    this.#moveWindow(0);
  }

  #stayNear(): void {
    const far = this.#following.drift * this.#fwhm!;
    const off = this.#position - this.#origin;
    if (Math.abs(off) > far) {
      this.#position = this.#origin + Math.sign(off) * far;
      this.#velocity = 0;
    }
    this.#moveWindow(STEP * this.#fwhm!);
  }

  #moveWindow(least: number): void {
    const shift = this.#position - this.#origin;
    if (Math.abs(shift - this.#shift) > least) this.#shift = shift;
  }
}
