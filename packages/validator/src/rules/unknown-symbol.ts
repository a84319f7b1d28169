import type { ImportedName, ImportStatement } from '../extract/import-statement';
import type { LinkedImport, LinkedName } from '../graph/linked-module';
import { defineRule } from './define-rule';
import { isBuiltModule } from './is-built-module';
import { listInWords } from './list-in-words';
import type { Report } from './rule';

export const unknownSymbol = defineRule(
  {
    id: 'unknown-symbol',
    since: '0.1.0',
    severity: 'error',
    summary: 'A name is imported from a module of the project or of a library beside it that does not bind it.',
    why: 'Python raises ImportError when the line runs.',
    whatToDo: 'Import a name the module has, or add it there.',
    examples: [{ bad: 'from app.core.security import hash_pasword', good: 'from app.core.security import hash_password' }],
  },
  ({ summary, linked }) =>
    summary.imports.flatMap((statement, index) => {
      if (statement.guard === 'guarded') return [];
      const link = linked.imports[index]!;
      const names = statement.names.flatMap((name, position) => reportName(statement, name, link.names[position]!, link));
      return [...names, ...reportAll(statement, link)];
    }),
);

function reportName(statement: ImportStatement, asked: ImportedName, name: LinkedName, { resolution }: LinkedImport): readonly Report[] {
  const module = 'module' in resolution ? resolution.module : statement.module;
  const library = resolution.kind === 'library' ? resolution.library : undefined;
  const why = reason(name, library === undefined ? `\`${module}\`` : `\`${module}\` of \`${library}\``, statement.typeCheckingOnly);
  if (why === undefined) return [];
  const nearest = name.nearest ?? [];
  const boundBy = (name.boundBy ?? []).filter((other) => other !== module);
  return [
    {
      span: asked.span,
      message: `${why} ${hint(nearest, boundBy, asked.name, module)}`,
      certainty: isCertain(statement, resolution) && !isBuiltModule(asked.name) ? 'certain' : 'possible',
      data: { name: asked.name, module, ...(library === undefined ? {} : { library }), nearest, boundBy },
      ...(nearest.length === 1 && boundBy.length === 0
        ? { fix: { title: `Import ${nearest[0]}`, edits: [{ span: asked.span, text: nearest[0]! }] } }
        : {}),
    },
  ];
}

/** A folder that is on no path answers only when somebody puts it there. */
function isCertain(statement: ImportStatement, resolution: LinkedImport['resolution']): boolean {
  const isOnPath = resolution.kind !== 'module' || resolution.via !== 'other-folder';
  return isOnPath && !statement.typeCheckingOnly && statement.guard !== 'fallback';
}

function reason({ name, status }: LinkedName, module: string, typeCheckingOnly: boolean): string | undefined {
  switch (status) {
    case 'missing':
      return `${module} has no name \`${name}\`.`;
    case 'declared-only':
      return typeCheckingOnly ? undefined : `${module} declares \`${name}\` without a value, so the name is not bound.`;
    case 'deleted':
      return `${module} unbinds \`${name}\` again before it has loaded.`;
    case 'type-checking-only':
      return typeCheckingOnly ? undefined : `${module} binds \`${name}\` only under TYPE_CHECKING, which is false when the program runs.`;
    default:
      return undefined;
  }
}

function hint(nearest: readonly string[], boundBy: readonly string[], name: string, module: string): string {
  if (boundBy.length > 0) return `Did you mean \`${name}\` from ${listInWords(boundBy, 'or')}?`;
  if (nearest.length > 0) return `Did you mean ${listInWords(nearest, 'or')} from \`${module}\`?`;
  return `Define it in \`${module}\`, or import another name.`;
}

function reportAll(statement: ImportStatement, { resolution, missingFromAll }: LinkedImport): readonly Report[] {
  if (missingFromAll.length === 0 || resolution.kind !== 'module') return [];
  return [
    {
      span: statement.moduleSpan,
      message: `\`__all__\` of \`${resolution.module}\` names ${listInWords(missingFromAll, 'and')}, which the module does not bind: \`import *\` raises AttributeError. Correct \`__all__\` there.`,
      data: { module: resolution.module, names: missingFromAll },
    },
  ];
}
