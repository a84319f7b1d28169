import { formatCost, type Attempt, type RunEstimate, type RunEvent } from '@org/generator-core';

/** One line for what has happened, for terminals and logs alike; undefined when it is not worth one. */
export function progressLine(event: RunEvent): string | undefined {
  switch (event.kind) {
    case 'run-start':
      return describeEstimate(event.estimate);
    case 'artifact-start':
      return undefined;
    case 'attempt-end': {
      const { calls, tokens, cost } = event.spent;
      return `  ${event.path}: ${describeAttempt(event.attempt)} (${calls} calls, ${tokens} tokens, ${formatCost(cost)} so far)`;
    }
    case 'artifact-end':
      return event.written.kind === 'accepted'
        ? `  ${event.path}: done, ${event.done} of ${event.asked}`
        : `  ${event.path}: given up, ${event.done} of ${event.asked}: ${firstLine(event.written.why)}`;
    case 'trial-start':
      return `  running the project, shut in by ${event.level}`;
    case 'round-end':
      return event.failures === 0
        ? `  round ${event.round}: everything passes`
        : `  round ${event.round}: ${event.failures} ${event.failures === 1 ? 'failure' : 'failures'}, to be mended in ${event.blamed.join(', ') || 'no file of the model'}`;
  }
}

export function describeEstimate({ calls, mostCalls, inputTokens, outputTokens, cost }: RunEstimate): string {
  return `estimate: ${calls} calls (at most ${mostCalls}), ${inputTokens} tokens sent, ${outputTokens} received, ${formatCost(cost)} if every answer is right at once`;
}

function describeAttempt({ step, outcome }: Attempt): string {
  switch (outcome.kind) {
    case 'accepted':
      return `${step} answer accepted`;
    case 'rejected':
      return `${step} answer rejected, ${[...new Set(outcome.diagnostics.map(({ rule }) => rule))].join(', ')}`;
    case 'unusable':
      return `${step} answer unusable, ${outcome.reason}`;
    case 'failed':
      return `no answer, ${firstLine(outcome.failure.message)}`;
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.slice(0, 200);
}
