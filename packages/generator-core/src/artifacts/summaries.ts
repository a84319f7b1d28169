import type { ServiceSpec } from '../spec/service-spec';
import { summarizedEntities, summaryMembers } from './python/read-members';
import { paths } from './python/spec-lookup';
import { enumNames, usedNames } from './python/used-names';
import { singleFileRole } from './web/single-file-role';

/** `app/schemas/_summaries.py`: one leaf module, so that answers that embed each other do not import each other. */
export const summariesRole = singleFileRole({
  role: 'summaries',
  phase: 'schemas',
  path: paths.summaries,
  exists: (spec) => summarizedEntities(spec).length > 0,
  provides: (spec) => summarizedEntities(spec).map(({ name }) => `${name}Summary`),
  needs: (spec) => [paths.schemaBase, ...(summariesView(spec).enums.length > 0 ? [paths.enums] : [])],
  view: summariesView,
});

function summariesView(spec: ServiceSpec) {
  const summaries = summarizedEntities(spec).map((entity) => ({ name: `${entity.name}Summary`, members: summaryMembers(spec, entity) }));
  const source = summaries.flatMap(({ members }) => members.map((member) => member.annotation)).join('\n');
  return { summaries, enums: usedNames(source, enumNames(spec)) };
}
