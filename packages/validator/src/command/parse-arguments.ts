import { DIAGNOSTIC_FORMATS } from '../report/format-diagnostics';
import type { DiagnosticFormat } from '../report/formatters';

export type CommandArguments =
  | { readonly kind: 'check'; readonly paths: readonly string[]; readonly format: DiagnosticFormat }
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly message: string };

/** Reads what stands after the program's name. */
export function parseArguments(words: readonly string[]): CommandArguments {
  const paths: string[] = [];
  let format: DiagnosticFormat = 'concise';
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    if (word === '--help' || word === '-h') return { kind: 'help' };
    if (word === '--format' || word.startsWith('--format=')) {
      const value = word === '--format' ? words[(index += 1)] : word.slice('--format='.length);
      const known = DIAGNOSTIC_FORMATS.find((name) => name === value);
      if (known === undefined)
        return { kind: 'invalid', message: `--format takes ${DIAGNOSTIC_FORMATS.join(', ')}; got ${value ?? 'nothing'}.` };
      format = known;
    } else if (word.startsWith('-')) return { kind: 'invalid', message: `Unknown option ${word}. See fastapi-validate --help.` };
    else paths.push(word);
  }
  return { kind: 'check', paths, format };
}
