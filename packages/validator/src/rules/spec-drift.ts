import { sha256 } from '../text/sha256';
import { defineTextRule } from './define-text-rule';

const SPEC = 'service.yaml';
const MANIFEST = '.fastapi/manifest.json';
const BYTE_ORDER_MARK = '\uFEFF';

export const specDrift = defineTextRule(
  {
    id: 'spec-drift',
    since: '0.2.0',
    severity: 'error',
    summary: '`service.yaml` has changed since the service was generated from it.',
    why: 'Routes, models and migrations are still those of the spec before, so that the spec tells of a service that is not there.',
    whatToDo:
      'Generate anew with `nx g @org/fastapi:project <folder>`, where `<folder>` is the one that `service.yaml` is in, or undo the change. A change of a comment counts, too: the manifest knows the text by its hash alone.',
    examples: [
      {
        bad: '# service.yaml, edited after the last `nx g @org/fastapi:project services/shop`\nservice: shop',
        good: '# service.yaml, edited before `nx g @org/fastapi:project services/shop`\nservice: shop',
      },
    ],
  },
  (texts) => {
    const spec = texts.get(SPEC);
    const made = specHash(texts.get(MANIFEST));
    if (spec === undefined || made === undefined) return [];
    const hashes = [sha256(spec), sha256(BYTE_ORDER_MARK + spec)];
    if (hashes.includes(made)) return [];
    return [
      {
        path: SPEC,
        span: { start: 0, end: 0 },
        message: `\`${SPEC}\` has changed since the service was generated from it, so the code is that of the spec before. Run \`nx g @org/fastapi:project <folder>\` with the folder this file is in, or undo the change.`,
        data: { generatedFrom: made, found: hashes[0] },
      },
    ];
  },
);

/** The hash of the spec's text that the files were generated from; undefined when the manifest does not tell. */
function specHash(manifest: string | undefined): string | undefined {
  if (manifest === undefined) return undefined;
  try {
    const { spec } = (JSON.parse(manifest) ?? {}) as { readonly spec?: unknown };
    return typeof spec === 'string' && /^[0-9a-f]{64}$/.test(spec) ? spec : undefined;
  } catch {
    return undefined;
  }
}
