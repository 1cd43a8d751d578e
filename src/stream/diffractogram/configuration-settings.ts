import type { DiffractogramChanges, DiffractogramSettings } from "./diffractogram-settings.js";
import { WHOLE } from "./sector.js";
import { TOOL_CONFIGURATION_KEYS, type ToolConfiguration } from "./tool-configuration.js";
import { toolUnit } from "./unit.js";

/** The settings that a configuration of LaVue's tool changes. */
export function settingsOf(
  configuration: ToolConfiguration,
  before: DiffractogramSettings,
): DiffractogramChanges {
  const { diff_number, diff_ranges, diff_units, buffering, buffer_size, main_plot } = configuration;
  const ranges = diff_ranges ?? before.ranges;
  // As many as it says; those that it does not give have no limits.
  const numbered = Array.from({ length: diff_number ?? ranges.length }, (_, i) => {
    return ranges[i] ?? WHOLE;
  });
  return {
    ranges: numbered,
    ...(diff_units !== undefined && { unit: diff_units }),
    ...(buffering !== undefined && { isBuffering: buffering }),
    ...(buffer_size !== undefined && { bufferSize: buffer_size }),
    ...(main_plot !== undefined && { mainPlot: Number(main_plot.replace(/\D+/, "") || 0) }),
  };
}

/** Settings in LaVue's words. */
export function configurationOf({
  ranges,
  unit,
  isBuffering,
  bufferSize,
  mainPlot,
}: DiffractogramSettings): ToolConfiguration {
  return {
    diff_number: ranges.length,
    diff_ranges: ranges,
    diff_units: toolUnit(unit),
    buffer_size: bufferSize,
    buffering: isBuffering,
    main_plot: mainPlot === 0 ? "image" : `buffer ${mainPlot}`,
  };
}

/** What a configuration has besides LaVue's keys. */
export function otherKeysOf(configuration: ToolConfiguration): Record<string, unknown> {
  const known: readonly string[] = TOOL_CONFIGURATION_KEYS;
  return Object.fromEntries(Object.entries(configuration).filter(([key]) => !known.includes(key)));
}
