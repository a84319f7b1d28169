import { isStdlibModule } from '../python/is-stdlib-module';
import { ALWAYS_LOADED_MODULES } from '../python/stdlib-modules.data';
import { defineRule } from './define-rule';

export const shadowedStdlib = defineRule(
  {
    id: 'shadowed-stdlib',
    since: '0.1.0',
    severity: 'warning',
    summary: 'A top-level module has the name of a standard library module.',
    why: 'Started from this folder, Python finds this file first, also for libraries that need the real one.',
    whatToDo: 'Rename the file, or move it into a package.',
    examples: [{ bad: 'logging.py', good: 'app/logging.py' }],
  },
  ({ linked, version, summary }) => {
    const { module } = linked;
    if (module === undefined || module.includes('.') || !isStdlibModule(module, version) || ALWAYS_LOADED_MODULES.has(module)) return [];
    return [
      {
        span: { start: 0, end: Math.min(1, summary.text.length) },
        message: `This file shadows the standard library's \`${module}\`: every \`import ${module}\` finds it instead. Rename it, or move it into a package.`,
        certainty: 'possible',
        data: { module },
      },
    ];
  },
);
