const NUMBERS = /[0-9]+/g;

/** Names in the order in which people count: by the numbers in them. */
export function naturalOrder(names: Iterable<string>): string[] {
  const all = [...names];
  if (differInNumbersOnly(all)) return all.sort(compareNumbers);
  const { compare } = new Intl.Collator("en", { numeric: true });
  // Names that the collator takes for equal (01 and 1) still have one order.
  return all.sort((a, b) => compare(a, b) || (a < b ? -1 : 1));
}

/** As those of a series do, which need no collator: it takes long to begin. */
function differInNumbersOnly([first = "", ...others]: readonly string[]): boolean {
  const words = first.replace(NUMBERS, "0");
  return others.every((name) => name.replace(NUMBERS, "0") === words);
}

/** By their first number that differs. */
function compareNumbers(a: string, b: string): number {
  const numbers = b.match(NUMBERS) ?? [];
  const differences = (a.match(NUMBERS) ?? []).map((number, i) => {
    const [one, other] = [withoutZeros(number), withoutZeros(numbers[i]!)];
    return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
  });
  return differences.find((difference) => difference !== 0) ?? (a < b ? -1 : 1);
}

function withoutZeros(number: string): string {
  return number.replace(/^0+/, "");
}
