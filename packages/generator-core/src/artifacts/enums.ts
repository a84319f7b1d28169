import type { ServiceSpec } from '../spec/service-spec';
import { sentenceCase } from '../spec/naming';
import { pythonComment, pythonString } from './python/python-text';
import { constantName } from './python/python-value';
import { hasEnums, hasRoles, paths } from './python/spec-lookup';
import { enumNames } from './python/used-names';
import { singleFileRole } from './web/single-file-role';

/** `app/models/enums.py` */
export const enumsRole = singleFileRole({
  role: 'enums',
  phase: 'core',
  path: paths.enums,
  exists: hasEnums,
  provides: enumNames,
  view: (spec) => ({ enums: [...spec.enums.map(enumView), ...roleView(spec)] }),
});

function enumView({ name, members }: ServiceSpec['enums'][number]) {
  return {
    name,
    members: members.map(({ member, value, label }) => ({
      name: member,
      value: pythonString(value),
      // A label that says no more than the value does is no news to a reader.
      label: label.toLowerCase() === sentenceCase(value).toLowerCase() ? undefined : pythonComment(label),
    })),
  };
}

function roleView(spec: ServiceSpec) {
  if (!hasRoles(spec)) return [];
  const members = (spec.auth?.roles ?? []).map((role) => ({ name: constantName(role), value: pythonString(role) }));
  return [{ name: 'Role', docstring: 'Least first: a later role may do all that an earlier one may.', members }];
}
