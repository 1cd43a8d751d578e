import type { Image } from "../array.js";

/** What headers say of a measurement, whatever each format calls it. */
export interface Measurement {
  /** Seconds. */
  exposureTime: number;
  /** As the file has it. */
  date: string;
  /** Counts of the beam monitor. */
  monitor: number;
  /** Metres. */
  wavelength: number;
  /** From the sample to the detector, in metres. */
  distance: number;
}

/** A key of a header, and what its number is multiplied by unless a unit follows it. */
type Source = readonly [key: RegExp, factor: number];

const sources: Readonly<Record<Exclude<keyof Measurement, "date">, readonly Source[]>> = {
  exposureTime: [
    // marCCD counts milliseconds, GE too; Bruker's is the sum of a frame's exposures.
    [/^exposure_time$/, 1],
    [/^integration_time$/, 1e-3],
    [/^ExposureTimeInMillisecs$/, 1e-3],
    [/^(CUMULAT|ELAPSDR)$/, 1],
    [/^(exposure_?time|count_?time|acq_expo_time|exposure|time)$/i, 1],
  ],
  monitor: [[/^(monitor|mon|ion_?chamber|i0|beam_?monitor)$/i, 1]],
  wavelength: [
    [/^source_wavelength$/, 1e-15],
    // Numbers above a micrometre are ångström, as mar345 and Bruker have them: see lengthOf.
    [/^(wavelength|WAVELEN)$/i, 1],
  ],
  distance: [
    [/^xtal_to_detector$/, 1e-6],
    [/^DISTANCE$/, 1e-3],
    [/^DISTANC$/, 1e-2],
    [/^(sample_?distance|detector_?distance|distance)$/i, 1],
  ],
};

const dates = [
  /^(timestamp|acquire_timestamp|CREATED|AcquisitionDate|DateTime)$/,
  /^(date|time_of_day|start_time)$/i,
];

const units: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  ms: 1e-3,
  us: 1e-6,
  m: 1,
  cm: 1e-2,
  mm: 1e-3,
  um: 1e-6,
  nm: 1e-9,
  A: 1e-10,
  Å: 1e-10,
  angstrom: 1e-10,
};

/**
 * A value of an image's header by one name for all formats (`"exposureTime"` …, in SI units), by the
 * name of a motor or counter, or by the header's own key.
 *
 * @returns a number, a text where it is none, `undefined` where the header does not say it.
 * @example headerValue(await readImage("scan_0001.edf"), "exposureTime"); // seconds
 */
export function headerValue<Name extends keyof Measurement>(
  image: Pick<Image, "header">,
  name: Name,
): Measurement[Name] | undefined;
export function headerValue(
  image: Pick<Image, "header">,
  name: string,
): number | string | undefined;
export function headerValue(
  image: Pick<Image, "header">,
  name: string,
): number | string | undefined {
  const header = image.header ?? {};
  if (name === "date") return firstOf(header, dates);
  if (Object.hasOwn(sources, name)) {
    return measured(header, name as keyof typeof sources);
  }
  const positions = motors(image);
  if (Object.hasOwn(positions, name)) return positions[name];
  const text = Object.hasOwn(header, name) ? header[name] : undefined;
  if (text === undefined) return text;
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

/**
 * The positions of motors and the counts of counters that an EDF header of SPEC or BLISS lists
 * (`motor_mne` and `motor_pos`, `counter_mne` and `counter_pos`).
 */
export function motors({ header = {} }: Pick<Image, "header">): Record<string, number> {
  const found: [string, number][] = [];
  for (const kind of ["motor", "counter"]) {
    const names = words(header[`${kind}_mne`]);
    const positions = words(header[`${kind}_pos`]);
    for (const [i, name] of names.entries()) {
      const value = Number(positions[i] ?? Number.NaN);
      if (!Number.isNaN(value)) found.push([name, value]);
    }
  }
  return Object.fromEntries(found);
}

function measured(
  header: Readonly<Record<string, string>>,
  name: keyof typeof sources,
): number | undefined {
  for (const [key, factor] of sources[name]) {
    const text = firstOf(header, [key]);
    const [, digits, unit = ""] = /^([-+.\de]+)\s*([A-Za-zÅ]*)/i.exec(text ?? "") ?? [];
    const value = Number(digits ?? Number.NaN);
    if (Number.isNaN(value)) continue;
    const known = units[unit];
    if (known !== undefined) return value * known;
    if (name === "wavelength" && factor === 1) return value > 1e-6 ? value * 1e-10 : value;
    // Of exposure_time alone the formats differ: marCCD has whole milliseconds beside a distance.
    if (name === "exposureTime" && header.xtal_to_detector !== undefined) return value * 1e-3;
    return value * factor;
  }
  return name === "monitor" ? counterOf(header) : undefined;
}

function counterOf(header: Readonly<Record<string, string>>): number | undefined {
  const counters = Object.entries(motors({ header }));
  return counters.find(([name]) => sources.monitor[0]![0].test(name))?.[1];
}

function firstOf(
  header: Readonly<Record<string, string>>,
  keys: readonly RegExp[],
): string | undefined {
  for (const key of keys) {
    const entry = Object.entries(header).find(([name, value]) => key.test(name) && value !== "");
    if (entry !== undefined) return entry[1];
  }
  return undefined;
}

function words(text: string | undefined): string[] {
  return (text ?? "").split(/\s+/).filter((word) => word !== "");
}
