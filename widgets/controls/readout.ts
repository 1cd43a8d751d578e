/** A line for the values under the cursor, which screen readers read out. */
export function readout(): HTMLOutputElement {
  const line = document.createElement("output");
  line.className = "cakelab-readout";
  line.setAttribute("aria-live", "polite");
  return line;
}
