import type { LinkedAttribute } from '../graph/linked-module';
import { defineRule } from './define-rule';
import { listInWords } from './list-in-words';

export const unresolvedAttribute = defineRule(
  {
    id: 'unresolved-attribute',
    since: '0.1.0',
    severity: 'error',
    summary: 'A name is read from a project module that does not have it.',
    why: 'Python raises AttributeError when the line runs.',
    whatToDo: 'Use a name the module has, add it there, or import the submodule.',
    examples: [{ bad: 'import app.config\n\nprint(app.config.SETINGS)', good: 'import app.config\n\nprint(app.config.SETTINGS)' }],
  },
  ({ linked }) =>
    linked.attributes.map((attribute) => ({
      span: attribute.span,
      message: messageFor(attribute),
      certainty: attribute.certain ? ('certain' as const) : ('possible' as const),
      data: {
        module: attribute.module,
        ...(attribute.library === undefined ? {} : { library: attribute.library }),
        name: attribute.name,
        nearest: attribute.nearest,
      },
    })),
);

function messageFor({ module, library, name, status, nearest }: LinkedAttribute): string {
  if (status === 'not-loaded')
    return `\`${module}.${name}\` is a submodule that nothing here imports: it is there only if another module loaded it first. Write \`import ${module}.${name}\`.`;
  if (status === 'type-checking-only')
    return `\`${module}\` binds \`${name}\` only under TYPE_CHECKING, which is false when the program runs.`;
  if (status === 'declared-only') return `\`${module}\` declares \`${name}\` without a value, so the name is not bound.`;
  const hint = nearest.length > 0 ? `Did you mean ${listInWords(nearest, 'or')}?` : `Define it in \`${module}\`, or use another name.`;
  return `Module \`${module}\`${library === undefined ? '' : ` of \`${library}\``} has no name \`${name}\`. ${hint}`;
}
