import type { z } from 'zod';
import { didYouMean, nearestWord } from './did-you-mean';
import type { ReportFault } from './report-fault';
import { serviceSpecDocument, type SpecDocument } from './spec-document';
import { specPatterns, type SpecPattern } from './spec-patterns';
import type { SpecPath } from './spec-path';
import { valueAt } from './value-at';
import type { SpecSource } from './spec-source';

type Issue = z.core.$ZodIssue;

/**
 * The part of the spec that has the structure of a spec. What has not is reported and taken out, so that the rest is still checked;
 * undefined when nothing is left to check or a place (a key that is a list) cannot be taken out. Short fields and relations of the wrong form stay in: their readers say what is wrong inside them.
 */
export function checkStructure(source: SpecSource, report: ReportFault): SpecDocument | undefined {
  renameMistypedKeys(source, report);
  const removed: SpecPath[] = [];
  let before = '';
  for (;;) {
    const value = source.value();
    const now = JSON.stringify(value);
    if (now === before) return undefined;
    before = now;
    const reading = serviceSpecDocument.safeParse(value);
    if (reading.success) return reading.data;
    const issues = reading.error.issues.flatMap(narrowIssue).filter((issue) => !isShortText(issue, value));
    if (issues.length === 0) return value as SpecDocument;
    for (const issue of issues) {
      if (!removed.some((path) => isPrefix(pathOf(issue), path))) reportIssue({ issue, value, report });
    }
    const places = issues.flatMap((issue) => mendInPlace({ issue, value, source }));
    for (const path of inRemovalOrder(places)) {
      if (path.length === 0) return undefined;
      source.remove(path);
      removed.push(path);
    }
  }
}

/** A mistyped key is one fault: what stands under it is checked under the name it was meant to have. */
function renameMistypedKeys(source: SpecSource, report: ReportFault): void {
  let before = '';
  for (;;) {
    const value = source.value();
    const now = JSON.stringify(value);
    if (now === before) return;
    before = now;
    const issues = serviceSpecDocument.safeParse(value).error?.issues.flatMap(narrowIssue) ?? [];
    const [mistyped] = issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.flatMap((key) => mistypedKey({ at: pathOf(issue), key, value }) ?? []) : [],
    );
    if (mistyped === undefined) return;
    reportUnknownKey({ ...mistyped, report });
    source.rename([...mistyped.at, mistyped.key], mistyped.meant);
  }
}

interface MistypedKey {
  readonly at: SpecPath;
  readonly key: string;
  readonly meant: string;
}

function mistypedKey({
  at,
  key,
  value,
}: {
  readonly at: SpecPath;
  readonly key: string;
  readonly value: unknown;
}): MistypedKey | undefined {
  const meant = nearestWord(key, knownKeys(at));
  return meant === undefined || valueAt(value, [...at, meant]) !== undefined ? undefined : { at, key, meant };
}

/** Short texts that the readers took but the published schema refuses (`belongs_to  Author` with two spaces): editors and this reader must agree. */
export function reportUnreadShortTexts(source: SpecSource, report: ReportFault): void {
  const value = source.value();
  const reading = serviceSpecDocument.safeParse(value);
  for (const issue of reading.error?.issues.flatMap(narrowIssue) ?? []) reportIssue({ issue, value, report });
}

/** What stands for a missing value without which the rest could not be checked. It never reaches a `ServiceSpec`: its fault is reported. */
const placeholders: Readonly<Record<string, unknown>> = {
  service: 'unnamed',
  fields: {},
  access: 'public',
  describe: 'missing',
  name: 'missing',
  when: {},
  status: 200,
};

/** Puts a placeholder or names the places to remove. */
function mendInPlace({
  issue,
  value,
  source,
}: {
  readonly issue: Issue;
  readonly value: unknown;
  readonly source: SpecSource;
}): readonly SpecPath[] {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  if (valueAt(value, path) !== undefined) return [path];
  const key = String(path.at(-1));
  if (!Object.hasOwn(placeholders, key)) return [path.slice(0, -1)];
  source.put(path, placeholders[key]);
  return [];
}

