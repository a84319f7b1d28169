import type { ModuleSummary } from '../extract/module-summary';
import type { LinkedModule } from '../graph/linked-module';
import { LineIndex } from '../text/line-index';
import type { ProjectImport } from './project-import';

/** `from app import db, name` reaches two files: `app/db.py`, and `app/__init__.py` for `name`. */
export function listProjectImports(summary: ModuleSummary, linked: LinkedModule): readonly ProjectImport[] {
  const lines = new LineIndex(summary.text);
  return summary.imports.flatMap((statement, index) => {
    const { resolution, names } = linked.imports[index]!;
    if (resolution.kind !== 'module' && resolution.kind !== 'namespace-package') return [];
    const shared = { line: lines.position(statement.span.start).line, typeCheckingOnly: statement.typeCheckingOnly };
    const asked = statement.kind === 'star' ? ['*'] : names.filter(({ status }) => status !== 'submodule').map(({ name }) => name);
    const isAsked = statement.kind === 'import' || asked.length > 0;
    const own =
      resolution.kind === 'module' && isAsked ? [{ module: resolution.module, path: resolution.path, names: asked, ...shared }] : [];
    const submodules = names.flatMap(({ name, path }) =>
      path === undefined ? [] : [{ module: `${resolution.module}.${name}`, path, names: [], ...shared }],
    );
    return [...own, ...submodules];
  });
}
