import type { ServiceSpec } from '../spec/service-spec';
import { allRequestMembers } from './python/entity-requests';
import { readAnnotation } from './python/read-members';
import { createMember } from './python/request-annotation';
import { entitySurface, hasKeysetPages, paths } from './python/spec-lookup';
import { usedNames } from './python/used-names';
import { seedsPasswords } from './seed';
import { scalarTypesIn } from './web/shape-view';
import { singleFileRole } from './web/single-file-role';
import { hasEmailLogin } from './web/user-view';

const sharedNames = [
  'ISO_DATE',
  'NUL_FREE',
  'UNSET',
  'Base64',
  'Email',
  'Int32',
  'Int64',
  'Json',
  'Key',
  'NaiveTime',
  'Password',
  'PlainDecimal',
  'QueryInt32',
  'QueryInt64',
  'Text',
  'Url',
  'UtcDatetime',
  'WHOLE',
  'decimal_text',
] as const;

/** `app/schemas/_base.py`; a type that no request has is left out. */
export const schemaBaseRole = singleFileRole({
  role: 'schema-base',
  phase: 'schemas',
  path: paths.schemaBase,
  provides: (spec) => [
    'ReadModel',
    'StrictModel',
    ...(hasPages(spec) ? ['Page'] : []),
    ...(hasCursors(spec) ? ['Cursor', 'CursorPage'] : []),
    ...sharedTypes(spec),
  ],
  view: (spec) => ({
    page: hasPages(spec),
    cursor: hasCursors(spec),
    uses: Object.fromEntries(sharedTypes(spec).map((name) => [name, true])),
  }),
});

function hasPages(spec: ServiceSpec): boolean {
  return spec.entities.some((entity) => entitySurface(spec, entity).list && !hasKeysetPages(spec, entity));
}

function hasCursors(spec: ServiceSpec): boolean {
  return spec.entities.some((entity) => hasKeysetPages(spec, entity));
}

function sharedTypes(spec: ServiceSpec): readonly string[] {
  const members = [
    ...allRequestMembers(spec),
    ...spec.structs.flatMap((struct) => struct.fields.map((field) => createMember(spec, field, 'document'))),
    ...spec.operations.flatMap((operation) => operation.input.map((field) => createMember(spec, field, operation.inputIn))),
  ];
  const reads = [
    ...spec.entities.flatMap((entity) => [...entity.fields, ...entity.computed].map(({ type }) => type)),
    ...spec.operations.flatMap((operation) => scalarTypesIn(operation.output)),
  ].map(readAnnotation);
  const names = usedNames([...members.map((member) => `${member.annotation} ${member.default ?? ''}`), ...reads].join('\n'), sharedNames);
  const asked = [...(hasEmailLogin(spec) ? ['Email'] : []), ...(seedsPasswords(spec) ? ['Password'] : [])];
  return [...new Set([...names, ...asked])];
}
