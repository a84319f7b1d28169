import { KEYWORDS } from '../python/keywords.data';
import { defineRule } from './define-rule';

export const unimportableModule = defineRule(
  {
    id: 'unimportable-module',
    since: '0.1.0',
    severity: 'warning',
    summary: 'The name of a module cannot be written in an import statement.',
    why: 'A keyword or a name with a hyphen is a syntax error there; only `importlib.import_module` finds the file.',
    whatToDo: 'Rename the file or the folder, with underscores for hyphens.',
    examples: [{ bad: 'app/class.py', good: 'app/classes.py' }],
  },
  ({ path, summary, linked }) => {
    const name = unusableName(path, linked.isInPackage);
    if (name === undefined) return [];
    const why = KEYWORDS.has(name) ? 'is a keyword of Python' : 'is no Python name';
    const mend = KEYWORDS.has(name) ? 'Choose another name.' : `Rename it to \`${name.replace(/[^\w]/g, '_')}\`.`;
    return [
      {
        span: { start: 0, end: Math.min(1, summary.text.length) },
        message: `No import statement can name ${path}: \`${name}\` ${why}. ${mend}`,
        certainty: 'possible',
        data: { name },
      },
    ];
  },
);

/** Scripts may be called anything; a package, and what stands in one, is there to be imported. */
function unusableName(path: string, isInPackage: boolean): string | undefined {
  const parts = path.slice(0, -'.py'.length).split('/');
  const isPackage = parts.at(-1) === '__init__';
  const name = isPackage ? parts.at(-2) : parts.at(-1);
  if (name === undefined) return undefined;
  if (KEYWORDS.has(name)) return name;
  return /^[A-Za-z_][\w]*-[\w-]*$/.test(name) && (isPackage || isInPackage) ? name : undefined;
}
