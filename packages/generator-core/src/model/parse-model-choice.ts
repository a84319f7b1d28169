import type { ModelChoice, ModelChoiceOutcome } from './model-choice';

export const DEFAULT_GEMINI_MODEL = 'gemini-3.8-flash';

const FORMS = `gemini, gemini:<id>, ai-sdk:<package>:<id>, replay:<file>`;

/** `gemini:gemini-3.8-flash`, or several with commas between: the next is asked when one ends. */
export function parseModelChoice(text: string): ModelChoiceOutcome {
  const choices: ModelChoice[] = [];
  for (const part of text.split(',').map((word) => word.trim())) {
    const choice = parseOne(part);
    if (typeof choice === 'string') return { kind: 'invalid', message: choice };
    choices.push(choice);
  }
  const [first, ...others] = choices;
  return { kind: 'choices', choices: [first!, ...others] };
}

/** A string says what is wrong. */
function parseOne(part: string): ModelChoice | string {
  const [provider, ...rest] = part.split(':');
  const value = rest.join(':');
  switch (provider) {
    case 'gemini':
      return { kind: 'gemini', id: value.replace(/^models\//, '') || DEFAULT_GEMINI_MODEL };
    case 'replay':
      return value === '' ? 'replay: wants a file: --model replay:<file>.' : { kind: 'replay', file: value };
    case 'ai-sdk': {
      const end = value.indexOf(':');
      if (end <= 0 || end === value.length - 1) return `ai-sdk: wants a package and a model: --model ai-sdk:@ai-sdk/openai:<id>.`;
      return { kind: 'ai-sdk', packageName: value.slice(0, end), id: value.slice(end + 1) };
    }
    default:
      if (part.startsWith('gemini-')) return `--model names the provider first: --model gemini:${part}.`;
      return `--model "${part}" is none of ${FORMS}.`;
  }
}
