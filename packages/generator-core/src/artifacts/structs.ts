import { createMember } from './python/request-annotation';
import { paths } from './python/spec-lookup';
import { enumNames, usedNames } from './python/used-names';
import type { ServiceSpec } from '../spec/service-spec';
import { singleFileRole } from './web/single-file-role';

/** `app/schemas/_structs.py`: the `types:` of the spec. */
export const structsRole = singleFileRole({
  role: 'structs',
  phase: 'schemas',
  path: paths.structs,
  exists: (spec) => spec.structs.length > 0,
  provides: (spec) => spec.structs.map(({ name }) => name),
  needs: (spec) => {
    const { structs, enums } = structsView(spec);
    const source = structs.flatMap(({ members }) => members.map((member) => member.default ?? '')).join('\n');
    return [paths.schemaBase, ...(enums.length > 0 ? [paths.enums] : []), ...(/\butc_(now|today)\b/.test(source) ? [paths.database] : [])];
  },
  view: structsView,
});

function structsView(spec: ServiceSpec) {
  const structs = spec.structs.map(({ name, fields }) => ({ name, members: fields.map((field) => createMember(spec, field, 'document')) }));
  const source = structs.flatMap(({ members }) => members.map((member) => member.annotation)).join('\n');
  return { structs, enums: usedNames(source, enumNames(spec)) };
}
