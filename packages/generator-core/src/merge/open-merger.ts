import { mergeTexts } from './merge-texts';
import type { Merger } from './merger';
import { openGitMerger } from './open-git-merger';

/** git's way where git is, ours otherwise; git is looked for when there is something to merge. */
export function openMerger(): Merger {
  let merger: Merger | undefined;
  return (sources) => {
    merger ??= openGitMerger() ?? mergeTexts;
    return merger(sources);
  };
}
