/** Replaces halves of surrogate pairs, which no UTF-8 document can hold. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
