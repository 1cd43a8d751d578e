import { type Scale, type ScaleName, scaleBetween } from "./scale.js";

/** Round values between two limits, at most about `most` of them: 1, 2 or 5 times a power of ten apart. */
export function linearTicks(low: number, high: number, most: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Round angles between two limits in degrees: parts of a turn where there is room for them. */
export function degreeTicks(low: number, high: number): number[] {
  const most = 9;
  const step = [5, 15, 30, 45, 90].find((size) => (high - low) / size <= most) ?? 90;
  if (high - low < 2 * step) return linearTicks(low, high, most);
  const first = Math.ceil(low / step - 1e-6);
  const last = Math.floor(high / step + 1e-6);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Ticks of a scale: round values, those of equal places kept apart on a scale that is not linear. */
export function scaleTicks(name: ScaleName, low: number, high: number, most: number): number[] {
  if (name === "linear") return linearTicks(low, high, most);
  const scale: Scale = scaleBetween(name, low, high);
  const chosen: number[] = [];
  for (let i = 0; i <= most; i++) {
    const value = roundTo(scale.value(i / most));
    const place = scale.place(value);
    const fits = value >= low && value <= high;
    if (fits && chosen.every((other) => Math.abs(scale.place(other) - place) > 0.6 / most)) {
      chosen.push(value);
    }
  }
  return chosen;
}

/** The nearest of 1, 2 and 5 times a power of ten. */
function roundTo(value: number): number {
  if (value === 0) return 0;
  const power = 10 ** Math.floor(Math.log10(Math.abs(value)));
  const digits = Math.abs(value) / power;
  const round = digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10;
  return Math.sign(value) * round * power;
}

/** A number as a tick shows it. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) {
    const [digits, power] = value.toExponential(0).split("e") as [string, string];
    return `${digits}·10${superscript(String(Number(power)))}`;
  }
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

function superscript(text: string): string {
  return text.replace(/./g, (c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)] ?? c);
}
