import type { Diagnostic } from '../diagnostics/diagnostic';

/** How often each rule was reported, the most frequent first. */
export function formatStatistics(diagnostics: readonly Diagnostic[], format: 'text' | 'json'): string {
  const counts = new Map<string, number>();
  for (const { rule } of diagnostics) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rows = [...counts]
    .map(([rule, count]) => ({ rule, count }))
    .sort((left, right) => right.count - left.count || (left.rule < right.rule ? -1 : 1));
  if (format === 'json') return `${JSON.stringify({ version: 1, total: diagnostics.length, statistics: rows }, undefined, 2)}\n`;
  const width = String(rows[0]?.count ?? 0).length;
  return rows.map(({ rule, count }) => `${String(count).padStart(width)}  ${rule}\n`).join('');
}
