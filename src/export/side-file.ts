/** Where the JSON that belongs to a data file goes: `a/b.dat` → `a/b.json`. */
export function sidePath(path: string): string {
  const extension = /(?<=[^/\\])\.[^./\\]*$/.exec(path)?.[0] ?? "";
  return extension === "" || extension.toLowerCase() === ".json"
    ? `${path}.json`
    : `${path.slice(0, -extension.length)}.json`;
}

/** JSON in which an option that was not given is seen: `null` instead of a missing key. */
export function explicitJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, field) => (field === undefined ? null : field), indent);
}
