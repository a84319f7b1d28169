import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { UserError } from '../../errors/user-error';
import { editToml, type TomlEdit } from '../../pyproject/edit-toml';

/** The text of a folder's `pyproject.toml` with the edits. Throws `UserError` when it cannot be edited with certainty. */
export function editPyproject(tree: Tree, folder: string, edits: readonly TomlEdit[]): string {
  const file = posix.join(folder, 'pyproject.toml');
  const editing = editToml(tree.read(file, 'utf-8') ?? '', edits);
  if (editing.kind === 'edited') return editing.text;
  const wanted = edits.map(({ path }) => path.join('.')).join(', ');
  throw new UserError(
    `${file} could not be edited (${wanted}): ${editing.reason}. Nothing was written; make the change yourself, then run again.`,
  );
}
