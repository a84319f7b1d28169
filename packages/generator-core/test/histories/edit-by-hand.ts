import { openProject } from '@org/validator';
import type { Random } from '../random-spec/random';

export type Files = Readonly<Record<string, string>>;

export interface HandEdit {
  /** For people: `app/models/book.py: line 3 is mine`. */
  readonly what: string;
  readonly files: Files;
}

/**
 * Something that a user does to the files of a service and that leaves it right by itself: lines added, changed and taken away, files deleted and new ones.
 * What is added has a word with a number, so that it can be looked for. The files as they are where nothing of the kind was found.
 */
export function editByHand(random: Random, files: Files, mark: string): HandEdit {
  for (let tries = 0; tries < 12; tries += 1) {
    const edit = random.pick(EDITS)(random, files, mark);
    if (edit !== undefined && faultsOf(edit.files).length === 0) return edit;
  }
  return { what: 'nothing', files };
}

/** Certain diagnostics of the service as it stands, as text. */
export function faultsOf(files: Files): readonly string[] {
  const checked = Object.entries(files).filter(([path]) => /\.(py|toml)$/.test(path) && !path.startsWith('.fastapi/'));
  return openProject({ files: new Map(checked) })
    .check()
    .filter(({ certainty }) => certainty === 'certain')
    .map(({ path, rule, message, range }) => `${path}:${range.start.line} ${rule} ${message}`);
}

type Edit = (random: Random, files: Files, mark: string) => HandEdit | undefined;

const addLine: Edit = (random, files, mark) => {
  const path = pickCode(random, files);
  const lines = files[path]!.split('\n');
  const at = random.below(lines.length);
  const indent = /^ */.exec(lines[at]!)![0];
  lines.splice(at, 0, random.pick([`${indent}# ${mark}`, `${indent}${mark} = 1`]));
  return { what: `${path}: line ${at + 1} is new`, files: { ...files, [path]: lines.join('\n') } };
};

const changeLine: Edit = (random, files, mark) => {
  const path = pickCode(random, files);
  const lines = files[path]!.split('\n');
  const at = random.below(lines.length);
  if (lines[at]!.trim() === '') return undefined;
  lines[at] = `${lines[at]}  # ${mark}`;
  return { what: `${path}: line ${at + 1} is another`, files: { ...files, [path]: lines.join('\n') } };
};

const deleteLine: Edit = (random, files) => {
  const path = pickCode(random, files);
  const lines = files[path]!.split('\n');
  const at = random.below(lines.length);
  if (lines[at]!.trim() === '' || /mine_\d/.test(lines[at]!)) return undefined;
  lines.splice(at, 1);
  return { what: `${path}: line ${at + 1} is gone`, files: { ...files, [path]: lines.join('\n') } };
};

const deleteFile: Edit = (random, files) => {
  const path = random.pick(
    Object.keys(files)
      .filter((each) => /^(tests\/test_|README|AGENTS|Dockerfile)/.test(each))
      .concat('README.md'),
  );
  if (files[path] === undefined || /mine_\d/.test(files[path])) return undefined;
  return { what: `${path} is deleted`, files: Object.fromEntries(Object.entries(files).filter(([each]) => each !== path)) };
};

const addFile: Edit = (_random, files, mark) => {
  const path = `app/extensions/${mark}.py`;
  return { what: `${path} is new`, files: { ...files, [path]: `"""Of the user."""\n\n${mark.toUpperCase()} = "${mark}"\n` } };
};

const EDITS: readonly Edit[] = [addLine, addLine, addLine, changeLine, changeLine, deleteLine, deleteFile, addFile];

function pickCode(random: Random, files: Files): string {
  return random.pick(Object.keys(files).filter((path) => /^(app|tests)\/.*\.py$/.test(path)));
}
