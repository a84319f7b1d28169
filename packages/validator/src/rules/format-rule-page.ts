import type { RuleMeta } from './rule';

/** The documentation of a rule as a page of Markdown. */
export function formatRulePage({ id, since, severity, summary, why, whatToDo, security, examples }: RuleMeta): string {
  const sections = [
    `# ${id}`,
    summary,
    `*${severity === 'error' ? 'Error' : 'Warning'}, since ${since}${security === undefined ? '' : `, CWE-${security.cwe}`}.*`,
    `## Why\n\n${why}`,
    `## What to do\n\n${whatToDo}`,
    ...examples.map(({ bad, good }) => `## Example\n\n${block(bad)}\n\nUse instead:\n\n${block(good)}`),
  ];
  return `${sections.join('\n\n')}\n`;
}

function block(code: string): string {
  return `\`\`\`\n${code}\n\`\`\``;
}
