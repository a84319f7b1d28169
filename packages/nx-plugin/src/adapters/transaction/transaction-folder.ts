/** Where a service keeps what a run is about to write, from its folder. Git never sees it: it ignores itself. */
export const transactionFolder = '.fastapi/transaction';
