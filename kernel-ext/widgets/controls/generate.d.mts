/** The sources of the controls by their file names, for the schema of make_schema.py. */
export function sourcesOf(schema: unknown): Map<string, string>;
/** A source as the formatter leaves it. */
export function formatted(name: string, text: string): string;
