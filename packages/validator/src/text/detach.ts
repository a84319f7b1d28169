/**
 * The same characters in a string of their own. V8 keeps a part of 13 characters or more as a view of the whole,
 * so a part that outlives its text would keep all of it in memory. Putting a character before it and cutting that off again copies.
 */
export function detach(part: string): string {
  return part.length < 13 ? part : ` ${part}`.slice(1);
}
