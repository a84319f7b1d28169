import type { ImportStatement } from '../extract/import-statement';
import type { LinkedImport } from '../graph/linked-module';
import { defineRule } from './define-rule';
import { isBuiltModule } from './is-built-module';
import { isWorkFile } from './is-work-file';
import { listInWords } from './list-in-words';
import type { Report, RuleContext } from './rule';

export const unresolvedImport = defineRule(
  {
    id: 'unresolved-import',
    since: '0.1.0',
    severity: 'error',
    summary: 'An import names a module that does not exist.',
    why: 'Python raises ModuleNotFoundError when the line runs.',
    whatToDo: 'Correct the name, or add the file.',
    examples: [{ bad: 'from app.core.databse import get_db', good: 'from app.core.database import get_db' }],
  },
  (context) =>
    context.summary.imports.flatMap((statement, index) => {
      if (statement.guard === 'guarded') return [];
      return reportImport(statement, context.linked.imports[index]!, context);
    }),
);

function reportImport(statement: ImportStatement, linked: LinkedImport, context: RuleContext): readonly Report[] {
  const { resolution } = linked;
  if (resolution.kind === 'module') return resolution.via === 'other-folder' ? [offPath(statement, resolution.path)] : [];
  const isTypo =
    resolution.kind === 'distribution' &&
    resolution.requirement === 'undeclared' &&
    resolution.provider !== 'known' &&
    linked.nearestModules.length > 0;
  if (resolution.kind !== 'unresolved' && !isTypo) return [];
  const written = `${'.'.repeat(statement.level)}${statement.module}`;
  const tried = resolution.kind === 'unresolved' ? resolution.tried : [];
  const reason =
    resolution.kind === 'unresolved' && resolution.libraries !== undefined
      ? ` in ${listInWords(resolution.libraries, 'or')}`
      : resolution.kind === 'unresolved' && resolution.reason !== undefined
        ? `: ${resolution.reason}`
        : tried.length > 0
          ? ` (tried ${listInWords(tried, 'and')})`
          : '';
  return [
    {
      span: statement.moduleSpan,
      message: `No module \`${resolution.module}\`${reason}. ${hint(linked)}`,
      certainty:
        isTypo && isFoundByScript(linked.nearestModules[0]!, resolution.module, context) ? 'possible' : certaintyOf(statement, linked),
      data: {
        asked: written,
        module: resolution.module,
        ...(resolution.kind === 'unresolved' && resolution.libraries !== undefined ? { libraries: resolution.libraries } : {}),
        tried,
        nearest: linked.nearestModules,
      },
      ...fixFor(statement, linked),
    },
  ];
}

/** Left out of the way at run time, or reached only after another import failed: worth saying, not blocking. */
function certaintyOf(statement: ImportStatement, { certain, resolution }: LinkedImport): 'certain' | 'possible' {
  const isForNewerPython = resolution.kind === 'unresolved' && resolution.otherVersions !== undefined && statement.conditional;
  const isBuilt = resolution.kind === 'unresolved' && isBuiltModule(resolution.module);
  return !certain || isBuilt || isForNewerPython || statement.typeCheckingOnly || statement.guard === 'fallback' ? 'possible' : 'certain';
}

/** A file that is started itself, with `python app/main.py` or by what runs tests and scripts, finds what lies beside it by its bare name. */
function isFoundByScript(nearest: string, asked: string, { path, summary, linked }: RuleContext): boolean {
  const folder = linked.module?.split('.').slice(0, -1).join('.');
  return nearest === `${folder}.${asked}` && (isWorkFile(path) || /^if\s+__name__\s*==\s*["']__main__["']/m.test(summary.text));
}

function hint({ nearestModules, resolution }: LinkedImport): string {
  if (nearestModules.length > 0) return `Did you mean ${listInWords(nearestModules, 'or')}?`;
  const isOfLibrary = resolution.kind === 'unresolved' && resolution.libraries !== undefined;
  return isOfLibrary ? 'Correct the name, or add the module there.' : 'Create the file, or correct the name.';
}

/** Safe where only upper and lower case differ: the import fails as it stands, and nothing else can be meant. */
function fixFor(statement: ImportStatement, { resolution, nearestModules }: LinkedImport): Pick<Report, 'fix'> {
  const [nearest, ...others] = nearestModules;
  if (nearest === undefined || others.length > 0 || !('module' in resolution)) return {};
  const text = statement.level === 0 ? nearest : relativeTo(statement, resolution.module, nearest);
  const isUsedByName = statement.kind === 'import' && !statement.hasAlias;
  const isSafe = nearest.toLowerCase() === resolution.module.toLowerCase() && !isUsedByName && statement.guard === 'none';
  if (text === undefined) return {};
  const edits = [{ span: statement.moduleSpan, text }];
  return { fix: { title: `Import ${nearest}`, applicability: isSafe ? 'safe' : 'unsafe', edits } };
}

/** `..core.config` for a near name below the package the dots lead to. */
function relativeTo({ level, module }: ImportStatement, asked: string, nearest: string): string | undefined {
  const base = asked.slice(0, asked.length - module.length);
  return module !== '' && nearest.startsWith(base) ? '.'.repeat(level) + nearest.slice(base.length) : undefined;
}

function offPath(statement: ImportStatement, path: string): Report {
  return {
    span: statement.moduleSpan,
    message: `\`${statement.module}\` is found only as ${path}, and its folder is not on Python's path when the project runs from its root. Import it by its full name.`,
    certainty: 'possible',
    data: { module: statement.module, path },
  };
}
