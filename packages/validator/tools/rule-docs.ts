import { formatRulePage } from '../src/rules/format-rule-page';
import { RULE_METAS } from '../src/rules/rule-metas';

/** The pages of docs/rules, by file name: one for each rule, and README.md that lists them. */
export function ruleDocs(): ReadonlyMap<string, string> {
  const rows = RULE_METAS.map(({ id, summary }) => `| [\`${id}\`](${id}.md) | ${summary.replaceAll('|', '\\|')} |\n`);
  const list = `# Rules\n\n| rule | finds |\n|---|---|\n${rows.join('')}`;
  return new Map([['README.md', list], ...RULE_METAS.map((meta): [string, string] => [`${meta.id}.md`, formatRulePage(meta)])]);
}
