import type { ArtifactContext, KnownModule } from './artifact-context';
import { estimateTokens } from './estimate-tokens';

/**
 * The same context in at most so many tokens, as far as it can be cut: first the modules behind, then the signatures of
 * modules the task does not name, farthest first, then those of the others. Task, contract, brief and slice are never cut. Same input, same cut.
 */
export function fitContext(context: ArtifactContext, budget: number): ArtifactContext {
  if (sizeOf(context) <= budget) return context;
  let fitted: ArtifactContext = { ...context, distant: [] };
  for (const index of cuttingOrder(fitted)) {
    if (sizeOf(fitted) <= budget) break;
    fitted = { ...fitted, modules: fitted.modules.map((module, at) => (at === index ? namesOnly(module) : module)) };
  }
  return fitted;
}

function sizeOf({ modules, distant, provides, brief, slice, service, tree }: ArtifactContext): number {
  const texts = [provides, brief, slice, service, tree, ...distant, ...modules.map((module) => `${module.name} ${module.interface}`)];
  return texts.reduce((total, text) => total + estimateTokens(text), 0);
}

function cuttingOrder({ modules, provides, brief, slice }: ArtifactContext): readonly number[] {
  const task = `${provides}\n${brief}\n${slice}`;
  const isNamed = modules.map((module) => definedNames(module).some((name) => new RegExp(`\\b${name}\\b`).test(task)));
  const indexes = modules.map((_module, index) => index).reverse();
  return [...indexes.filter((index) => !isNamed[index]), ...indexes.filter((index) => isNamed[index])];
}

function namesOnly(module: KnownModule): KnownModule {
  return { ...module, interface: `# ${definedNames(module).join(', ')}` };
}

function definedNames(module: KnownModule): readonly string[] {
  return [...module.interface.matchAll(/^(?:(?:async )?def |class |type )?([A-Za-z]\w*)/gm)].map(([, name]) => name!);
}
