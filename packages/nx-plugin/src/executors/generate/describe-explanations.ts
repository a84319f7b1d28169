import type { Explanation } from '@org/generator-core';

/** For each file, why it was made or not. */
export function describeExplanations(explanations: readonly Explanation[]): string {
  return ['why each file was made, or not:', ...explanations.map((each) => `  ${each.kind}  ${each.path}: ${reasonOf(each)}`), ''].join(
    '\n',
  );
}

function reasonOf(explanation: Explanation): string {
  switch (explanation.because) {
    case 'new':
      return 'no run made it before';
    case 'spec':
      return 'what it takes of the spec is another';
    case 'template':
      return 'its template or its prompt is another';
    case 'needs':
      return explanation.needs.length === 0
        ? 'it needs other files than before'
        : `it needs ${explanation.needs.join(', ')}, which ${explanation.needs.length === 1 ? 'shows' : 'show'} others something else now`;
    case 'model':
      return 'the model, or what it is asked with, is another';
    case 'unknown':
      return 'what it was made from is not known';
    case 'asked':
      return 'all files are made again';
    case 'unfit':
      return 'what a model wrote no longer fits, and no model was asked';
    case 'same':
      return 'it would be made from the same as before';
    case 'fits':
      return 'a model wrote it, and it fits still';
    case 'written-once':
      return 'it is written once and never again';
    case 'user':
      return 'you wrote it, or have deleted it';
    default:
      return explanation satisfies never;
  }
}
