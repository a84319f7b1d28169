/**
 * `stars: int, price: decimal(10,2)` → its two entries. A comma ends an entry where a name and a colon follow: outside of quotes and,
 * unless there is a space after it, outside of brackets. No word of a spec's line has a space in its brackets, so brackets end with the word.
 */
export function splitEntries(text: string, nextName: RegExp = /^\s*[A-Za-z_][\w-]*\s*:/): readonly string[] {
  const entries: string[] = [];
  let start = 0;
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === '\\') index += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (/\s/.test(character)) depth = 0;
    else if (/[([{]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character)) depth = Math.max(0, depth - 1);
    else if (character === ',' && isEnd({ rest: text.slice(index + 1), depth, nextName })) {
      entries.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...entries, text.slice(start)].map((entry) => entry.trim()).filter((entry) => entry !== '');
}

function isEnd({ rest, depth, nextName }: { readonly rest: string; readonly depth: number; readonly nextName: RegExp }): boolean {
  if (rest.trim() === '') return true;
  return nextName.test(rest) && (depth === 0 || /^\s/.test(rest));
}
