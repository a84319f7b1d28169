import { withoutChance } from './without-chance';

const MOST_LINES = 60;
const MOST_CHARACTERS = 4_000;

/**
 * The end of what a program said, where the reason stands, without the libraries' part of tracebacks;
 * and without ids and times; `folder` is where it ran, and its name is left out.
 */
export function trimOutput(output: string, folder: string): string {
  const lines = withoutLibraries(output.replaceAll(`${folder}/`, '').split('\n')).map((line) => withoutChance(line.trimEnd()));
  const kept = lines.filter((line, index) => line !== '' || lines[index - 1] !== '').slice(-MOST_LINES);
  return kept.join('\n').trim().slice(-MOST_CHARACTERS);
}

/** A frame of a traceback is its `File` line and the lines indented deeper; one of ours has a relative path. */
function withoutLibraries(lines: readonly string[]): readonly string[] {
  let isLibrary = false;
  return lines.filter((line) => {
    if (/^ *File "/.test(line)) isLibrary = /^ *File "(\/|<)/.test(line);
    else if (!/^ {4}/.test(line)) isLibrary = false;
    return !isLibrary;
  });
}
