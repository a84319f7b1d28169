import { findDoubleModules } from '../graph/find-double-modules';
import { defineServiceRule } from './define-service-rule';

export const moduleUnderTwoNames = defineServiceRule(
  {
    id: 'module-under-two-names',
    since: '0.1.0',
    severity: 'warning',
    summary: 'One file is imported under two module names.',
    why: 'Python loads it twice: a class of the one module is not the class of the other, so `isinstance`, `except` and table registries fail.',
    whatToDo: 'Import it by one name everywhere.',
    examples: [{ bad: 'from models import User  # and elsewhere: from app.models import User', good: 'from app.models import User' }],
  },
  ({ index, lineIn }) =>
    findDoubleModules(index.project).map(({ path, usual, other }) => {
      const place = ({ importer, span }: typeof usual): string => `${importer}, line ${lineIn(importer, span.start)}`;
      return {
        path: other.importer,
        span: other.span,
        message: `${path} is loaded twice: here as \`${other.module}\`, and as \`${usual.module}\` (${place(usual)}). Its classes exist twice, and those of one are not those of the other. Use one of the two names everywhere.`,
        certainty: 'possible' as const,
        data: { path, modules: [usual.module, other.module] },
      };
    }),
);
