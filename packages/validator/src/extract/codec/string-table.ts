import { NamePool } from '../../text/name-pool';

const NAMES = new NamePool();

/** The strings of one summary, each once: lengths, then all characters one after the other. */
export function writeStrings(strings: Iterable<string>): { readonly lengths: readonly number[]; readonly characters: Uint8Array } {
  const all = [...strings];
  const joined = all.join('');
  // eslint-disable-next-line no-control-regex
  const isNarrow = /^[\0-\xff]*$/.test(joined);
  return {
    lengths: [isNarrow ? 1 : 0, ...all.map(({ length }) => length)],
    characters: Buffer.from(joined, isNarrow ? 'latin1' : 'utf16le'),
  };
}

/** Makes a string when it is asked for; equal strings of all summaries are one. */
export class StringTable {
  private readonly known: (string | undefined)[] = [];

  /** `ends`: where in `joined` each string ends. */
  constructor(
    private readonly joined: string,
    private readonly ends: readonly number[],
  ) {}

  at(index: number): string {
    return (this.known[index] ??= NAMES.cut(this.joined, index === 0 ? 0 : this.ends[index - 1]!, this.ends[index]!));
  }
}
