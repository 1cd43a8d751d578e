/** Names in the order in which people count: by the numbers in them. */
export function naturalOrder(names: Iterable<string>): string[] {
  const { compare } = new Intl.Collator("en", { numeric: true });
  // Names that the collator takes for equal (01 and 1) still have one order.
  return [...names].sort((a, b) => compare(a, b) || (a < b ? -1 : 1));
}
