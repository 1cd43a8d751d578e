/**
 * The place in a text, in UTF-16 units, that the protocol gives in code points: a character such as
 * 😀 is two units and one code point.
 */
export function toUnits(text: string, codePoints: number): number {
  let units = 0;
  for (let i = 0; i < codePoints && units < text.length; i++) {
    units += (text.codePointAt(units) as number) > 0xffff ? 2 : 1;
  }
  return units;
}

/** The place in a text, in code points, that is given in UTF-16 units. */
export function toCodePoints(text: string, units: number): number {
  let codePoints = 0;
  for (let i = 0; i < units && i < text.length; codePoints++) {
    i += (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
  }
  return codePoints;
}
