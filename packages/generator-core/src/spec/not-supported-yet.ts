import type { ServiceSpec } from './service-spec';
import type { SpecPath } from './spec-path';

/** Something a spec may say that the generator cannot build yet. */
export interface UnsupportedConstruct {
  readonly at: SpecPath;
  /** Point at the key rather than the value. */
  readonly on: 'key' | 'value';
  /** Where it stands when there is nothing at `at`: `defaults.soft_delete`. */
  readonly elsewhere?: SpecPath;
  /** As people know it: `bytes outside of an entity`. */
  readonly construct: string;
  readonly instead: string;
}

interface Rule {
  readonly construct: string;
  readonly instead: string;
  readonly places: (spec: ServiceSpec) => readonly Place[];
}

type Place = Pick<UnsupportedConstruct, 'at' | 'on' | 'elsewhere'>;

/** One row for each construct: drop the row when the templates can build it. */
const rules: readonly Rule[] = [
  {
    construct: 'bytes outside of an entity',
    instead: 'store the file elsewhere and keep its address in a "url" field',
    places: (spec) => [
      ...spec.structs.flatMap(({ name, fields }) =>
        fields.filter(({ type }) => type.kind === 'bytes').map((field) => valueAt(['types', name, field.name])),
      ),
      ...spec.operations.flatMap(({ name, input }) =>
        input.filter(({ type }) => type.kind === 'bytes').map((field) => valueAt(['operations', name, 'input', field.name])),
      ),
      ...spec.operations
        .filter(({ output }) => JSON.stringify(output).includes('"kind":"bytes"'))
        .map(({ name }) => valueAt(['operations', name, 'output'])),
    ],
  },
];

/** What of a spec cannot be built yet, by name and place. */
export function unsupportedConstructs(spec: ServiceSpec): readonly UnsupportedConstruct[] {
  return rules.flatMap(({ construct, instead, places }) => places(spec).map((place) => ({ ...place, construct, instead })));
}

function valueAt(at: SpecPath): Place {
  return { at, on: 'value' };
}
