import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pluginVersion } from '../../plugin-version';
import type { ProjectLayout } from './project-layout';

/** Changes with what is in the file, or with what the same file of Python gives. */
const HEAD = `@org/fastapi imports 1 ${pluginVersion}`;

interface Entries {
  readonly table: readonly string[];
  readonly files: Map<string, string | readonly number[]>;
  readonly layouts: Map<string, ProjectLayout>;
}

/**
 * What is known of files by the hash of their contents, which never gets out of date: the names they import, as numbers in one table,
 * and the layouts of projects. One text file, made to be read fast; a damaged one is an empty one.
 */
export class ImportMemory {
  private readonly numbers = new Map<string, number>();
  private hasGrown = false;

  private constructor(
    private readonly path: string,
    private readonly table: string[],
    /** Numbers joined by commas until somebody asks. */
    private readonly files: Map<string, string | readonly number[]>,
    private readonly layouts: Map<string, ProjectLayout>,
  ) {
    table.forEach((name, number) => this.numbers.set(name, number));
  }

  /** NX_CACHE_PROJECT_GRAPH=false means to Nx that nothing is taken from earlier commands. */
  static open(path: string): ImportMemory {
    const text = process.env['NX_CACHE_PROJECT_GRAPH'] === 'false' ? undefined : readText(path);
    const known = text === undefined ? undefined : decode(text);
    return new ImportMemory(path, known?.table ?? [], known?.files ?? new Map(), known?.layouts ?? new Map());
  }

  /** Every name that any file imports; a name's number is its place. */
  get names(): readonly string[] {
    return this.table;
  }

  importsOf(hash: string): readonly number[] | undefined {
    const known = this.files.get(hash);
    if (typeof known !== 'string') return known;
    const numbers = numbersIn(known);
    this.files.set(hash, numbers);
    return numbers;
  }

  addImports(hash: string, names: readonly string[]): readonly number[] {
    const numbers = names.map((name) => this.numberOf(name));
    this.files.set(hash, numbers);
    this.hasGrown = true;
    return numbers;
  }

  layoutOf(key: string): ProjectLayout | undefined {
    return this.layouts.get(key);
  }

  addLayout(key: string, layout: ProjectLayout): void {
    this.layouts.set(key, layout);
    this.hasGrown = true;
  }

  /**
   * Writes what was added. What the workspace no longer has is kept, for it may come back with another branch, until it outweighs the rest.
   * A folder that cannot be written to costs time at the next command, and nothing else.
   */
  save(isInUse: { readonly hash: (hash: string) => boolean; readonly layout: (key: string) => boolean }): void {
    if (!this.hasGrown) return;
    forgetMost(this.files, isInUse.hash);
    forgetMost(this.layouts, isInUse.layout);
    this.hasGrown = false;
    writeWhole(this.path, encode(this.entries()));
  }

  private entries(): Entries {
    return { table: this.table, files: this.files, layouts: this.layouts };
  }

  private numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.table.push(name) - 1;
    this.numbers.set(name, number);
    return number;
  }
}

function forgetMost(entries: Map<string, unknown>, isInUse: (key: string) => boolean): void {
  const unused = [...entries.keys()].filter((key) => !isInUse(key));
  if (unused.length * 2 > entries.size) for (const key of unused) entries.delete(key);
}

/** With the names that are still in use, so that the table does not grow for ever. */
function encode({ table, files, layouts }: Entries): string {
  const names: string[] = [];
  const places = new Map<number, number>();
  const placeOf = (number: number) => {
    const known = places.get(number);
    if (known !== undefined) return known;
    const place = names.push(table[number]!) - 1;
    places.set(number, place);
    return place;
  };
  const lines = [...files].map(([hash, numbers]) => `${hash} ${numbersIn(numbers).map(placeOf).join(',')}`);
  return [HEAD, names.join(' '), JSON.stringify([...layouts]), ...lines, `end ${lines.length}`].join('\n');
}

function numbersIn(known: string | readonly number[]): readonly number[] {
  if (typeof known !== 'string') return known;
  return known === '' ? [] : known.split(',').map(Number);
}

/** The whole, or nothing: the last line says how many lines there must be. */
function decode(text: string) {
  const [head, names = '', layouts = '', ...lines] = text.split('\n');
  const last = lines.pop();
  if (head !== HEAD || last !== `end ${lines.length}`) return undefined;
  const table = names === '' ? [] : names.split(' ');
  const files = new Map<string, string>();
  for (const line of lines) {
    const space = line.indexOf(' ');
    if (space < 1) return undefined;
    files.set(line.slice(0, space), line.slice(space + 1));
  }
  try {
    return { table, files, layouts: new Map(JSON.parse(layouts) as readonly (readonly [string, ProjectLayout])[]) };
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A reader sees the old file or the new one: the daemon and a command may write at the same time. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch {
    tryRemove(draft);
  }
}

function tryRemove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It lies in the folder of Nx's own caches, which `nx reset` empties.
  }
}