/** Later list items first, so that the places before them stay true; a place once; nothing inside of what goes anyway. */
function inRemovalOrder(paths: readonly SpecPath[]): readonly SpecPath[] {
  const single = [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
  const outermost = single.filter((path) => !single.some((other) => other !== path && isPrefix(other, path)));
  return outermost.sort(laterFirst);
}

function laterFirst(left: SpecPath, right: SpecPath): number {
  const index = left.findIndex((step, position) => step !== right[position]);
  const [leftStep, rightStep] = [left[index], right[index]];
  if (typeof leftStep === 'number' && typeof rightStep === 'number') return rightStep - leftStep;
  return String(leftStep) < String(rightStep) ? 1 : -1;
}

function pathOf(issue: Issue): SpecPath {
  return issue.path as SpecPath;
}

/** Of a union, the issues of the branch whose kind of value was meant; paths made absolute. */
function narrowIssue(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((branch) => !branch.some((inner) => inner.path.length === 0 && isOtherKind(inner)));
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) => narrowIssue({ ...inner, path: [...issue.path, ...inner.path] }));
}

function isOtherKind(issue: Issue): boolean {
  return issue.code === 'invalid_type' || (issue.code === 'invalid_union' && issue.errors.every((branch) => branch.some(isOtherKind)));
}

function isShortText(issue: Issue, value: unknown): boolean {
  if (issue.code !== 'invalid_format' || typeof valueAt(value, issue.path as SpecPath) !== 'string') return false;
  return [specPatterns.shortField, specPatterns.shortRelation].some(({ pattern }) => patternOf(issue)?.pattern === pattern);
}

function patternOf(issue: Issue): SpecPattern | undefined {
  if (issue.code !== 'invalid_format') return undefined;
  return Object.values(specPatterns).find(({ pattern }) => issue.pattern === String(pattern));
}

function reportIssue({ issue, value, report }: { readonly issue: Issue; readonly value: unknown; readonly report: ReportFault }): void {
  const at = issue.path as SpecPath;
  const found = valueAt(value, at);
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) reportUnknownKey({ at, key, report });
      return;
    case 'invalid_key': {
      const pattern = issue.issues.map(patternOf).find((known) => known !== undefined) ?? specPatterns.identifier;
      report({ at, on: 'key', code: 'bad-name', message: `"${String(at.at(-1))}" ${pattern.what}.`, mend: pattern.mend });
      return;
    }
    case 'invalid_format': {
      const pattern = patternOf(issue) ?? specPatterns.identifier;
      report({ at, code: 'bad-format', message: `"${String(found)}" ${pattern.what}.`, mend: pattern.mend });
      return;
    }
    case 'invalid_value':
      report({
        at,
        code: 'unknown-word',
        message: `"${String(found)}" is not a word for "${String(at.at(-1))}".`,
        mend: didYouMean({ word: String(found), candidates: issue.values.map(String) }),
      });
      return;
    case 'custom':
      reportCustom({ at, parameters: issue.params ?? {}, report });
      return;
    default:
      reportKind({ issue, at, found, report });
  }
}

function reportUnknownKey({ at, key, report }: { readonly at: SpecPath; readonly key: string; readonly report: ReportFault }): void {
  const known = knownKeys(at);
  report({
    at: [...at, key],
    on: 'key',
    code: 'unknown-key',
    message: `"${key}" is not a key of ${at.length === 0 ? 'a spec' : `"${String(at.at(-1))}"`}, so it would be ignored.`,
    mend: didYouMean({ word: key, candidates: known, otherwise: `use one of: ${known.join(', ')}` }),
  });
}

