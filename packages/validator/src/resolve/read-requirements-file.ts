import { isDevelopmentGroup } from './development-group';
import { folderOf, joinPath } from './join-path';
import { readToml } from './read-toml';
import type { ManifestRequirements, StatedRequirement } from './requirements';
import { tableAt } from './toml-table';

/** Reads a requirements file and the files it includes with `-r`; a constraint (`-c`) declares nothing. */
export function readRequirementsFile(path: string, texts: ReadonlyMap<string, string>): ManifestRequirements {
  const requirements: StatedRequirement[] = [];
  const group = isDevelopmentGroup(path) ? path : undefined;
  const seen = new Set<string>();
  const pending = [path];
  let isOpen = false;
  while (pending.length > 0) {
    const file = pending.pop()!;
    if (seen.has(file)) continue;
    seen.add(file);
    const text = texts.get(file);
    if (text === undefined) isOpen = true;
    for (const line of logicalLines(text ?? '')) {
      const included = /^(?:-r|--requirement)[ =]*(.+)$/.exec(line)?.[1];
      if (included !== undefined) pending.push(joinPath(folderOf(file), included.trim()) ?? included);
      const name = included === undefined ? requirementIn(line, folderOf(file), texts) : undefined;
      if (name === 'unnamed') isOpen = true;
      else if (name !== undefined) requirements.push({ text: name, group });
    }
  }
  return { isStated: true, isOpen, requirements };
}

/** Comments off, lines that end with a backslash joined. */
function logicalLines(text: string): readonly string[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#(?!egg=|subdirectory=).*$/, '').trim())
    .filter((line) => line !== '');
}

/** The requirement of one line; `unnamed` when only fetching it would tell whose it is. */
function requirementIn(line: string, folder: string, texts: ReadonlyMap<string, string>): string | undefined {
  const source = line.replace(/^(-e|--editable)[ =]+/, '');
  if (/^-/.test(source)) return undefined;
  const egg = /#(?:.*&)?egg=([\w.-]+(?:\[[^\]]*\])?)/.exec(source)?.[1];
  if (egg !== undefined) return egg;
  if (/^[A-Za-z0-9][\w.-]*\s*(\[[^\]]*\])?\s*@/.test(source)) return source;
  const archive = /([A-Za-z0-9][A-Za-z0-9._]*?)-\d[^/]*\.(?:whl|tar\.gz|zip)(?:[#?].*)?$/.exec(source)?.[1];
  if (archive !== undefined) return archive;
  if (/^[\w+]+:\/\//.test(source)) return 'unnamed';
  if (/^\.{0,2}\//.test(source) || /^\.{1,2}(\[|$)/.test(source) || line !== source) return localProject(source, folder, texts);
  return source;
}

/** `-e ./libs/common[extra]` is the distribution its pyproject.toml names. */
function localProject(source: string, folder: string, texts: ReadonlyMap<string, string>): string | undefined {
  const target = joinPath(folder, source.replace(/\[[^\]]*\]$/, ''));
  const path = target === undefined ? undefined : joinPath(target, 'pyproject.toml');
  const text = path === undefined ? undefined : texts.get(path);
  if (text === undefined) return target === '.' ? undefined : 'unnamed';
  const outcome = readToml(path!, text);
  const name = outcome.kind === 'table' ? tableAt(outcome.table, 'project')['name'] : undefined;
  return typeof name === 'string' ? name : 'unnamed';
}
