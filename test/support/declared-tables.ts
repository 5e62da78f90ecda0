import { readSourceFiles } from './source-files.js';

/** A table as an entity's source declares it. */
export interface DeclaredTable {
  readonly table: string;
  readonly entity: string;
  /** `ehr`: a table of the EHR. `own`: one of ours. */
  readonly owner: 'ehr' | 'own';
  readonly path: string;
  readonly folder: string;
}

const ENTITY = /@(EhrTable|Entity)\(\s*(?:\{\s*name:\s*)?'(\w+)'[^)]*\)\s*export class (\w+)/g;

/** Every entity of the product, found in its source: also one that no module has been told of. */
export function declaredTables(): DeclaredTable[] {
  return readSourceFiles().flatMap(({ path, folder, text }) =>
    [...text.matchAll(ENTITY)].map(([, decorator, table = '', entity = '']) => ({
      table,
      entity,
      owner: decorator === 'EhrTable' ? 'ehr' : 'own',
      path,
      folder,
    })),
  );
}
