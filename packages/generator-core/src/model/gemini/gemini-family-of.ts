import { GEMINI_FAMILIES, type GeminiFamily } from './gemini-families.data';

/** The row with the longest prefix of the id. An id of another kind (`tunedModels/…`) is taken for the youngest family. */
export function geminiFamilyOf(id: string): GeminiFamily {
  const rows = GEMINI_FAMILIES.filter(({ prefix }) => id.startsWith(prefix));
  return rows.reduce((best, row) => (row.prefix.length > best.prefix.length ? row : best), GEMINI_FAMILIES[0]!);
}
