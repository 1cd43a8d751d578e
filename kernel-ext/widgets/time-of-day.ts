/** A time on the clock, as `TimePicker` holds it. */
export interface TimeOfDay {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly milliseconds: number;
}

const TEXT = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/;

/** A time from its parts or from a text such as `"14:05"`; undefined for what is no time. */
export function timeOfDay(value: unknown): TimeOfDay | undefined {
  const match = typeof value === "string" ? TEXT.exec(value) : null;
  const parts =
    match === null
      ? partsOf(value)
      : [match[1], match[2], match[3] ?? 0, (match[4] ?? "0").padEnd(3, "0")].map(Number);
  const [hours = -1, minutes = -1, seconds = -1, milliseconds = -1] = parts;
  const within = (part: number, end: number) => Number.isInteger(part) && part >= 0 && part < end;
  const good =
    within(hours, 24) && within(minutes, 60) && within(seconds, 60) && within(milliseconds, 1000);
  return good ? { hours, minutes, seconds, milliseconds } : undefined;
}

/** A time as milliseconds since midnight. */
export function sinceMidnight({ hours, minutes, seconds, milliseconds }: TimeOfDay): number {
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}

function partsOf(value: unknown): number[] {
  if (typeof value !== "object" || value === null || !("hours" in value)) return [];
  const { hours, minutes = 0, seconds = 0, milliseconds = 0 } = value as Partial<TimeOfDay>;
  return [Number(hours), Number(minutes), Number(seconds), Number(milliseconds)];
}
