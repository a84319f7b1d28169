import { checkFiles, formatDiagnostics, readSettings, ruleMetas, type Diagnostic } from '@org/validator';
import { GenerationError } from '../../src/errors/generation-error';
import { ruffOptions } from '../../src/render/ruff-options';
import { generateService } from '../../src/run/generate-service';
import { formatSpecFaults } from '../../src/spec/format-spec-faults';
import { mapProject } from '../../src/testing/map-project';

export type InMemoryStep = 'parse' | 'generate' | 'validate';

export type InMemoryOutcome =
  | { readonly kind: 'generated'; readonly files: ReadonlyMap<string, string> }
  | { readonly kind: 'failed'; readonly step: InMemoryStep; readonly output: string };

/** The real run with all its gates, and then what `validate` would say of all files. */
export function generateInMemory(specText: string): InMemoryOutcome {
  try {
    const result = generateService({ specText, project: mapProject({ 'service.yaml': specText }) });
    if (result.kind === 'faulty-spec') return { kind: 'failed', step: 'parse', output: formatSpecFaults(result.faults, 'service.yaml') };
    if (result.kind !== 'generated') return { kind: 'failed', step: 'generate', output: `the run ended as ${result.kind}` };
    const files = new Map([...result.writes, ['service.yaml', specText]]);
    const found = validate(files);
    return found === '' ? { kind: 'generated', files } : { kind: 'failed', step: 'validate', output: found };
  } catch (error) {
    if (error instanceof GenerationError) return { kind: 'failed', step: 'generate', output: error.message };
    return { kind: 'failed', step: 'generate', output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Ruff's rules of the service, but for the order of imports, which its configuration decides. */
const lintRules = ruffOptions.select.filter((rule) => rule !== 'I');

function validate(files: ReadonlyMap<string, string>): string {
  const settings = readSettings(files.get('pyproject.toml'));
  if (settings.kind === 'invalid') return settings.faults.join('\n');
  const checking = checkFiles({ files, unreadable: [], settings: { ...settings.settings, lint: lintRules } });
  if (checking.kind === 'invalid') return checking.fault;
  const found = checking.diagnostics.filter((diagnostic) => !isAllowed(diagnostic, files.get('pyproject.toml') ?? ''));
  return found.length === 0
    ? ''
    : formatDiagnostics(found, 'concise', { texts: files, checkedPaths: [...files.keys()], rules: ruleMetas, category: 'random' });
}

/** What the service's own configuration of ruff allows, of which the rules here know nothing. */
function isAllowed({ rule, path, message }: Diagnostic, pyproject: string): boolean {
  const allowed = [...pyproject.matchAll(/^"([^"]+)" = \[("S\d+"(?:, "S\d+")*)\]/gm)];
  const isIn = (place: string): boolean => (place.endsWith('**') ? path.startsWith(place.slice(0, -2)) : path === place);
  if (allowed.some(([, place = '', rules]) => rules?.includes(`"${rule}"`) === true && isIn(place))) return true;
  return rule === 'E501' && Number(/\((\d+) >/.exec(message)?.[1]) <= ruffOptions.lineLength;
}
