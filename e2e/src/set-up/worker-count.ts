/** Test files that run side by side; the machines that run us have two processors or more. */
export const workerCount = 2;
