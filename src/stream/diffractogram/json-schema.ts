/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The pattern of some words in small or capital letters. */
export function anyCase(words: readonly string[]): string {
  const letters = (word: string): string =>
    [...word]
      .map((letter) => {
        const [low, high] = [letter.toLowerCase(), letter.toUpperCase()];
        if (low !== high) return `[${low}${high}]`;
        return /[\w\s-]/.test(letter) ? letter : `\\${letter}`;
      })
      .join("");
  return `(${words.map(letters).join("|")})`;
}
