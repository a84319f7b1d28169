import { parentPort, workerData } from 'node:worker_threads';
import { runAnew, type RunInput } from './run-anew';

/** Started by `run-in-thread.ts`; nothing imports it. */
void runAnew(workerData as RunInput).then((outcome) => parentPort!.postMessage(outcome));
