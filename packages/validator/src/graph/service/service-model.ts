import type { CallExpression } from '../../extract/service/expression';
import type { FunctionFacts, Place } from '../../extract/service/service-facts';
import type { Span } from '../../text/span';

/** A `FastAPI()` or `APIRouter()` kept in a variable that is bound once. */
export interface RouteOwner {
  /** `path#variable` */
  readonly id: string;
  readonly kind: 'app' | 'router';
  readonly path: string;
  readonly name: string;
  readonly span: Span;
  readonly place: Place;
  /** Undefined when it is not a literal. */
  readonly prefix: string | undefined;
  readonly call: CallExpression;
  /** Of a class or with a route class of the project's own: matching may differ. */
  readonly isCustom: boolean;
}

/** One decorator or `add_api_route` on an owner. */
export interface Route {
  /** `path@number`, counted in the file: it stays when only places move. */
  readonly id: string;
  readonly owner: string | undefined;
  readonly path: string;
  readonly methods: readonly string[] | undefined;
  /** As written, without prefixes; undefined when it is not a literal. */
  readonly template: string | undefined;
  readonly templateSpan: Span;
  readonly call: CallExpression;
  readonly place: Place;
  readonly isSocket: boolean;
  readonly handler: FunctionFacts | undefined;
  readonly handlerPath: string;
  /** Other decorators stand on the handler: its signature and its meaning may be others. */
  readonly isWrapped: boolean;
}

/** `parent.include_router(child, prefix=…)` */
export interface Inclusion {
  readonly parent: string | undefined;
  readonly child: string | undefined;
  readonly path: string;
  readonly prefix: string | undefined;
  readonly call: CallExpression;
  readonly place: Place;
}

/** `app.mount("/static", …)` */
export interface Mount {
  readonly parent: string | undefined;
  readonly path: string;
  readonly template: string | undefined;
  readonly place: Place;
  readonly span: Span;
}

export interface ServiceModel {
  readonly owners: ReadonlyMap<string, RouteOwner>;
  readonly routes: readonly Route[];
  readonly inclusions: readonly Inclusion[];
  readonly mounts: readonly Mount[];
  /** By owner, in source order. */
  readonly routesOf: ReadonlyMap<string, readonly Route[]>;
  /** By parent, in source order. */
  readonly inclusionsOf: ReadonlyMap<string, readonly Inclusion[]>;
  /** By child, in source order. */
  readonly inclusionsInto: ReadonlyMap<string, readonly Inclusion[]>;
  /** Owners somebody may do anything with. */
  readonly escaped: ReadonlySet<string>;
  /** Some file finds modules or its own names by text. */
  readonly hasDynamicLookup: boolean;
}
