const line = /^# ([^\s,:=]+)\s*[,:=\s]\s*(.*)$/;
const date = /^# (\d{4}[-/:]\S+(?:\s+[\d:.]+)?)$/;

/**
 * The lines that Dectris' detectors write into the description of a TIFF and the header of a CBF
 * (`# Exposure_time 0.1 s`), by name and split as FabIO does: `Exposure_time`. The line with nothing
 * but a date becomes `timestamp`.
 */
export function pilatusEntries(text: string): [name: string, value: string][] {
  const entries: [string, string][] = [];
  for (const row of text.split("\n")) {
    const time = date.exec(row.trim());
    const [, key, value] =
      time === null ? (line.exec(row.trim()) ?? []) : ["", "timestamp", time[1]];
    // A description may say anything, but not change what objects inherit.
    if (key !== undefined && key !== "__proto__") entries.push([key, value ?? ""]);
  }
  return entries;
}
