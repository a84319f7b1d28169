import ts from 'typescript';
import type { PluginOption } from './reference-pages';

/** The options that an interface of a TypeScript text declares: its comments are the documentation, `normalizeOptions` has the defaults. */
export function readPluginOptions(text: string, interfaceName: string): readonly PluginOption[] {
  const source = ts.createSourceFile('options.ts', text, ts.ScriptTarget.ES2022, true);
  const declaration = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === interfaceName);
  if (declaration === undefined || !ts.isInterfaceDeclaration(declaration))
    throw new Error(`There is no interface ${interfaceName} to read the options from.`);
  const defaults = readDefaults(source);
  return declaration.members.filter(ts.isPropertySignature).map((member) => {
    const name = member.name.getText(source);
    return {
      name,
      type: (member.type?.getText(source) ?? 'unknown').replace(/\s+/g, ' '),
      description: commentOf(member) ?? targetDescription(name),
      default: defaults.get(name),
    };
  });
}

/** `{ testTargetName = 'test' }` of a function's parameter. */
function readDefaults(source: ts.SourceFile): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isBindingElement(node) && node.initializer !== undefined)
      defaults.set(node.name.getText(source), node.initializer.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return defaults;
}

function commentOf(member: ts.PropertySignature): string | undefined {
  const comment = ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc)?.comment;
  return ts.getTextOfJSDocComment(comment)?.replace(/\s+/g, ' ');
}

/** The names of targets explain themselves. */
function targetDescription(name: string): string {
  const target = /^(\w+)TargetName$/.exec(name)?.[1];
  if (target !== undefined) return `What the target \`${target}\` is called.`;
  throw new Error(`The option ${name} has no description. What to do: say in a comment above it what it does.`);
}
