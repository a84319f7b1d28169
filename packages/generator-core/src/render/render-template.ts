import { Template } from '@huggingface/jinja';
import type { TemplateView } from '../artifacts/artifact-role';
import { bodyFactory } from '../artifacts/tests/body-factory';

/**
 * Text of a Jinja template for a view. Blocks that stand alone on a line leave no line (`trim_blocks`, `lstrip_blocks`).
 * Throws an error that names the template when it is missing or cannot be rendered: templates ship with us, so that is our fault.
 */
export function renderTemplate({
  templates,
  name,
  view,
}: {
  readonly templates: ReadonlyMap<string, string>;
  readonly name: string;
  readonly view: TemplateView;
}): string {
  const source = templates.get(name);
  if (source === undefined) throw new Error(`The template ${name} is missing from the package. Install @org/generator-core again.`);
  try {
    return parsed(source).render({ body_factory: bodyFactory, ...view });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The template ${name} could not be rendered: ${reason}. This is a fault of @org/generator-core; please report it.`, {
      cause,
    });
  }
}

/** By source: a template is rendered for each of a service's files, and parsing it takes longer than rendering. */
const templatesOf = new Map<string, Template>();

function parsed(source: string): Template {
  const known = templatesOf.get(source) ?? new Template(source);
  templatesOf.set(source, known);
  return known;
}
