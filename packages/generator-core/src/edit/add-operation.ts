import { kebabCase, snakeCase } from '../spec/naming';
import { parseServiceSpec } from '../spec/parse-service-spec';
import type { EntitySpec } from '../spec/service-spec';
import { specPatterns } from '../spec/spec-patterns';
import { entityName } from './add-entity';
import { addEntry, plainValue, readWithEntry } from './add-entry';
import { exampleSkeleton } from './example-skeleton';
import { readWho } from './read-access';
import { readEntries } from './read-entries';
import { readFlow } from './read-flow';
import { splitEntries } from './split-entries';
import type { AdditionFault, SpecEdit } from './spec-edit';

/** An operation as the user asks for it on the command line. */
export interface OperationAddition {
  /** `pay_order`, `pay-order`, `payOrder`. */
  readonly name: string;
  /** What it does, in plain words. */
  readonly describe: string;
  /** `POST /orders/{order_id}/pay`; without it, made from `method`, `entity` and the name. */
  readonly route?: string | undefined;
  /** `POST` unless said otherwise. */
  readonly method?: string | undefined;
  /** The entity that a row of is in the path. */
  readonly entity?: string | undefined;
  /** A word or a list of them; without it, the owner of the row, who is logged in, or everybody, whichever the spec has. */
  readonly access?: string | undefined;
  /** Fields as the spec has them: `payment_token: string(10..200)`. */
  readonly input: readonly string[];
  /** `Order`, `[{ book: Book, sold: int }]`; without it, the answer has no content. */
  readonly output?: string | undefined;
  /** Of success. */
  readonly status?: number | undefined;
  /** `409: the order is not pending, 404: …`. */
  readonly errors?: string | undefined;
  /** Whether a first example is made up. */
  readonly example: boolean;
}

/** The spec with one more operation, or why not. Pure. */
export function addOperation(specText: string, addition: OperationAddition): SpecEdit {
  const name = operationName(addition.name);
  const entities = entitiesOf(specText);
  const entity = isGiven(addition.entity) ? entityName(addition.entity) : undefined;
  const input = readEntries(addition.input, { what: 'input', example: 'payment_token: string(10..200)' });
  const errors = readEntries(isGiven(addition.errors) ? splitEntries(addition.errors, /^\s*\d{3}\s*:/) : [], {
    what: 'error',
    example: '409: the order is not pending',
  });
  const route = isGiven(addition.route)
    ? addition.route.trim()
    : madeRoute({ name, method: addition.method, entity: entities.find((known) => known.name === entity) });
  const access = readWho(isGiven(addition.access) ? addition.access : defaultAccess(specText, { route, entities }));
  const output = isGiven(addition.output)
    ? readFlow(addition.output, { mend: 'write "Order", "[Order]" or "{ order: Order, total: int }"' })
    : undefined;
  const faults: readonly AdditionFault[] = [
    ...refuseName(addition.name, name),
    ...refuseEntity({ typed: addition.entity, entity, entities }),
    ...refuseBoth(addition),
    ...input.faults,
    ...errors.faults,
    ...[access, output].flatMap((reading) => (reading?.kind === 'faulty' ? [reading.fault] : [])),
  ];
  if (faults.length > 0) return { kind: 'faulty', name, faults };
  const value = {
    route,
    ...(access.kind === 'read' && { access: access.value }),
    ...(Object.keys(input.entries).length > 0 && { input: input.entries }),
    ...(output?.kind === 'read' && { output: output.value }),
    ...(addition.status !== undefined && { status: addition.status }),
    ...(Object.keys(errors.entries).length > 0 && { errors: errors.entries }),
    describe: addition.describe.trim(),
  };
  const withExample = addition.example ? exampled(specText, name, value) : value;
  return addEntry(specText, { section: 'operations', key: name, value: withExample });
}

/** With a first example, where one can be made up that the spec's reader takes. */
function exampled(specText: string, name: string, value: object): object {
  const document = plainValue(specText);
  const entry = { section: 'operations', key: name } as const;
  const reading = document && readWithEntry(document, { ...entry, value });
  if (document === undefined || reading?.kind !== 'read') return value;
  const operation = reading.spec.operations.find((known) => known.name === name);
  const example = operation && exampleSkeleton(reading.spec, operation);
  if (example === undefined) return value;
  const whole = { ...value, examples: [example] };
  return readWithEntry(document, { ...entry, value: whole }).kind === 'read' ? whole : value;
}

function operationName(typed: string): string {
  return snakeCase(typed.trim().replaceAll(/[\s-]+/g, '_'));
}

function entitiesOf(specText: string): readonly EntitySpec[] {
  const reading = parseServiceSpec(specText.replace(/^\ufeff/, ''));
  return reading.kind === 'read' ? reading.spec.entities : [];
}

/** `pay_order` of Order is `POST /orders/{order_id}/pay`; without an entity it has a path of its own. */
function madeRoute({
  name,
  method,
  entity,
}: {
  readonly name: string;
  readonly method: string | undefined;
  readonly entity: EntitySpec | undefined;
}): string {
  const verb = (method ?? 'POST').toUpperCase();
  if (entity === undefined) return `${verb} /${kebabCase(name)}`;
  const short = name.endsWith(`_${entity.module}`) ? name.slice(0, -entity.module.length - 1) : name;
  return `${verb} ${entity.path}/{${entity.module}_id}/${kebabCase(short)}`;
}

/** A row in the path is its owner's business, where it has one. */
function defaultAccess(
  specText: string,
  { route, entities }: { readonly route: string; readonly entities: readonly EntitySpec[] },
): string {
  const ids = [...route.matchAll(/\{(\w+)_id\}/g)].map(([, module]) => module);
  const subject = entities.findLast(({ module }) => module === ids.at(-1));
  if (subject?.owner !== undefined) return 'owner';
  return plainValue(specText)?.['auth'] === undefined ? 'public' : 'user';
}

function refuseName(typed: string, name: string): readonly AdditionFault[] {
  const { pattern, what, mend } = specPatterns.identifier;
  return pattern.test(name) ? [] : [{ typed, message: `"${typed}" ${what}.`, mend }];
}

function refuseEntity({
  typed,
  entity,
  entities,
}: {
  readonly typed: string | undefined;
  readonly entity: string | undefined;
  readonly entities: readonly EntitySpec[];
}): readonly AdditionFault[] {
  if (entity === undefined || entities.length === 0 || entities.some(({ name }) => name === entity)) return [];
  return [
    {
      typed: `--entity ${String(typed)}`,
      message: `the spec has no entity "${entity}".`,
      mend: `name one of: ${entities.map(({ name }) => name).join(', ')}`,
    },
  ];
}

function refuseBoth({ route, method, entity }: OperationAddition): readonly AdditionFault[] {
  if (!isGiven(route) || (!isGiven(method) && !isGiven(entity))) return [];
  return [
    {
      typed: `--route "${route}"`,
      message: 'a route has its method and its path, so --method and --entity would say it twice.',
      mend: 'leave --route out, or the other two',
    },
  ];
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}
