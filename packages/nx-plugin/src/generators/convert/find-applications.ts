import { posix } from 'node:path';
import { childInField, namedChildren, openProject, parsePython, type Project, type SyntaxNode } from '@org/validator';
import type { Application } from './application';

interface Found extends Application {
  readonly path: string;
}

/**
 * The FastAPI applications of a project, the likeliest first: made where the module is loaded before made by a function,
 * `app` before other names, near the project's folder before deep below it.
 */
export function findApplications(files: ReadonlyMap<string, string>): readonly Application[] {
  const candidates = [...files].filter(([path, text]) => path.endsWith('.py') && text.includes('FastAPI') && !isTest(path));
  if (candidates.length === 0) return [];
  const project = openProject({ files });
  return candidates
    .flatMap(([path, text]) => applicationsIn(path, text, project, files))
    .sort((left, right) => compareRanks(rankOf(left), rankOf(right)))
    .map(({ module, attribute, isFactory, importRoot }) => ({ module, attribute, isFactory, importRoot }));
}

function applicationsIn(path: string, text: string, project: Project, files: ReadonlyMap<string, string>): readonly Found[] {
  const place = placeOf(path, text, project.surface(path)?.module, files);
  if (place === undefined) return [];
  const textOf = (node: SyntaxNode) => text.slice(node.start, node.end);
  return namedChildren(parsePython(text)).flatMap((statement): readonly Found[] => {
    const attribute = assignedApplication(statement, textOf);
    if (attribute !== undefined) return [{ ...place, path, attribute, isFactory: false }];
    const factory = applicationFactory(statement, textOf);
    return factory === undefined ? [] : [{ ...place, path, attribute: factory, isFactory: true }];
  });
}

type TextOf = (node: SyntaxNode) => string;

/** `app = FastAPI(…)`, `app: FastAPI = fastapi.FastAPI(…)` */
function assignedApplication(statement: SyntaxNode, textOf: TextOf): string | undefined {
  const [assignment] = statement.type === 'expression_statement' ? namedChildren(statement) : [];
  if (assignment?.type !== 'assignment') return undefined;
  const left = childInField(assignment, 'left');
  const right = childInField(assignment, 'right');
  const called = right?.type === 'call' ? childInField(right, 'function') : undefined;
  return left?.type === 'identifier' && called !== undefined && isFastApi(textOf(called)) ? textOf(left) : undefined;
}

/** `def create_app() -> FastAPI:`, with nothing that must be given. */
function applicationFactory(statement: SyntaxNode, textOf: TextOf): string | undefined {
  if (statement.type !== 'function_definition' || textOf(statement).startsWith('async')) return undefined;
  const name = childInField(statement, 'name');
  const returned = childInField(statement, 'return_type');
  const parameters = childInField(statement, 'parameters');
  const isFree =
    parameters !== undefined && namedChildren(parameters).every(({ type }) => type.includes('default') || type.includes('splat'));
  return name !== undefined && returned !== undefined && isFastApi(textOf(returned)) && isFree ? textOf(name) : undefined;
}

function isFastApi(text: string): boolean {
  return /^(?:[\w.]+\.)?FastAPI$/.test(text.replace(/["']/g, ''));
}

/** The module's name and where its imports start. A script that imports its neighbours by their bare names starts in its own folder. */
function placeOf(
  path: string,
  text: string,
  module: string | undefined,
  files: ReadonlyMap<string, string>,
): Pick<Application, 'module' | 'importRoot'> | undefined {
  if (module === undefined) return undefined;
  const folder = posix.dirname(path);
  const isScript = folder !== '.' && !files.has(`${folder}/__init__.py`) && importsNeighbour(folder, text, files);
  if (isScript) return { module: posix.basename(path, '.py'), importRoot: folder };
  const tail = path.endsWith('/__init__.py') ? `${module.replaceAll('.', '/')}/__init__.py` : `${module.replaceAll('.', '/')}.py`;
  return { module, importRoot: path === tail ? '.' : path.slice(0, -tail.length - 1) };
}

function importsNeighbour(folder: string, text: string, files: ReadonlyMap<string, string>): boolean {
  const isThere = (base: string) => files.has(`${base}.py`) || files.has(`${base}/__init__.py`);
  return namedChildren(parsePython(text)).some((statement) => {
    const words = /^(?:from|import)\s+(\w+)/.exec(text.slice(statement.start, statement.end));
    const name = statement.type.startsWith('import') ? words?.[1] : undefined;
    return name !== undefined && isThere(`${folder}/${name}`) && !isThere(name);
  });
}

function isTest(path: string): boolean {
  return /(^|\/)(tests?|examples?|docs)\//.test(path) || /(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}

function rankOf({ isFactory, attribute, path }: Found): readonly (number | string)[] {
  return [Number(isFactory), Number(attribute !== 'app'), path.split('/').length, Number(!path.endsWith('main.py')), path, attribute];
}

function compareRanks(left: readonly (number | string)[], right: readonly (number | string)[]): number {
  const index = left.findIndex((value, place) => value !== right[place]);
  const [one, other] = [left[index], right[index]];
  return one === undefined || other === undefined || one === other ? 0 : one < other ? -1 : 1;
}
