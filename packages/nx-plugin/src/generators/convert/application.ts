/** A FastAPI application of a project, as uvicorn is told of it. */
export interface Application {
  /** `app.main` */
  readonly module: string;
  /** `app`, or the function that makes one. */
  readonly attribute: string;
  readonly isFactory: boolean;
  /** Where imports start, from the project's folder; `.` for that folder itself. */
  readonly importRoot: string;
}
