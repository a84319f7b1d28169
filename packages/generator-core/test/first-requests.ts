import { buildContext } from '../src/context/build-context';
import { buildWriteRequest } from '../src/context/build-request';
import { fitContext } from '../src/context/fit-context';
import { readPrompts } from '../src/context/prompt-store';
import { signaturesOf } from '../src/context/signatures-of';
import { CandidateJudge } from '../src/gate/candidate-judge';
import type { CompletionRequest } from '../src/model/language-model';
import type { PlannedService } from '../src/testing/planned-service';

/** The first request for each module below `app/`, by path, when all that it needs is the templates'. Its context is cut nowhere. */
export function firstRequests(service: PlannedService): ReadonlyMap<string, CompletionRequest> {
  const prompts = readPrompts();
  const judge = new CandidateJudge(service.templateTexts);
  const surfaceOf = (path: string) => judge.surfaceOf(path, new Map());
  const artifacts = service.plan.artifacts.filter(({ path }) => /^app\/.*(?<!__init__)\.py$/.test(path));
  return new Map(
    artifacts.map((artifact) => {
      const contract = signaturesOf(surfaceOf(artifact.path));
      const context = fitContext(buildContext(artifact, { ...service, surfaceOf, contract, prompts }), Infinity);
      return [artifact.path, buildWriteRequest({ context, prompts, maxOutputTokens: 16_384 })];
    }),
  );
}
