import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { FinishReason } from '../src/model/completion';

export const ENDS = ['given-up', 'mended', 'left-to-the-tests'] as const;

/** One faulty answer of a model; `planted-faults/README.md` describes the files. */
export interface PlantedFault {
  /** Name of the file. */
  readonly name: string;
  /** The artifact that the model was asked for. */
  readonly artifact: string;
  readonly kind: string;
  /** What is wrong, as a phrase. */
  readonly fault: string;
  readonly finishReason: FinishReason;
  /** Rules that stand against the first answer, or why it is none; sorted. */
  readonly found: readonly string[];
  readonly ends: (typeof ENDS)[number];
  /** `template`, or the path of a file of the repository: the same file without the fault. */
  readonly twin: string;
  /** The answer, byte for byte. */
  readonly answer: string;
}

const folder = join(__dirname, 'planted-faults');

/** All cases, by name. */
export function readPlantedFaults(): readonly PlantedFault[] {
  const names = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md');
  return names.sort().map((file) => parseFault(file.replace(/\.md$/, ''), readFileSync(join(folder, file), 'utf8')));
}

interface FrontMatter {
  readonly artifact: string;
  readonly kind: string;
  readonly fault: string;
  readonly finish?: FinishReason['unified'];
  readonly found: readonly string[];
  readonly ends: PlantedFault['ends'];
  readonly twin: string;
}

function parseFault(name: string, text: string): PlantedFault {
  const parts = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text);
  if (parts === null) throw new Error(`${name}.md has no front matter between two lines of ---.`);
  const { finish = 'stop', ...front } = parse(parts[1]!) as FrontMatter;
  if (!ENDS.includes(front.ends)) throw new Error(`${name}.md: ends must be one of ${ENDS.join(', ')}.`);
  return { name, ...front, finishReason: { unified: finish, raw: finish.toUpperCase() }, answer: parts[2]! };
}
