import type { FieldType } from '../../spec/service-spec';

/** Imports that annotations of such values may need, in requests and in answers; what a file does not use is dropped when it is formatted. */
export function valueImports(types: readonly FieldType[]): readonly string[] {
  const enums = [...new Set(types.flatMap((type) => (type.kind === 'enum' ? [type.enum] : [])))].sort();
  return [
    'import datetime as dt',
    'from decimal import Decimal',
    'from typing import Annotated, Any',
    'from uuid import UUID',
    'from pydantic import Field, FiniteFloat, StrictBool',
    'from app.schemas._base import (ISO_DATE, NUL_FREE, WHOLE, decimal_text, Email, Int32, Int64, Json, NaiveTime, PlainDecimal, QueryInt32, QueryInt64, ReadModel, StrictModel, Text, Url, UtcDatetime)',
    ...(enums.length > 0 ? [`from app.models.enums import ${enums.join(', ')}`] : []),
  ];
}
