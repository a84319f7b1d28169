import type { ServiceSpec } from './service-spec';
import type { SpecPath } from './spec-path';

/** Something a spec may say that the generator cannot build yet. */
export interface UnsupportedConstruct {
  /** Of its value. */
  readonly at: SpecPath;
  /** As people know it: `bytes outside of an entity`. */
  readonly construct: string;
  readonly instead: string;
}

interface Rule {
  readonly construct: string;
  readonly instead: string;
  readonly places: (spec: ServiceSpec) => readonly SpecPath[];
}

/** One row for each construct: drop the row when the templates can build it. */
const rules: readonly Rule[] = [
  {
    construct: 'bytes outside of an entity',
    instead: 'store the file elsewhere and keep its address in a "url" field',
    places: (spec) => [
      ...spec.structs.flatMap(({ name, fields }) =>
        fields.filter(({ type }) => type.kind === 'bytes').map((field) => ['types', name, field.name]),
      ),
      ...spec.operations.flatMap(({ name, input }) =>
        input.filter(({ type }) => type.kind === 'bytes').map((field) => ['operations', name, 'input', field.name]),
      ),
      ...spec.operations
        .filter(({ output }) => JSON.stringify(output).includes('"kind":"bytes"'))
        .map(({ name }) => ['operations', name, 'output']),
    ],
  },
];

/** What of a spec cannot be built yet, by name and place. */
export function unsupportedConstructs(spec: ServiceSpec): readonly UnsupportedConstruct[] {
  return rules.flatMap(({ construct, instead, places }) => places(spec).map((at) => ({ at, construct, instead })));
}
