import type { ArtifactRole } from '../artifacts/artifact-role';
import { pythonDocstring } from '../artifacts/python/python-text';
import type { Revision } from './next-migration';

/** The one file of a run that its spec alone does not give: the migration from what the last run left. */
export function revisionRole(revision: Revision): ArtifactRole {
  const { path, revision: name, follows, summary, losses, upgrade, downgrade } = revision;
  return {
    role: 'migration',
    phase: 'app',
    artifacts: () => [{ path, phase: 'app', role: 'migration', template: 'alembic/versions/next.py.jinja', provides: [], needs: [] }],
    view: () => ({
      docstring: docstringOf(summary, losses),
      revision: name,
      follows,
      upgrade: upgrade.map(indented),
      downgrade: downgrade.map(indented),
    }),
  };
}

function docstringOf(summary: string, losses: readonly string[]): string {
  const parts = [summary, ...(losses.length > 0 ? [`Taken back: ${losses.join('; ')}.`] : [])];
  const text = parts.map((part) => pythonDocstring(part, 0).trimEnd()).join('\n\n');
  return text.includes('\n') ? `${text}\n` : text;
}

function indented(statement: string): string {
  return statement.replace(/^/gm, '    ');
}
