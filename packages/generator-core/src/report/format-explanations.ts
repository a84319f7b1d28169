import { assertNever } from '../spec/assert-never';
import type { Explanation } from './explanation';

/** For people: a line an artifact, made ones first. */
export function formatExplanations(explanations: readonly Explanation[]): string {
  const made = explanations.filter(({ kind }) => kind === 'made');
  const kept = explanations.filter(({ kind }) => kind === 'kept');
  return [`made ${made.length} of ${explanations.length}`, ...[...made, ...kept].map((each) => `  ${describe(each)}`)].join('\n');
}

function describe(explanation: Explanation): string {
  return `${explanation.kind} ${explanation.path}: ${reasonOf(explanation)}`;
}

function reasonOf(explanation: Explanation): string {
  const { because } = explanation;
  switch (because) {
    case 'new':
      return 'no run made it before';
    case 'spec':
      return 'its part of the spec is another';
    case 'template':
      return 'its template or prompt is another';
    case 'model':
      return 'the model, or what is asked of it, is another';
    case 'needs':
      return explanation.needs.length === 0 ? 'what it needs is other files' : `what it uses of ${explanation.needs.join(', ')} is another`;
    case 'unknown':
      return 'what it was made from is not known';
    case 'asked':
      return 'all are made again';
    case 'unfit':
      return 'what a model wrote no longer fits';
    case 'same':
      return 'it would be made from the same';
    case 'fits':
      return 'a model wrote it, and it fits';
    case 'written-once':
      return 'it is written once';
    case 'user':
      return 'you wrote or deleted it';
    default:
      return assertNever(because);
  }
}
