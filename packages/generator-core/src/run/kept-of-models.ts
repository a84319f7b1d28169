import type { ArtifactDetails } from '../promote/create-manifest';
import type { Explanation } from '../report/explanation';
import { fittingTexts } from './fitting-texts';
import type { PreparedService } from './prepare-service';

/** What models wrote in earlier runs, by path. */
export interface KeptOfModels {
  readonly texts: ReadonlyMap<string, string>;
  /** As it was recorded, the key too, so that the next run with a model knows whether it would ask for another. */
  readonly details: ReadonlyMap<string, ArtifactDetails>;
  /** Also of what does not fit any more. */
  readonly explanations: ReadonlyMap<string, Explanation>;
}

/** Of the files that no model is asked for in this run: those stay that pass the gates beside what the templates make now. */
export function keptOfModels(service: PreparedService, isAsked: (path: string) => boolean = () => false): KeptOfModels {
  const { plan, memory, made } = service;
  const written = new Map(
    plan.artifacts.flatMap(({ path }): [string, string][] => {
      const base = memory.baseOf(path);
      return memory.recordOf(path)?.model === undefined || base === undefined || isAsked(path) ? [] : [[path, base]];
    }),
  );
  const judged = new Map([...written].filter(([path]) => !made.explanations.has(path)));
  const texts = new Map([...written].filter(([path]) => !judged.has(path)));
  for (const [path, text] of fittingTexts(judged, service)) texts.set(path, text);
  return {
    texts,
    details: keptDetails(texts.keys(), service),
    explanations: new Map(
      [...written.keys()].map((path): [string, Explanation] => [
        path,
        texts.has(path) ? { kind: 'kept', path, because: 'fits' } : { kind: 'made', path, because: 'unfit' },
      ]),
    ),
  };
}

/** As the last run recorded them. */
export function keptDetails(paths: Iterable<string>, { memory, made }: PreparedService): ReadonlyMap<string, ArtifactDetails> {
  return new Map(
    [...paths].map((path): [string, ArtifactDetails] => {
      const record = memory.recordOf(path);
      return [path, { key: record?.key, surface: made.surfaces.get(path), model: record?.model }];
    }),
  );
}
