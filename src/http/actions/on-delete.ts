import type { OnDeleteOf } from '../../store/remove.ts';
import type { Call } from '../call.ts';

/** The config decides, then the dialect, which may look at the key and at the request. */
export const onDeleteOf =
  (call: Call): OnDeleteOf =>
  (relation) => {
    const { dialect } = call.live;
    return relation.onDelete ?? dialect.onDelete?.(relation, call) ?? dialect.conventions.writes.onDelete;
  };
