import { isDeepStrictEqual } from 'node:util';
import { readTomlDocument, valueAt } from '../../pyproject/toml-document';

/** What of a `pyproject.toml` decides which packages are installed. */
const places = [['project', 'requires-python'], ['project', 'dependencies'], ['dependency-groups'], ['tool', 'uv']] as const;

/** Whether the one text of `pyproject.toml` asks for other packages than the other. A text that is no TOML asks for others. */
export function asksForOtherPackages(before: string, after: string): boolean {
  const [old, fresh] = [readTomlDocument(before), readTomlDocument(after)];
  if (old.kind === 'fault' || fresh.kind === 'fault') return true;
  return places.some((place) => !isDeepStrictEqual(valueAt(old.document.value, ...place), valueAt(fresh.document.value, ...place)));
}