function reportCustom({
  at,
  parameters,
  report,
}: {
  readonly at: SpecPath;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly report: ReportFault;
}): void {
  if ('repeated' in parameters) {
    report({
      at,
      code: 'repeated-item',
      message: `"${String(parameters['repeated'])}" stands twice in this list.`,
      mend: 'remove one of the two',
    });
  } else if ('oneEntity' in parameters) {
    report({
      at,
      code: 'bad-given',
      message: 'a row of "given" names exactly one entity.',
      mend: 'write one entity with its values: { Book: { stock: 5 } }',
    });
  } else {
    report({
      at,
      code: 'empty-mapping',
      message: `"${String(at.at(-1))}" is empty.`,
      mend: `name at least one ${String(parameters['empty'])}`,
    });
  }
}

function reportKind({
  issue,
  at,
  found,
  report,
}: {
  readonly issue: Issue;
  readonly at: SpecPath;
  readonly found: unknown;
  readonly report: ReportFault;
}): void {
  const name = String(at.at(-1));
  const wanted = wantedKind(issue);
  if (found === undefined) {
    report({
      at: at.slice(0, -1),
      on: 'key',
      code: 'missing-key',
      message: `"${name}" is missing.`,
      mend: `add "${name}:" with ${wanted}`,
    });
  } else if (issue.code === 'too_small' || issue.code === 'too_big') {
    const bound = issue.code === 'too_small' ? `at least ${String(issue.minimum)}` : `at most ${String(issue.maximum)}`;
    const measure = Array.isArray(found) ? `has ${found.length} entries` : `is ${String(found)}`;
    report({
      at,
      code: 'out-of-range',
      message: `"${name}" ${measure}, but it must ${Array.isArray(found) ? 'have' : 'be'} ${bound}.`,
      mend: `give ${bound}`,
    });
  } else {
    report({ at, code: 'wrong-kind', message: `"${name}" is ${kindOf(found)}, but it must be ${wanted}.`, mend: `write ${wanted}` });
  }
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'nothing',
};

function wantedKind(issue: Issue): string {
  if (issue.code === 'invalid_type') return kindNames[issue.expected] ?? issue.expected;
  if (issue.code !== 'invalid_union') return 'a value';
  const kinds = issue.errors.flatMap((branch) => branch.filter((inner) => inner.path.length === 0).map(wantedKind));
  return [...new Set(kinds)].join(' or ') || 'a value';
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'boolean') return `${String(value)} (a yes-or-no value)`;
  return typeof value === 'number' ? `the number ${String(value)}` : `the text "${String(value)}"`;
}

/** Keys that the schema knows at a path, found by walking the schema itself so that there is no second list. */
function knownKeys(path: SpecPath): readonly string[] {
  let schemas: readonly unknown[] = [serviceSpecDocument];
  for (const step of path) schemas = schemas.flatMap((schema) => innerSchemas(schema, step));
  return schemas.flatMap(unwrapped).flatMap((schema) => (schema.def.type === 'object' ? Object.keys(schema.def.shape ?? {}) : []));
}

interface SchemaDefinition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly valueType?: unknown;
  readonly innerType?: unknown;
  readonly options?: readonly unknown[];
}

function unwrapped(schema: unknown): readonly { readonly def: SchemaDefinition }[] {
  const { def } = schema as { readonly def: SchemaDefinition };
  if (def.type === 'optional') return unwrapped(def.innerType);
  if (def.type === 'union') return (def.options ?? []).flatMap(unwrapped);
  return [{ def }];
}

function innerSchemas(schema: unknown, step: string | number): readonly unknown[] {
  return unwrapped(schema).flatMap(({ def }) => {
    if (def.type === 'object') return def.shape !== undefined && Object.hasOwn(def.shape, step) ? [def.shape[step]] : [];
    if (def.type === 'record') return [def.valueType];
    return def.type === 'array' ? [def.element] : [];
  });
}

function isPrefix(prefix: SpecPath, path: SpecPath): boolean {
  return prefix.length <= path.length && prefix.every((step, index) => step === path[index]);
}
