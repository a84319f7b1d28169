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
    members: members.map(({ member, value, label }) => {
      // A label that says no more than the value does is no news to a reader.
      const isNews = label.toLowerCase() !== sentenceCase(value).toLowerCase();
      return {
        name: member,
        value: pythonString(value),
        label: isNews ? shortened(pythonComment(label), 86 - member.length - value.length) : undefined,
      };
    }),
  };
}

/** A comment stands behind its member, so that it has what is left of the line. */
function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1).trimEnd()}…`;
}

function roleView(spec: ServiceSpec) {
  if (!hasRoles(spec)) return [];
  const members = (spec.auth?.roles ?? []).map((role) => ({ name: constantName(role), value: pythonString(role) }));
  return [{ name: 'Role', docstring: 'Least first: a later role may do all that an earlier one may.', members }];
}
