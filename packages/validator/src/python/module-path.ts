import { parseModuleName, type ModuleName } from './module-name';

/** `src/app/core/__init__.py` under root `src` is `app.core`; undefined when the path is no importable module of that root. */
export function modulePathToName(path: string, root: string): ModuleName | undefined {
  const prefix = root === '.' || root === '' ? '' : `${root}/`;
  if (!path.startsWith(prefix) || !path.endsWith('.py')) return undefined;
  const parts = path.slice(prefix.length, -'.py'.length).split('/');
  if (parts[parts.length - 1] === '__init__') parts.pop();
  return parseModuleName(parts.join('.'));
}
