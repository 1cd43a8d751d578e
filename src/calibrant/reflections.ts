import { OptionError } from "../errors.js";
import { type Cell, inverseSquareSpacing } from "./cell.js";
import { REFLECTION_RULES, type ReflectionRule, type RuleName } from "./reflection-rule.js";

/** All lattice planes of one spacing: a line of a powder pattern. */
export interface Reflection {
  /** Spacing in ångströms. */
  readonly d: number;
  /** Indices of one of the planes: the one with the fewest minus signs and the largest h, then k. */
  readonly h: number;
  readonly k: number;
  readonly l: number;
  /** Planes of this spacing, inequivalent ones too: 32 for 5 1 1 and 3 3 3 of a cubic cell. */
  readonly multiplicity: number;
}

/** A structure as far as powder rings need it. */
export interface Lattice extends Cell {
  /** Which reflections are allowed. Default `"P"`: all. */
  readonly rule?: RuleName | ReflectionRule;
}

/** Spacings closer than this belong to one line: rounding of 1/d² is far below. */
const SAME_LINE = 1e-9;

/**
 * The lines of a powder, from the largest spacing down to `dMin` (both in ångströms).
 *
 * @throws OptionError for a cell that is none, or a `dMin` that is not above zero.
 * @example
 * ```ts
 * reflections({ a: 5.411651, rule: "F" }, 1)[0]; // { d: 3.1244…, h: 1, k: 1, l: 1, multiplicity: 8 }
 * ```
 */
export function reflections(lattice: Lattice, dMin: number): Reflection[] {
  const { a, b = a, c = a, rule = "P" } = lattice;
  requirePositive("dMin", dMin);
  for (const [name, edge] of Object.entries({ a, b, c })) requirePositive(name, edge);
  const allowed = typeof rule === "function" ? rule : REFLECTION_RULES[rule];
  if (allowed === undefined) {
    const names = Object.keys(REFLECTION_RULES).join(", ");
    throw new OptionError("rule", rule, `there is no rule "${rule}"; there are ${names}`);
  }
  const inverseSquare = inverseSquareSpacing(lattice);
  if (!(inverseSquare(1, 0, 0) > 0 && inverseSquare(0, 1, 0) > 0 && inverseSquare(0, 0, 1) > 0)) {
    throw new OptionError("cell", lattice, "no cell has these angles");
  }
  return lines(planes(inverseSquare, allowed, [a, b, c], dMin));
}

/** The indices without spaces: `"002"`, `"1-12"`. */
export function reflectionName({ h, k, l }: Reflection): string {
  return `${h}${k}${l}`;
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new OptionError(name, value, `is ${value}, but must be a length above 0 in ångströms`);
  }
}

interface Plane {
  h: number;
  k: number;
  l: number;
  inverseSquare: number;
}

function planes(
  inverseSquare: (h: number, k: number, l: number) => number,
  allowed: ReflectionRule,
  edges: readonly [number, number, number],
  dMin: number,
): Plane[] {
  // An edge is as long as h planes of (h k l) at least, whatever the angles: h ≤ a / d.
  const [hMax, kMax, lMax] = edges.map((edge) => Math.floor(edge / dMin + SAME_LINE)) as [
    number,
    number,
    number,
  ];
  const limit = (1 + SAME_LINE) / (dMin * dMin);
  const found: Plane[] = [];
  for (let h = -hMax; h <= hMax; h++) {
    for (let k = -kMax; k <= kMax; k++) {
      for (let l = -lMax; l <= lMax; l++) {
        if ((h === 0 && k === 0 && l === 0) || !allowed(h, k, l)) continue;
        const value = inverseSquare(h, k, l);
        if (value <= limit) found.push({ h, k, l, inverseSquare: value });
      }
    }
  }
  return found.sort((p, q) => p.inverseSquare - q.inverseSquare);
}

function lines(sorted: readonly Plane[]): Reflection[] {
  const result: Reflection[] = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const first = sorted[start]!;
    while (
      end < sorted.length &&
      sorted[end]!.inverseSquare <= first.inverseSquare * (1 + 2 * SAME_LINE)
    ) {
      end++;
    }
    const { h, k, l } = sorted.slice(start, end).reduce((p, q) => (precedes(q, p) ? q : p));
    result.push({ d: 1 / Math.sqrt(first.inverseSquare), h, k, l, multiplicity: end - start });
  }
  return result;
}

function precedes(p: Plane, q: Plane): boolean {
  const fewer = minusSigns(q) - minusSigns(p);
  return (fewer || p.h - q.h || p.k - q.k || p.l - q.l) > 0;
}

function minusSigns({ h, k, l }: Plane): number {
  return Number(h < 0) + Number(k < 0) + Number(l < 0);
}
