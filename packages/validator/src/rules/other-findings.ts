import type { RuleMeta } from './rule';

/** What is reported besides the rules: faults of files that no rule can look at. */
export const OTHER_FINDINGS: readonly RuleMeta[] = [
  {
    id: 'invalid-manifest',
    since: '0.1.0',
    severity: 'error',
    summary: 'A manifest is no TOML.',
    why: 'Tools cannot read the requirements of the project, and pip refuses to install it.',
    whatToDo: 'Correct the place named.',
    examples: [{ bad: '[project]\nname = shop', good: '[project]\nname = "shop"' }],
  },
  {
    id: 'unreadable-file',
    since: '0.1.0',
    severity: 'error',
    summary: 'A file or folder of the project cannot be read.',
    why: 'What is in it is not checked, and Python cannot load it either.',
    whatToDo: 'Give permission to read it, save it as UTF-8, or remove the broken link.',
    examples: [],
  },
];
