import type { Parameter } from '../extract/callable';

/** Reads what `formatCall` wrote. */
export function readCall(call: string): readonly Parameter[] {
  const inner = call.slice(1, -1);
  let parameters: Parameter[] = [];
  let isAfterStar = false;
  for (const part of inner === '' ? [] : inner.split(', ')) {
    if (part === '/') parameters = parameters.map((parameter) => ({ ...parameter, kind: 'positional-only' as const }));
    else if (part === '*') isAfterStar = true;
    else {
      const parameter = readParameter(part, isAfterStar);
      parameters.push(parameter);
      if (parameter.kind === 'rest') isAfterStar = true;
    }
  }
  return parameters;
}

function readParameter(text: string, isAfterStar: boolean): Parameter {
  if (text.startsWith('**')) return { name: text.slice(2), kind: 'keyword-rest', isRequired: false, text };
  if (text.startsWith('*')) return { name: text.slice(1), kind: 'rest', isRequired: false, text };
  const name = text.replace(DEFAULT, '');
  return { name, kind: isAfterStar ? 'keyword-only' : 'plain', isRequired: name === text, text };
}

const DEFAULT = /=\.\.\.$/;
