import { sha256 } from '../text/sha256';
import { defineTextRule } from './define-text-rule';

const SPEC = 'service.yaml';
/** JSON Lines since version 2; one JSON document before. */
const MANIFESTS = ['.fastapi/manifest.jsonl', '.fastapi/manifest.json'];
const BYTE_ORDER_MARK = '\uFEFF';

export const specDrift = defineTextRule(
  {
    id: 'spec-drift',
    since: '0.2.0',
    severity: 'error',
    summary: '`service.yaml` has changed since the service was generated from it.',
    why: 'Routes, models and migrations are still those of the spec before, so that the spec tells of a service that is not there.',
    whatToDo:
      'Bring the files in step with `nx run <project>:generate`, or undo the change. A change of a comment counts, too: the manifest knows the text by its hash alone.',
    examples: [
      {
        bad: '# service.yaml, edited after the last `nx run shop:generate`\nservice: shop',
        good: '# service.yaml, edited before `nx run shop:generate`\nservice: shop',
      },
    ],
  },
  (texts) => {
    const spec = texts.get(SPEC);
    const made = [...new Set(MANIFESTS.flatMap((path) => specHashes(texts.get(path) ?? '')))];
    if (spec === undefined || made.length === 0) return [];
    const hashes = [sha256(spec), sha256(BYTE_ORDER_MARK + spec)];
    if (made.length === 1 && hashes.includes(made[0]!)) return [];
    const what =
      made.length === 1
        ? `\`${SPEC}\` has changed since the service was generated from it, so the code is that of the spec before.`
        : `Branches were merged that were generated from different specs, so the code may be that of neither.`;
    return [
      {
        path: SPEC,
        span: { start: 0, end: 0 },
        message: `${what} Run \`nx run <project>:generate\`, or undo the change.`,
        data: { generatedFrom: made.join(' '), found: hashes[0] },
      },
    ];
  },
);

/** The hashes of the specs that the files were generated from: after a merge of branches there may be several. Empty when the manifest does not tell. */
function specHashes(manifest: string): readonly string[] {
  const documents = [manifest, ...manifest.split('\n')].map(specHash);
  return documents.filter((hash) => hash !== undefined);
}

function specHash(json: string): string | undefined {
  try {
    const { spec } = (JSON.parse(json) ?? {}) as { readonly spec?: unknown };
    return typeof spec === 'string' && /^[0-9a-f]{64}$/.test(spec) ? spec : undefined;
  } catch {
    return undefined;
  }
}
