import type { NameFault } from '../extract/module-summary';
import { isStdlibModule } from '../python/is-stdlib-module';
import { UNMISTAKABLE_MEMBERS } from '../python/stdlib-members.data';
import { defineRule } from './define-rule';
import { listInWords } from './list-in-words';
import type { Report, RuleContext } from './rule';

export const undefinedName = defineRule(
  {
    id: 'undefined-name',
    since: '0.1.0',
    severity: 'error',
    summary: 'A name is used that nothing binds at that point.',
    why: 'Python raises NameError when the line runs.',
    whatToDo: 'Import or define the name before it is used.',
    examples: [
      { bad: 'def now():\n    return datetime.now()', good: 'from datetime import datetime\n\ndef now():\n    return datetime.now()' },
    ],
  },
  (context) => {
    const { starNames } = context.linked;
    return context.summary.nameFaults
      .filter((fault) => !isLoadedSubmodule(fault, context))
      .filter((fault) => !fault.mayComeFromStar || (starNames !== undefined && !starNames.includes(fault.name)))
      .map((fault) => reportFault(fault, context));
  },
);

/** `from .sub import x` in a package's own `__init__.py` also binds `sub` there. */
function isLoadedSubmodule({ kind, name }: NameFault, { path, linked }: RuleContext): boolean {
  if (kind !== 'undefined' || linked.module === undefined || !path.endsWith('/__init__.py')) return false;
  const submodule = `${linked.module}.${name}`;
  return linked.imports.some(
    ({ resolution }) => 'module' in resolution && (resolution.module === submodule || resolution.module.startsWith(`${submodule}.`)),
  );
}

function reportFault(fault: NameFault, context: RuleContext): Report {
  const boundBy = context.linked.boundBy[fault.name] ?? [];
  return {
    span: fault.span,
    message: messageFor(fault, boundBy, context),
    certainty: fault.certain ? 'certain' : 'possible',
    data: { name: fault.name, kind: fault.kind, boundBy },
    ...importFix(fault, boundBy, context),
  };
}

/** The import line that is missing, after the last import on the module's straight path; only when there is one candidate. */
function importFix(fault: NameFault, boundBy: readonly string[], { summary, version }: RuleContext): Pick<Report, 'fix'> {
  const { kind, name } = fault;
  const isModule = boundBy.length === 0 && isStdlibModule(name, version);
  if (kind !== 'undefined' || (boundBy.length !== 1 && !isModule)) return {};
  const last = summary.imports
    .filter(({ time, conditional, span }) => time === 'load' && !conditional && startsLine(summary.text, span.start))
    .at(-1);
  if (last === undefined) return {};
  const line = isModule ? `import ${name}` : `from ${boundBy[0]} import ${name}`;
  const end = endWithComment(summary.text, last.span.end);
  const isSafe = isModule && fault.certain && end <= fault.span.start && isUnmistakable(fault, summary.text);
  const edits = [{ span: { start: end, end }, text: `\n${line}` }];
  return { fix: { title: `Add \`${line}\``, applicability: isSafe ? 'safe' : 'unsafe', edits } };
}

/** A comment belongs to the import it stands behind. */
function endWithComment(text: string, offset: number): number {
  const rest = /[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;
  rest.lastIndex = offset;
  return offset + (rest.exec(text)?.[0].length ?? 0);
}

/** `json.loads(…)` can only want the module; a lone `json` may be a parameter somebody forgot. */
function isUnmistakable({ name, span }: NameFault, text: string): boolean {
  const member = /^\s*\.\s*(\w+)/.exec(text.slice(span.end, span.end + 80))?.[1];
  return member !== undefined && UNMISTAKABLE_MEMBERS[name]?.includes(member) === true;
}

function startsLine(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n';
}

function messageFor({ kind, name, bindingOffset }: NameFault, boundBy: readonly string[], { lines, version }: RuleContext): string {
  const line = bindingOffset === undefined ? 0 : lines.position(bindingOffset).line;
  switch (kind) {
    case 'undefined':
      if (boundBy.length > 0) return `\`${name}\` is not defined here. Import it from ${listInWords(boundBy, 'or')}.`;
      return isStdlibModule(name, version)
        ? `\`${name}\` is not defined: nothing in this file binds or imports it. Did you mean the standard library's module: \`import ${name}\`?`
        : `\`${name}\` is not defined: nothing in this file binds or imports it. Import or define it.`;
    case 'not-yet-bound':
      return `\`${name}\` is used before line ${line} binds it. Move the binding up, or the use down.`;
    case 'deleted':
      return `\`${name}\` (bound on line ${line}) was deleted before this use. Remove the \`del\`, or bind it again.`;
    case 'exception-variable':
      return `\`${name}\` exists only inside the \`except\` clause on line ${line}: Python unbinds it at the clause's end. Keep it under another name.`;
    case 'type-checking-only':
      return `\`${name}\` is bound only under TYPE_CHECKING (line ${line}), which is false when the program runs. Import it outside, or quote the annotation.`;
  }
}
