/** A word of a short string and where it starts. */
export interface PlacedWord {
  readonly text: string;
  readonly offset: number;
}

/** `string? search = "a b"` → `string?`, `search`, `= "a b"`. */
export function splitWords(text: string): readonly PlacedWord[] {
  return [...text.matchAll(/backfill="[^"]*"|=\s*"[^"]*"|=\s+\S+|\S+/g)].map((match) => ({ text: match[0], offset: match.index }));
}
