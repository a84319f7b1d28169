import { defineRule } from './define-rule';

export const shadowedModule = defineRule(
  {
    id: 'shadowed-module',
    since: '0.1.0',
    severity: 'warning',
    summary: 'A module stands beside a package of the same name.',
    why: 'Python looks for the package first, so no import ever reads the module.',
    whatToDo: 'Move its content into the package, or rename one of the two.',
    examples: [{ bad: 'app/models.py  # beside app/models/__init__.py', good: 'app/models/user.py' }],
  },
  ({ linked, summary, path }) => {
    const { shadowedBy } = linked;
    if (shadowedBy === undefined) return [];
    return [
      {
        span: { start: 0, end: Math.min(1, summary.text.length) },
        message: `No import reaches ${path}: ${shadowedBy} has the same module name, and Python takes the package first. Move the content there, or rename one of the two.`,
        certainty: 'possible',
        data: { shadowedBy },
      },
    ];
  },
);
