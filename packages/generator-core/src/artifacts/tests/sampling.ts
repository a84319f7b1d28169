import type { FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { pythonRowValue, sampleValue, type JsonValue } from './test-values';

export interface Sampling {
  readonly samples: (field: FieldSpec) => readonly [JsonValue, JsonValue] | undefined;
  readonly keyword: (field: FieldSpec, value: JsonValue) => string;
}

export function sampling(spec: ServiceSpec): Sampling {
  return {
    keyword: (field, value) => `, ${field.name}=${pythonRowValue(spec, field.type, value)}`,
    samples: (field) => {
      const [low, high] = [sampleValue(spec, field, 0), sampleValue(spec, field, 1)];
      return low === undefined || high === undefined ? undefined : [low, high];
    },
  };
}
