import type { EntitySpec } from '../../spec/service-spec';

const missingUuid = '018f0000-0000-7000-8000-000000000000';
export const missingIdOf = (entity: EntitySpec): string => (entity.id === 'int' ? '2_000_000_000' : `"${missingUuid}"`);
