import { Budget } from '../../src/budget/budget';
import { CallLimiter } from '../../src/model/transport/call-limiter';
import { mergeTexts } from '../../src/merge/merge-texts';
import { readTemplates } from '../../src/render/template-store';
import type { GenerationResult } from '../../src/run/generation-result';
import { generateService } from '../../src/run/generate-service';
import { generateWithModel } from '../../src/run/generate-with-model';
import { inFence } from '../../src/testing/bookstore';
import { mapProject } from '../../src/testing/map-project';
import { scriptedModel } from '../../src/testing/scripted-model';

export type Files = Readonly<Record<string, string>>;

interface Input {
  readonly specText: string;
  readonly templates: ReadonlyMap<string, string>;
}

const specText = `service: shop
defaults: { id: int, timestamps: false }
entities:
  Item:
    fields:
      title: string(1..40)
      stock: int = 0
      note: string(1..40)?
    access: { read: public, write: public }
  Shelf:
    fields: { label: string(1..20) }
    access: { read: public, write: public }
operations:
  raise_it:
    route: POST /items/{item_id}/raise
    access: public
    output: Item
    describe: Raises the stock.
`;
const another = `  lower_it:
    route: POST /items/{item_id}/lower
    access: public
    output: Item
    describe: Lowers the stock.
`;

function withNewTemplate(templates: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const name = 'app/models/[entity].py.jinja';
  return new Map([...templates, [name, templates.get(name)!.replace('__tablename__ =', '# A table.\n    __tablename__ =')]]);
}

const templates = readTemplates();
export const before: Input = { specText, templates };
/** What changes between two runs. */
export const changes = {
  'field added': { specText: specText.replace('      stock:', '      size: int = 1\n      stock:'), templates },
  'field removed': { specText: specText.replace('      stock: int = 0\n', ''), templates },
  'entity renamed': {
    specText: specText
      .replace('  Item:\n', '  Thing:\n    was: Item\n')
      .replace('/items/{item_id}', '/things/{thing_id}')
      .replace('output: Item', 'output: Thing'),
    templates,
  },
  'entity removed': { specText: specText.replace(/ {2}Item:\n( {4}.*\n)+/, '').replace(/operations:[^]*/, ''), templates },
  'operation added': { specText: specText + another, templates },
  'template changed': { specText, templates: withNewTemplate(templates) },
} as const satisfies Readonly<Record<string, Input>>;
export type Change = keyof typeof changes;

/** What the scripted model writes: it goes through the fields of the entity, so that it has something new when these change. */
function modelText(spec: string): string {
  const [, name = ''] = /output: (\w+)/.exec(spec) ?? [];
  const fields = [...(/fields:\n((?: {6}.*\n)+)/.exec(spec)?.[1] ?? '').matchAll(/^ {6}(\w+):/gm)].map((match) => match[1]!);
  const row = name.toLowerCase();
  return `"""The operation raise_it: POST /${row}s/{${row}_id}/raise."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.models.${row} import ${name}


async def raise_it(session: AsyncSession, ${row}: ${name}) -> ${name}:
    """Raise the stock."""
    # Of all of: ${fields.join(', ')}.
    await session.flush()
    await session.refresh(${row})
    return ${row}


STEP = 1
`;
}

/** Generates by templates, or with the model for the operations; only that one has an answer of its own, the others stay unwritten. */
export async function generate(
  input: Input,
  files: Files,
  coder: 'template' | 'model',
): Promise<Extract<GenerationResult, { kind: 'generated' }>> {
  const migration = { drop: new Set(['Item', 'Item.stock']), narrow: new Set<string>(), write: 'next' } as const;
  const options = { ...input, project: mapProject(files), migration, merge: mergeTexts };
  const model = scriptedModel((request) => inFence(/lower_it/.test(request.messages[0]!.text) ? '' : modelText(input.specText)));
  const result =
    coder === 'template'
      ? generateService(options)
      : await generateWithModel({
          ...options,
          share: 'operations',
          openTrial: async () => ({ kind: 'not-run', why: 'It is not asked here.' }),
          asking: {
            model,
            journal: { find: () => undefined, append: () => undefined },
            budget: new Budget({ limits: {}, price: () => model.capabilities.price, now: () => 0 }),
            limiter: new CallLimiter(8),
            signal: new AbortController().signal,
            now: () => 0,
          },
        });
  if (result.kind !== 'generated') throw new Error(`The run ended with ${JSON.stringify(result)}.`);
  return result;
}
